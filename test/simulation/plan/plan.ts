import type { ApplicationLimit, ManualEditPolicy } from "../../../lib/domain/layers/layer.ts";
import type { Role } from "../world/process.ts";

/** A whole run as plain data: made from a seed, dropped from piece by piece to shrink it. Times are milliseconds after the beginning. */
export interface Plan {
  readonly seed: number;
  /** The second stream of chance: delays, and who runs next. */
  readonly schedule: number;
  /** Until then things go wrong; then everything works, up to `endMs`. */
  readonly troubleMs: number;
  readonly endMs: number;
  /** How willingly a call to a table takes time, so that others can come in between. */
  readonly slowCalls: number;
  readonly triggersMode: "merge" | "replace";
  readonly unknownGroups: "reject" | "drop" | "keep";
  readonly stores: readonly PlannedStore[];
  readonly actions: readonly Action[];
  readonly faults: readonly Fault[];
}

export interface PlannedStore {
  readonly storeId: string;
  readonly timeZone: string;
  readonly coupons: readonly { readonly id: number; readonly limit: ApplicationLimit }[];
  readonly promotions: readonly { readonly id: number; readonly groups: readonly number[]; readonly subtotal: number }[];
  /** Nothing goes wrong with it: it shows whether another store's trouble reaches it. */
  readonly isQuiet: boolean;
}

/** A campaign as a marketer types it. */
export interface PlannedCampaign {
  readonly campaignId: string;
  readonly startMs: number;
  /** Absent: on until somebody ends it. */
  readonly lengthMs?: number;
  /** On so many days in a row. */
  readonly days: number;
  /** Absent: the store's own. All zones here have no daylight saving: windows have tests of their own. */
  readonly timeZone?: string;
  readonly priority: number;
  readonly policy: ManualEditPolicy;
  readonly enabled: boolean;
  readonly override?: { readonly state: "on" | "off"; readonly untilMs: number };
  readonly coupons: readonly { readonly id: number; readonly limit: ApplicationLimit; readonly afterwards?: ApplicationLimit }[];
  readonly promotions: readonly {
    readonly id: number;
    readonly form: "addGroups" | "removeGroups" | "setGroups";
    readonly groups: readonly number[];
  }[];
  /** What is wrong with the text, if anything: then the last good version goes on. */
  readonly broken?: "unknown-field" | "bad-time";
}

/** What people do, in the table and in Ecwid, and Ecwid's staff. `store` is the index of the store. */
export type Action = { readonly store: number; readonly atMs: number } & (
  | { readonly kind: "put"; readonly campaign: PlannedCampaign }
  | { readonly kind: "remove"; readonly campaignId: string }
  | { readonly kind: "limit"; readonly coupon: number; readonly limit: ApplicationLimit }
  | { readonly kind: "groups"; readonly promotion: number; readonly add: readonly number[]; readonly remove: readonly number[] }
  | { readonly kind: "trigger"; readonly promotion: number; readonly name: string; readonly value: number }
  | { readonly kind: "group-deleted"; readonly group: number }
  | { readonly kind: "suspended"; readonly forMs: number }
  | { readonly kind: "feature-lost"; readonly feature: "DISCOUNTS" | "ADVANCED_DISCOUNTS"; readonly forMs: number }
  /** The old token is revoked at once; the new secret is put after the gap. */
  | { readonly kind: "token-replaced"; readonly gapMs: number }
  | { readonly kind: "kill-switch"; readonly forMs: number }
);

export type HttpTrouble =
  | {
      readonly how: "status";
      readonly status: number;
      readonly when: "before" | "after";
      readonly retryAfterS?: number;
      readonly leaks?: boolean;
    }
  | { readonly how: "drop"; readonly when: "before" | "after" }
  | { readonly how: "time-out"; readonly when: "before" | "after" }
  | { readonly how: "malformed" }
  | { readonly how: "slow"; readonly forMs: number };

/** What goes wrong. A fault with `nth` waits for the nth fitting call from its instant on; the others last. */
export type Fault = { readonly atMs: number; readonly store?: number } & (
  | { readonly kind: "death"; readonly role: Role; readonly nth: number; readonly when: "before" | "after" | "late" }
  | { readonly kind: "table"; readonly role: Role; readonly nth: number; readonly how: "throttled" | "reply-lost" | "told-lost" | "race" }
  | { readonly kind: "http"; readonly nth: number; readonly trouble: HttpTrouble }
  | { readonly kind: "outage"; readonly forMs: number; readonly trouble: HttpTrouble }
  | { readonly kind: "stale-reads"; readonly forMs: number }
  | { readonly kind: "stale-index"; readonly forMs: number }
  | { readonly kind: "ticks"; readonly how: "lost" | "late" | "twice"; readonly forMs: number }
  | { readonly kind: "sweeps-lost"; readonly forMs: number }
  | { readonly kind: "message"; readonly how: "twice" | "late" | "lost"; readonly nth: number }
  | { readonly kind: "change"; readonly how: "lost" | "late" | "twice"; readonly nth: number }
  /** Nothing can be put into the queue for the store. */
  | { readonly kind: "send-fails"; readonly forMs: number }
  | { readonly kind: "secret-unreachable"; readonly forMs: number }
  | { readonly kind: "restart"; readonly forMs: 0 }
  | { readonly kind: "clock"; readonly role: Role; readonly forMs: number; readonly byMs: number }
);

/** When every run begins. */
export const BEGINNING = "2026-11-27T00:00:00Z";
