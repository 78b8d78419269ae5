import type { CampaignId } from "../../domain/identifiers.ts";
import type { Instant } from "../../domain/instant.ts";
import type { CellOutlook, Claimant } from "../../domain/timeline/forecast.ts";
import type { Segment } from "../../domain/timeline/timeline.ts";
import type { SkippedStart, TargetPlan } from "./plan-of-target.ts";
import { claimantsOf, strengthText } from "./strength.ts";
import { askText, type Tone, toneOfAsk } from "./values.ts";

/** How far a campaign that is on has its way: in all that it asks of the target, in a part of it, or in nothing. */
export type BarState = "holds" | "partly" | "loses";

/** A stretch over which a campaign is on. */
export interface Bar {
  readonly from: Instant;
  /** Undefined: nothing ends it. */
  readonly to: Instant | undefined;
  readonly state: BarState;
  readonly isForced: boolean;
  /** Why it has not its way, where it has not. */
  readonly because: string;
}

/** What one campaign does with a target over the span: a line of the picture. */
export interface Lane {
  readonly campaignId: CampaignId;
  readonly name: string;
  readonly asks: string;
  readonly tone: Tone;
  readonly priority: number;
  readonly bars: readonly Bar[];
  readonly skipped: readonly SkippedStart[];
  /** Held off from the span's beginning until then. */
  readonly heldOffUntil: Instant | undefined;
}

/** @returns a lane for each campaign that is on, kept from starting, or overridden in the span; those that are on first come first. */
export function lanesOf({ known, segments, skipped, overrides }: TargetPlan): readonly Lane[] {
  const bars = barsByCampaign(segments);
  const lanes = known.outlook.layers.map((layer): Lane => {
    const { campaignId, campaignName, priority, ask } = layer;
    const override = overrides.find((each) => each.layer === layer)?.override;
    return {
      campaignId,
      name: campaignName,
      asks: askText(ask),
      tone: toneOfAsk(ask),
      priority,
      bars: bars.get(campaignId) ?? [],
      skipped: skipped.filter((each) => each.layer === layer),
      heldOffUntil: override?.state === "off" ? override.until : undefined,
    };
  });
  const shown = lanes.filter((lane) => lane.bars.length > 0 || lane.skipped.length > 0 || lane.heldOffUntil !== undefined);
  return shown.toSorted((one, other) => firstOf(one) - firstOf(other));
}

function firstOf({ bars, skipped, heldOffUntil }: Lane): number {
  if (heldOffUntil !== undefined) return Number.NEGATIVE_INFINITY;
  return Math.min(bars[0]?.from ?? Number.POSITIVE_INFINITY, skipped[0]?.window.startsAt ?? Number.POSITIVE_INFINITY);
}

function barsByCampaign(segments: readonly Segment[]): ReadonlyMap<CampaignId, readonly Bar[]> {
  const bars = new Map<CampaignId, Bar[]>();
  for (const { from, to, cells } of segments) {
    const campaigns = new Set(cells.flatMap(claimantsOf).map(({ campaignId }) => campaignId));
    for (const campaignId of campaigns) {
      const known = bars.get(campaignId) ?? [];
      const bar = { from, to, ...standingOf(campaignId, cells) };
      const last = known.at(-1);
      const goesOn = last?.to === from && last.state === bar.state && last.because === bar.because && last.isForced === bar.isForced;
      known.splice(goesOn ? -1 : known.length, 1, goesOn ? { ...bar, from: last.from } : bar);
      bars.set(campaignId, known);
    }
  }
  return bars;
}

/** A campaign that loses to one which asks for the same has its way all the same. */
function standingOf(campaignId: CampaignId, cells: readonly CellOutlook[]): Pick<Bar, "state" | "because" | "isForced"> {
  const claims = cells.flatMap((cell) =>
    claimantsOf(cell)
      .filter((each) => each.campaignId === campaignId)
      .map((claimant) => ({ cell, claimant })),
  );
  const lost = claims.filter(({ cell, claimant }) => cell.value !== claimant.value);
  const state: BarState = lost.length === 0 ? "holds" : lost.length < claims.length ? "partly" : "loses";
  const because = [...new Set(lost.map(({ cell, claimant }) => whyLost(cell, claimant)))].join("; ");
  return { state, because, isForced: claims.some(({ claimant }) => claimant.startedAt === "forced") };
}

function whyLost({ winner }: CellOutlook, claimant: Claimant): string {
  if (winner === undefined || winner === claimant) return "gives way to a change made by hand";
  return `loses to "${winner.campaignName}" (${strengthText(winner, claimant)})`;
}
