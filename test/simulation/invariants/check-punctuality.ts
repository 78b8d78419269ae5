import type { Violation } from "../world/journal.ts";
import { valueThen } from "./check-rest.ts";
import type { Evidence } from "./evidence.ts";
import { boundariesIn, winnerAt } from "./oracle.ts";
import type { WriteWatch } from "./watch-writes.ts";

/** A quiet store's calls are slow at most; this much later all of them are through. */
const LATEST_MS = 20_000;
const FIRST_MS = 5 * 60_000;

/** Invariant 8: no store waits for another. A store with no trouble of its own is always in time, whatever befalls the others. */
export async function checkPunctuality(evidence: Evidence, writes: WriteWatch): Promise<readonly Violation[]> {
  const { plan, state, beginning, now, happenings } = evidence;
  const violations: Violation[] = [];
  for (const { storeId, coupons, promotions, isQuiet } of plan.stores) {
    const isRefused = happenings.some(
      ({ kind, ...rest }) =>
        kind === "told" && JSON.stringify(rest).includes(`"storeId":"${storeId}"`) && JSON.stringify(rest).includes('"blocked"'),
    );
    if (!isQuiet || isRefused) continue;
    const cells = [
      ...coupons.map(({ id }) => ({ target: `coupon#${id}`, cell: "limit" })),
      ...promotions.flatMap(({ id }) => [0, 1, 2, 3, 4, 5, 6].map((group) => ({ target: `promotion#${id}`, cell: String(group) }))),
    ];
    for (const { target, cell } of cells) {
      const layers = state.layersLog(storeId, target).at(-1)?.layers ?? [];
      for (const boundary of boundariesIn(layers, beginning + FIRST_MS, now() - LATEST_MS)) {
        const claim = winnerAt(layers, cell, boundary);
        if (claim === undefined || winnerAt(layers, cell, boundary + LATEST_MS)?.window !== claim.window) continue;
        const got = valueThen(evidence, writes, storeId, target, cell, boundary + LATEST_MS);
        if (got === claim.value) continue;
        const where = `store ${storeId} ${target} ${cell}`;
        const at = new Date(boundary).toISOString();
        violations.push({
          invariant: "8 no store waits for another",
          at: now(),
          where,
          expected: `${claim.value} within ${LATEST_MS} ms of ${at}`,
          got: String(got),
        });
      }
    }
  }
  return violations;
}
