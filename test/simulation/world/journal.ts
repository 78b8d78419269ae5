import type { HistoryEntry } from "../../../lib/application/ports/history.ts";
import type { TelemetryEvent } from "../../../lib/application/ports/telemetry.ts";
import type { Instant } from "../../../lib/domain/instant.ts";
import type { JsonObject } from "../../../lib/domain/live.ts";
import type { Process } from "./process.ts";

/** What a process saw of a target last: which state of the store (its changes are counted), and when. */
export interface Sight {
  readonly seq: number;
  readonly at: Instant;
}

/** The values of a target's cells: a coupon's limit, or the groups of a promotion that are in. */
export interface TargetValue {
  readonly limit?: string;
  readonly groups?: readonly number[];
  readonly triggers?: JsonObject;
}

/** Everything that the invariants are judged by, as it happens. */
export type Happening =
  | {
      readonly kind: "request";
      readonly at: Instant;
      readonly process: Process;
      readonly storeId: string;
      readonly token: string;
      readonly what: string;
      /** The status that Ecwid answered with, if it did. */
      readonly status: number | undefined;
      /** Whether the answer was on its way to a process that waited for it. */
      readonly isHeard: boolean;
      /** Whether Ecwid refused the token. */
      readonly isTokenRefusal: boolean;
    }
  | {
      /** Doorman wrote; perhaps what was there already. */
      readonly kind: "wrote";
      readonly at: Instant;
      readonly seq: number;
      readonly process: Process;
      readonly storeId: string;
      readonly target: string;
      readonly before: TargetValue;
      readonly after: TargetValue;
      /** As the history words it. */
      readonly sent: string;
      readonly sentGroups: readonly number[];
      readonly sight: Sight | undefined;
    }
  | {
      readonly kind: "saw";
      readonly at: Instant;
      readonly process: Process;
      readonly storeId: string;
      readonly seq: number;
      /** `coupon#<id>`, `coupons`, or `promotions`. */
      readonly what: string;
    }
  | {
      readonly kind: "edited";
      readonly at: Instant;
      readonly seq: number;
      readonly storeId: string;
      readonly target: string;
      readonly before: TargetValue;
      readonly after: TargetValue;
    }
  | { readonly kind: "told"; readonly at: Instant; readonly event: TelemetryEvent }
  | { readonly kind: "recorded"; readonly at: Instant; readonly entry: HistoryEntry }
  | { readonly kind: "crashed"; readonly at: Instant; readonly process: Process; readonly error: unknown };

/** A law that does not hold: which, when, where, what was expected, what was there. */
export interface Violation {
  readonly invariant: string;
  readonly at: Instant;
  readonly where: string;
  readonly expected: string;
  readonly got: string;
}

/** @returns whether a write or an edit changed anything. */
export function isChange({ before, after }: { readonly before: TargetValue; readonly after: TargetValue }): boolean {
  return JSON.stringify(before) !== JSON.stringify(after);
}
