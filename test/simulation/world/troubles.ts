import { type Instant, plus } from "../../../lib/domain/instant.ts";
import type { Fault, Plan } from "../plan/plan.ts";
import type { Scheduler } from "./scheduler.ts";

type Kind = Fault["kind"];
type Of<Name extends Kind> = Extract<Fault, { readonly kind: Name }>;

/** The plan's faults, as they come into force. */
export interface Troubles {
  /** Counts down the faults of this kind that fit. @returns the one whose turn it is, which is used up by this; most often none. */
  take<Name extends Kind>(kind: Name, fits: (fault: Of<Name>) => boolean): Of<Name> | undefined;
  /** @returns a lasting fault of this kind that is in force for the store. */
  inForce<Name extends Kind>(kind: Name, storeId: string | undefined, fits?: (fault: Of<Name>) => boolean): Of<Name> | undefined;
  /** Notes that something went wrong for real, for the figures at the end. */
  count(what: string): void;
  counts(): ReadonlyMap<string, number>;
}

export function createTroubles(plan: Plan, beginning: Instant, scheduler: Scheduler): Troubles {
  const counts = new Map<string, number>();
  const pending = plan.faults.filter((fault) => "nth" in fault).map((fault) => ({ fault, left: fault.nth }));
  const lasting = plan.faults.filter((fault) => "forMs" in fault);
  const isOf = (fault: Fault, storeId: string | undefined) => fault.store === undefined || plan.stores[fault.store]?.storeId === storeId;

  return {
    take<Name extends Kind>(kind: Name, fits: (fault: Of<Name>) => boolean) {
      for (const [index, entry] of pending.entries()) {
        const { fault } = entry;
        if (fault.kind !== kind || plus(beginning, fault.atMs) > scheduler.now() || !fits(fault as Of<Name>)) continue;
        entry.left -= 1;
        if (entry.left > 0) continue;
        pending.splice(index, 1);
        return fault as Of<Name>;
      }
      return undefined;
    },
    inForce<Name extends Kind>(kind: Name, storeId: string | undefined, fits: (fault: Of<Name>) => boolean = () => true) {
      const sinceMs = scheduler.now() - beginning;
      const found = lasting.find(
        (fault) =>
          fault.kind === kind &&
          fault.atMs <= sinceMs &&
          sinceMs < fault.atMs + fault.forMs &&
          isOf(fault, storeId) &&
          fits(fault as Of<Name>),
      );
      return found as Of<Name> | undefined;
    },
    count: (what) => counts.set(what, (counts.get(what) ?? 0) + 1),
    counts: () => counts,
  };
}
