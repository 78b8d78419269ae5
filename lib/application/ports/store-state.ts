import type { Instant } from "../../domain/instant.ts";

/** Why nothing is asked of a store, or of one kind of its targets. */
export interface Pause {
  readonly code: string;
  readonly reason: string;
  readonly since: Instant;
  /** When one call may find out whether the cause is gone. */
  readonly probeAt: Instant;
}

/** What customer groups are called, by their numbers. */
export type GroupNames = Readonly<Record<string, string>>;

/** What Doorman knows of a store. */
export interface StoreState {
  /** The store's own zone, from its profile. */
  readonly timeZone?: string | undefined;
  readonly profileReadAt?: Instant | undefined;
  /** The secret version that Ecwid refused; no call is made until the secret has another. */
  readonly deadToken?: { readonly secretVersion: string; readonly since: Instant } | undefined;
  /** When Ecwid last accepted the token; kept to the hour. */
  readonly tokenProvenAt?: Instant | undefined;
  /** So many reads in a row came back without an answer. Absent: the last one had one. */
  readonly unheard?: number | undefined;
  /** Ecwid asked for silence until then (`Retry-After`). */
  readonly coolDownUntil?: Instant | undefined;
  readonly pause?: Pause | undefined;
  /** When a look that could not be taken is to be tried again. Absent: the store is not in the due index. */
  readonly dueAt?: Instant | undefined;
  readonly pausedKinds: { readonly coupon?: Pause | undefined; readonly promotion?: Pause | undefined };
  /** Why the store cannot be called at all although Ecwid has refused nothing: there is no usable secret, or it belongs to another deployment. */
  readonly noAccess?: { readonly code: string; readonly reason: string; readonly since: Instant } | undefined;
  /** Stands for the set of problems that people were last told of before a window; absent: there was none. */
  readonly noticed?: string | undefined;
  /** By number, what people call the customer groups that campaigns let in, as last read; one that was deleted since keeps its name. */
  readonly groupNames?: GroupNames | undefined;
}
