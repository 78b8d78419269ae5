import type { CellOutlook, Claimant } from "../../domain/timeline/forecast.ts";

/** @returns why one campaign wins over another, in a marketer's words; the rule is byStrength in lib/domain/layers/activity.ts. */
export function strengthText(winner: Claimant, loser: Claimant): string {
  if (winner.priority !== loser.priority) return `priority ${winner.priority} over ${loser.priority}`;
  if (winner.startedAt === loser.startedAt) return `same priority ${winner.priority} and start, so the greater id wins`;
  if (winner.startedAt === "forced") return `same priority ${winner.priority}, and it is forced on`;
  return `same priority ${winner.priority}, but it started later`;
}

/** @returns all that ask for a value of the cell, strongest first. */
export function claimantsOf({ winner, losers }: CellOutlook): readonly Claimant[] {
  return winner === undefined ? [] : [winner, ...losers];
}
