import type { StoreId, TargetKey } from "../../domain/identifiers.ts";
import type { Instant } from "../../domain/instant.ts";

/** A message only says where to look, never what to do. Messages of one store are worked one at a time, in order. */
export type StoreMessage =
  | {
      readonly kind: "switch";
      readonly storeId: StoreId;
      /** When the targets are due; the worker sleeps until then. */
      readonly instant: Instant;
      /** Sorted, at most 50. */
      readonly targets: readonly TargetKey[];
      /** How often a worker has passed it on because its instant was still far off; 0 at first. */
      readonly relay: number;
      /** One of so many that what narrows goes first: the worker leaves the rest for a message behind those that wait. */
      readonly narrowingFirst?: true | undefined;
    }
  | {
      readonly kind: "look";
      readonly storeId: StoreId;
      readonly instant: Instant;
      /** Why somebody wants to know, for the log. */
      readonly because: string;
      /** How often it has been sent again because it had no clear answer; 0 at first. */
      readonly relay: number;
      /** Only the store's zone, if it is not known, and what has not been checked since it was saved: no call where there is nothing such. */
      readonly only?: "unchecked" | undefined;
      /** Targets to be looked at whatever is known of them; sorted. */
      readonly targets?: readonly TargetKey[] | undefined;
    };

export interface Dispatcher {
  /** Sends into the store's group. The same content twice within five minutes is one message. */
  send(message: StoreMessage): Promise<void>;
}
