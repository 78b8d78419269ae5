import type { KnownOutlook } from "../../application/commands/outlooks.ts";
import type { StoreId, WindowId } from "../../domain/identifiers.ts";
import type { Instant } from "../../domain/instant.ts";
import type { CellOutlook, Claimant } from "../../domain/timeline/forecast.ts";
import { type Segment, segmentsOf } from "../../domain/timeline/segments.ts";
import { windowsBetween } from "../../domain/windows/windows-between.ts";
import { badUse } from "../frame/refusal.ts";
import type { Span } from "../page/scale.ts";
import { claimantsOf, strengthText } from "../page/strength.ts";

/** A stretch over which a campaign has its way with a target, or has not, and then why not. */
export interface Stretch {
  readonly from: Instant;
  readonly to: Instant | undefined;
  /** Empty: all that it asks is in force. */
  readonly because: string;
}

/** What a window of a campaign does with one target. */
export interface Effect {
  readonly known: KnownOutlook;
  readonly asks: readonly CellAsk[];
  readonly stretches: readonly Stretch[];
}

type CellAsk = Pick<CellOutlook, "cell" | "value" | "base">;

/** One window of one campaign in one store, with all its targets. */
export interface CalendarEntry {
  readonly storeId: StoreId;
  readonly window: WindowId;
  readonly campaignName: string;
  readonly priority: number;
  readonly timeZone: string;
  readonly startsAt: Instant;
  /** Undefined: nothing ends it. */
  readonly endsAt: Instant | undefined;
  /** Its end, or that of the span. */
  readonly shownTo: Instant;
  readonly isForced: boolean;
  readonly effects: readonly Effect[];
}

interface Draft extends Omit<CalendarEntry, "effects" | "shownTo"> {
  effects: { known: KnownOutlook; asks: readonly CellAsk[]; stretches: Stretch[] }[];
}

/** More than calendars import gladly, and than a person reads. */
const MOST_ENTRIES = 5_000;
/** Of one window and one target; more are not told. */
const MOST_STRETCHES = 20;

/**
 * A campaign's window is one entry, whatever number of coupons and promotions it switches: fifty entries for one sale would hide
 * everything else in a calendar, and its begin and end are what people plan around. Where it loses to another campaign is told in the
 * entry. The window's id names the entry, so that it stays the same one however long before, or in the midst of it, it is exported.
 *
 * @param outlooks of one store. @returns the windows that are on at some time of the span, in order of start.
 * @throws Refusal if they are too many for a calendar.
 */
export function entriesOf(outlooks: readonly KnownOutlook[], span: Span): readonly CalendarEntry[] {
  if (windowsIn(outlooks, span) > MOST_ENTRIES) throw tooMany();
  const drafts = new Map<WindowId, Draft>();
  for (const known of outlooks) {
    for (const segment of segmentsIn(known, span)) {
      for (const window of new Set(segment.cells.flatMap(claimantsOf).map((claimant) => claimant.window))) {
        add(drafts, window, segment, { known, span });
        if (drafts.size > MOST_ENTRIES) throw tooMany();
      }
    }
  }
  const entries = [...drafts.values()].map((draft) => ({ ...draft, shownTo: draft.endsAt ?? span.to }));
  return entries.toSorted((one, other) => one.startsAt - other.startsAt || (one.window < other.window ? -1 : 1));
}

/** Counting windows takes no walk through every boundary: what is too much is refused at once. */
function windowsIn(outlooks: readonly KnownOutlook[], { from, to }: Span): number {
  const rules = new Map(outlooks.flatMap(({ outlook }) => outlook.layers.map(({ campaignId, windows }) => [campaignId, windows])));
  let count = 0;
  for (const rule of rules.values()) if (count <= MOST_ENTRIES) count += windowsBetween(rule, from, to, MOST_ENTRIES + 1).length;
  return count;
}

function tooMany(): Error {
  return badUse(
    `these are more than ${MOST_ENTRIES} entries, too many for a calendar: name a --target or a --store, or a shorter span with --from and --to`,
  );
}

function* segmentsIn(known: KnownOutlook, { from, to }: Span): Generator<Segment> {
  for (const segment of segmentsOf(known.outlook)) {
    if (segment.from >= to) return;
    if (segment.to === undefined || segment.to > from) yield segment;
  }
}

function add(
  drafts: Map<WindowId, Draft>,
  window: WindowId,
  segment: Segment,
  { known, span }: { readonly known: KnownOutlook; readonly span: Span },
): void {
  const claims = segment.cells.flatMap((cell) =>
    claimantsOf(cell)
      .filter((each) => each.window === window)
      .map((claimant) => ({ cell, claimant })),
  );
  const [first] = claims;
  if (first === undefined) return;
  const draft = drafts.get(window) ?? draftOf(first.claimant, segment, known);
  const effect = draft.effects.find((each) => each.known === known) ?? { known, asks: [], stretches: [] };
  if (!draft.effects.includes(effect)) draft.effects.push(effect);
  if (effect.asks.length === 0)
    effect.asks = claims.map(({ cell, claimant }) => ({ cell: cell.cell, value: claimant.value, base: cell.base }));
  const because = [...new Set(claims.flatMap(({ cell, claimant }) => whyNot(cell, claimant)))].join("; ");
  extend(effect.stretches, { from: segment.from, to: segment.to, because });
  drafts.set(window, { ...draft, endsAt: first.claimant.endsAt ?? replacedAt(segment, span) });
}

/** In the first segment the window may have begun before anything is said; it is on since its own start then. */
function draftOf(claimant: Claimant, { from }: Segment, { storeId, timeZone, outlook }: KnownOutlook): Draft {
  const { window, campaignName, priority, startedAt, endsAt } = claimant;
  const isForced = startedAt === "forced";
  const startsAt = from === outlook.from && startedAt !== "forced" ? startedAt : from;
  return { storeId, window, campaignName, priority, timeZone, startsAt, endsAt, isForced, effects: [] };
}

/** A window without end gives place to the next one of its campaign. What comes after the span may be anything: nobody walked on to see. */
function replacedAt({ to }: Segment, span: Span): Instant | undefined {
  return to !== undefined && to < span.to ? to : undefined;
}

function extend(stretches: Stretch[], next: Stretch): void {
  const last = stretches.at(-1);
  if (last?.to === next.from && last.because === next.because) stretches[stretches.length - 1] = { ...next, from: last.from };
  else if (stretches.length < MOST_STRETCHES) stretches.push(next);
}

function whyNot({ winner, value }: CellOutlook, claimant: Claimant): readonly string[] {
  if (value === claimant.value) return [];
  if (winner === undefined || winner === claimant) return ["gives way to a change made by hand"];
  return [`loses to "${winner.campaignName}" (${strengthText(winner, claimant)})`];
}
