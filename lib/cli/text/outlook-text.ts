import { formatInstant } from "../../domain/instant.ts";
import { groupOfCell } from "../../domain/layers/claims.ts";
import { AS_FOUND, type CellOutlook, type Claimant } from "../../domain/timeline/forecast.ts";
import { shownAt } from "./moments.ts";
import { cellText } from "./names.ts";

/** @returns a cell's outlook for machines, instants in UTC. */
export function cellJson({ cell, value, base, winner, losers, gaveWay, reason }: CellOutlook): object {
  return {
    cell,
    value,
    base,
    winner: winner === undefined ? null : claimantJson(winner),
    losers: losers.map(claimantJson),
    gaveWay,
    reason,
  };
}

function claimantJson({ campaignId, campaignName, window, value, priority, startedAt, endsAt }: Claimant): object {
  return {
    campaignId,
    campaignName,
    window,
    value,
    priority,
    startedAt: startedAt === "forced" ? startedAt : formatInstant(startedAt),
    ...(endsAt !== undefined && { endsAt: formatInstant(endsAt) }),
  };
}

/** @returns a campaign's claim in words: what it asks, how strongly, since and until when. */
export function claimText(
  { campaignName, campaignId, value, priority, startedAt, endsAt }: Claimant,
  cell: CellOutlook["cell"],
  timeZone: string,
): string {
  const since = startedAt === "forced" ? "forced on" : `on since ${shownAt(startedAt, timeZone)}`;
  const until = endsAt === undefined ? "" : ` until ${shownAt(endsAt, timeZone)}`;
  return `"${campaignName}" (${campaignId}) asks for ${cellText(cell, value)}, priority ${priority}, ${since}${until}`;
}

/** @returns the values of a target's cells; a promotion's groups by what they are: `in: 0, 1006534; out: 5`. */
export function valuesText(cells: readonly CellOutlook[]): string {
  const [only] = cells;
  // A coupon, as most are: a year of a thousand campaigns has a hundred thousand of them.
  if (only?.cell === "applicationLimit") return only.value;
  const values = [...new Set(cells.map(({ value }) => value))];
  if (only === undefined || (values.length === 1 && only.value === AS_FOUND)) return AS_FOUND;
  return values.map((value) => `${value}: ${groupIds(cells.filter((each) => each.value === value))}`).join("; ");
}

/** @returns the reasons of a target's cells, each once; where a promotion's groups differ, with the groups: `group 5: …; groups 7, 8: …`. */
export function reasonsText(cells: readonly CellOutlook[]): string {
  const [only] = cells;
  if (only !== undefined && cells.length === 1) return only.reason;
  const reasons = [...new Set(cells.map(({ reason }) => reason))];
  if (reasons.length < 2) return reasons.join("");
  return reasons.map((reason) => `${groupsOf(cells.filter((each) => each.reason === reason))}: ${reason}`).join("; ");
}

function groupsOf(cells: readonly CellOutlook[]): string {
  return `${cells.length === 1 ? "group" : "groups"} ${groupIds(cells)}`;
}

function groupIds(cells: readonly CellOutlook[]): string {
  return cells.map(({ cell }) => groupOfCell(cell)).join(", ");
}
