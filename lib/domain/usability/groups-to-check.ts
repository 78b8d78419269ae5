import type { Instant } from "../instant.ts";
import type { Layer } from "../layers/layer.ts";
import type { LiveTarget } from "../live.ts";
import { firstWindowAhead } from "./windows-ahead.ts";

/** The group "General" is in every store (docs: search customer groups). */
const GENERAL = 0;

/** @returns the customer groups that some window ahead lets in and that the promotion does not hold: of these a store may have deleted one. */
export function groupsToCheck(layers: readonly Layer[], live: LiveTarget, at: Instant): ReadonlySet<number> {
  if (live.kind === "coupon") return new Set();
  const present = [GENERAL, ...(live.customerGroups ?? [])];
  const asked = layers.flatMap((layer) => {
    if (layer.ask.kind === "coupon" || firstWindowAhead(layer, at) === undefined) return [];
    return layer.ask.form === "set" ? layer.ask.groups : layer.ask.add;
  });
  return new Set(asked.filter((group) => !present.includes(group)));
}
