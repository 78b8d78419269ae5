import type { Instant } from "../../domain/instant.ts";
import type { CellOutlook, Claimant } from "../../domain/timeline/forecast.ts";
import type { Segment } from "../../domain/timeline/timeline.ts";
import { changeText } from "../text/names.ts";
import { reasonsText } from "../text/outlook-text.ts";
import { shiftText } from "./moment-markup.ts";
import type { SkippedStart, TargetPlan } from "./plan-of-target.ts";
import { claimantsOf, strengthText } from "./strength.ts";
import { cellsText, valueText } from "./values.ts";

/** One thing that happens to a target, as the list tells it. */
export interface Happening {
  readonly at: Instant;
  readonly kind: "first" | "switch" | "same" | "skipped" | "clocks";
  /** What changes: `as found → UNLIMITED (everyone)`. */
  readonly what: string;
  readonly why: string;
  /** Who wins over whom, a sentence each. */
  readonly contests: readonly string[];
}

/** @returns all that happens to a target in the span, in order: switches, who begins to win or lose, starts that are skipped, clocks. */
export function happeningsOf({ segments, skipped, clocks, known, cutAt }: TargetPlan): readonly Happening[] {
  const changes = segments.map((segment, index) => ofSegment(segment, segments[index - 1]));
  const shifts = clocks.map(({ at, shift }): Happening => {
    const what = `clocks go ${shift > 0 ? "forward" : "back"}: ${shiftText(shift)}`;
    const length = 24 - shift / 3_600_000;
    return { at, kind: "clocks", what, why: `the day has ${length} hours in ${known.timeZone}`, contests: [] };
  });
  const all = [...changes, ...skipped.map(ofSkipped), ...shifts].filter(({ at }) => cutAt === undefined || at < cutAt);
  return all.toSorted((one, other) => one.at - other.at || order(one) - order(other));
}

function order({ kind }: Happening): number {
  return ["first", "clocks", "skipped", "same", "switch"].indexOf(kind);
}

function ofSegment({ from, cells }: Segment, before: Segment | undefined): Happening {
  const why = reasonsText(cells);
  const contests = contestsIn(cells);
  if (before === undefined) return { at: from, kind: "first", what: cellsText(cells), why, contests };
  const changed = cells.filter((cell, index) => before.cells[index]?.value !== cell.value);
  if (changed.length > 0) {
    const what = changed.map((cell) => switchText(cell, before.cells[cells.indexOf(cell)]?.value ?? cell.value)).join(", ");
    return { at: from, kind: "switch", what, why: reasonsText(changed), contests };
  }
  const moves = movesBetween(before.cells, cells);
  const begun = new Set(moves.begun.map(({ campaignName }) => campaignName));
  const told = [...begun].map((name) => `"${name}" begins`);
  const over = [...new Set(moves.over.map(({ campaignName }) => campaignName))].map((name) => `"${name}" is over`);
  const said = [...told, ...over].join("; ");
  const isNews = moves.begun.length > 0;
  return { at: from, kind: "same", what: `stays ${cellsText(cells)}`, why: said === "" ? why : said, contests: isNews ? contests : [] };
}

function switchText({ cell, value }: CellOutlook, before: CellOutlook["value"]): string {
  return cell === "applicationLimit" ? `${valueText(before)} → ${valueText(value)}` : changeText(cell, before, value);
}

/** Who begins and who ceases to ask for anything, where that changes no value. */
function movesBetween(before: readonly CellOutlook[], after: readonly CellOutlook[]) {
  const [then, now] = [before, after].map((cells) => new Map(cells.flatMap(claimantsOf).map((each) => [each.window, each])));
  const begun = [...(now?.values() ?? [])].filter(({ window }) => then?.has(window) !== true);
  const over = [...(then?.values() ?? [])].filter(({ window }) => now?.has(window) !== true);
  return { begun, over };
}

/** Each pair of winner and loser once, whatever number of cells they meet in. */
function contestsIn(cells: readonly CellOutlook[]): readonly string[] {
  const told = cells.flatMap(({ winner, losers, gaveWay }) =>
    winner === undefined || gaveWay ? [] : losers.map((loser) => contestText(winner, loser)),
  );
  return [...new Set(told)];
}

function contestText(winner: Claimant, loser: Claimant): string {
  const strength = strengthText(winner, loser);
  if (winner.value === loser.value)
    return `"${loser.campaignName}" asks for the same, and goes on with it when "${winner.campaignName}" ends`;
  return `"${loser.campaignName}" loses to "${winner.campaignName}": ${strength}`;
}

function ofSkipped({ window, calendar, layer }: SkippedStart): Happening {
  const name = calendar === undefined ? "a freeze" : `freeze "${calendar}"`;
  const why = `${name} lets nothing start then`;
  return { at: window.startsAt, kind: "skipped", what: `"${layer.campaignName}" does not start`, why, contests: [] };
}
