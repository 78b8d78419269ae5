import { ServiceFailure } from "../world/gate.ts";
import type { Happening, Violation } from "../world/journal.ts";
import { checkHistory } from "./check-history.ts";
import { checkLayers } from "./check-layers.ts";
import { checkPunctuality } from "./check-punctuality.ts";
import { checkRest } from "./check-rest.ts";
import { checkSecrecy } from "./check-secrecy.ts";
import type { Evidence } from "./evidence.ts";
import { createRequestWatch } from "./watch-requests.ts";
import { createWriteWatch, type WriteWatch } from "./watch-writes.ts";

interface WatcherDependencies extends Evidence {
  readonly report: (violation: Violation) => void;
}

/** Only what a run throws on purpose may end a worker. */
function isOnPurpose(error: unknown): boolean {
  if (error instanceof ServiceFailure) return true;
  if (error instanceof AggregateError) return error.errors.every(isOnPurpose);
  return error instanceof Error && error.cause !== undefined && isOnPurpose(error.cause);
}

/** @returns what judges a run: each happening as it comes, and the whole once everything is at rest. */
export function createWatchers({ report, ...evidence }: WatcherDependencies) {
  const { plan, state, now } = evidence;
  const skewMs = Math.max(0, ...plan.faults.map((fault) => (fault.kind === "clock" ? Math.abs(fault.byMs) : 0)));
  const groupExists = (storeId: string, group: string) => evidence.ecwid.store(storeId).groups.some(({ id }) => String(id) === group);
  const writes = createWriteWatch({ state, skewMs, groupExists, report });
  const requests = createRequestWatch(report);

  return {
    see(happening: Happening): void {
      if (happening.kind === "wrote") writes.wrote(happening);
      if (happening.kind === "edited") writes.edited(happening);
      if (happening.kind === "saw") writes.saw(happening);
      if (happening.kind === "request") requests.request(happening);
      if (happening.kind === "crashed" && !isOnPurpose(happening.error)) {
        const got = happening.error instanceof Error ? (happening.error.stack ?? happening.error.message) : String(happening.error);
        report({ invariant: "0 no worker dies by itself", at: now(), where: happening.process.role, expected: "no error", got });
      }
    },
    stopped: (isStopped: boolean) => requests.stopped(isStopped ? now() : undefined),
    async atRest({ deadLetters }: { readonly deadLetters: () => readonly string[] }): Promise<void> {
      const checks: readonly ((evidence: Evidence, writes: WriteWatch) => Promise<readonly Violation[]>)[] = [
        checkLayers,
        checkRest,
        checkHistory,
        checkPunctuality,
        (each) => checkSecrecy(each, deadLetters()),
      ];
      for (const check of checks) for (const violation of await check(evidence, writes)) report(violation);
    },
  };
}
