import { campaignOfWindow } from "../identifiers.ts";
import { earliest, type Instant } from "../instant.ts";
import { activityOf, leftAt, nextBoundaryOf } from "../layers/activity.ts";
import type { Layer } from "../layers/layer.ts";
import type { CellLedger, CellValue } from "./ledger.ts";

/** More boundaries than this between two reconciles of one cell are not walked through: the base then stays as it is. */
const MOST_BOUNDARIES = 1_000;

function afterwardsOf(layer: Layer): CellValue | undefined {
  return layer.ask.kind === "coupon" ? layer.ask.afterwards : undefined;
}

/** The first instant after the cell was last seen held, up to `at`, at which no campaign asked for it any more. */
function firstGap(layers: readonly Layer[], held: CellLedger, at: Instant): Instant | undefined {
  let boundary = earliest(...layers.map((layer) => nextBoundaryOf(layer, held.heldAt)));
  for (let walked = 0; boundary !== undefined && boundary <= at && walked < MOST_BOUNDARIES; walked += 1) {
    const now = boundary;
    if (!layers.some((layer) => activityOf(layer, now) !== undefined)) return now;
    boundary = earliest(...layers.map((layer) => nextBoundaryOf(layer, now)));
  }
  // Held off, disabled, deleted: nobody wrote down when that was done.
  return layers.some((layer) => activityOf(layer, at) !== undefined) ? undefined : at;
}

function afterwardsOfLastToLeave(layers: readonly Layer[], held: CellLedger, gap: Instant): CellValue | undefined {
  const writer = campaignOfWindow(held.window);
  if (!layers.some((layer) => layer.campaignId === writer)) return held.afterwards;
  const departures = layers.flatMap((layer) => {
    const left = leftAt(layer, gap);
    if (layer.campaignId === writer) return [{ layer, left: left ?? gap }];
    return layer.enabled && left !== undefined && left > held.heldAt ? [{ layer, left }] : [];
  });
  const last = departures.toSorted(
    (one, other) =>
      other.left - one.left || other.layer.priority - one.layer.priority || (one.layer.campaignId < other.layer.campaignId ? 1 : -1),
  )[0];
  return last === undefined ? held.afterwards : afterwardsOf(last.layer);
}

/**
 * A campaign's `afterwards` takes the base's place when it is the last to leave. Worked out from the windows and not from what was seen, so
 * that a reconcile that comes late, perhaps when another campaign is on already, returns to what one on time would have returned to. A
 * window that nobody was there to open has no say.
 *
 * @param layers all of the target: only a coupon's have an `afterwards`, and each of those asks for the one cell there is.
 * @returns the value that the cell has without any campaign, as of `at`.
 */
export function baseToReturnTo(layers: readonly Layer[], held: CellLedger, at: Instant): CellValue {
  if (held.afterwards === undefined && layers.every((layer) => afterwardsOf(layer) === undefined)) return held.base;
  const gap = firstGap(layers, held, at);
  return gap === undefined ? held.base : (afterwardsOfLastToLeave(layers, held, gap) ?? held.base);
}
