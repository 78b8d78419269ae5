import { type CampaignId, type Target, targetKey } from "../identifiers.ts";
import { type Instant, latest } from "../instant.ts";
import type { CellKey, CellValue } from "../ledger/ledger.ts";
import type { TargetOutlook } from "./outlook.ts";
import { type Segment, segmentsOf } from "./segments.ts";

export type { Segment } from "./segments.ts";

/** One change of one cell's value. */
export interface Switch {
  readonly at: Instant;
  readonly target: Target;
  readonly cell: CellKey;
  readonly before: CellValue;
  readonly after: CellValue;
  readonly reason: string;
  /** Who wins the cell from then on, and who won it until then. */
  readonly campaignIds: readonly CampaignId[];
}

/**
 * @param from an instant before `outlook.from` counts as that.
 * @param limit how many segments at most: the earliest are kept.
 * @returns what overlaps `[from, to)`, in order. The first begins at `from`; the last ends where it does end, even if that is after `to`.
 * `complete` is false where the limit left some out.
 */
export function timelineOf(
  outlook: TargetOutlook,
  from: Instant,
  to: Instant,
  limit: number,
): { readonly segments: readonly Segment[]; readonly complete: boolean } {
  const segments: Segment[] = [];
  if (from >= to || to <= outlook.from) return { segments, complete: true };
  for (const segment of segmentsOf(outlook)) {
    if (segment.to !== undefined && segment.to <= from) continue;
    if (segments.length >= limit) return { segments, complete: false };
    segments.push({ ...segment, from: latest(segment.from, from) });
    if (segment.to !== undefined && segment.to >= to) break;
  }
  return { segments, complete: true };
}

/** More segments of one target than this are not searched: switches beyond them are not among the next ones. */
const MOST_SEGMENTS = 10_000;

function campaignsOf({ winner }: Segment["cells"][number], previous: Segment["cells"][number]): readonly CampaignId[] {
  const ids = [winner?.campaignId, previous.winner?.campaignId].filter((id) => id !== undefined);
  return [...new Set(ids)];
}

/** What differs in value between one segment and the next. */
function switchesBetween(target: Target, before: Segment, after: Segment): readonly Switch[] {
  return after.cells.flatMap((cell, index) => {
    const previous = before.cells[index];
    if (previous === undefined || previous.value === cell.value) return [];
    const campaignIds = campaignsOf(cell, previous);
    return [{ at: after.from, target, cell: cell.cell, before: previous.value, after: cell.value, reason: cell.reason, campaignIds }];
  });
}

/** The first switches of one target in `(after, last]`, at least `count` of them if there are. */
function switchesOf(outlook: TargetOutlook, after: Instant, last: Instant | undefined, count: number): readonly Switch[] {
  const switches: Switch[] = [];
  let previous: Segment | undefined;
  let walked = 0;
  for (const segment of segmentsOf(outlook)) {
    if (last !== undefined && segment.from > last) break;
    if (previous !== undefined && segment.from > after) switches.push(...switchesBetween(outlook.target, previous, segment));
    walked += 1;
    if (switches.length >= count || walked >= MOST_SEGMENTS) break;
    previous = segment;
  }
  return switches;
}

function inOrder(one: Switch, other: Switch): number {
  if (one.at !== other.at) return one.at - other.at;
  const [oneKey, otherKey] = [targetKey(one.target), targetKey(other.target)];
  return oneKey < otherKey ? -1 : oneKey > otherKey ? 1 : 0;
}

/**
 * @param outlooks each target once.
 * @returns the first `count` changes of value later than `after` over all the targets, in order of time, then of target, then of cell.
 */
export function nextSwitches(outlooks: readonly TargetOutlook[], after: Instant, count: number): readonly Switch[] {
  let next: readonly Switch[] = [];
  for (const outlook of outlooks) {
    // Once there are enough, only what comes no later than the last of them can take its place.
    const last = next[count - 1]?.at;
    next = [...next, ...switchesOf(outlook, after, last, count)].toSorted(inOrder).slice(0, count);
  }
  return next;
}
