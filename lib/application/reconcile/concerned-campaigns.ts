import type { Instant } from "../../domain/instant.ts";
import { activityOf, nextBoundaryOf } from "../../domain/layers/activity.ts";
import type { Layer } from "../../domain/layers/layer.ts";
import { holdersOf, type Ledger } from "../../domain/ledger/ledger.ts";

/** @returns the layers whose campaigns should hear of trouble with their target: those that are on, still to come, or still hold something. */
export function concernedLayers(layers: readonly Layer[], ledger: Ledger, now: Instant): readonly Layer[] {
  const holders = new Set(holdersOf(ledger));
  return layers.filter(
    (layer) => holders.has(layer.campaignId) || activityOf(layer, now) !== undefined || nextBoundaryOf(layer, now) !== undefined,
  );
}
