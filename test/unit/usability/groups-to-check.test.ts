import { describe, expect, it } from "vitest";
import { couponId, promotionId } from "../../../lib/domain/identifiers.ts";
import type { Layer } from "../../../lib/domain/layers/layer.ts";
import type { LiveTarget } from "../../../lib/domain/live.ts";
import { groupsToCheck } from "../../../lib/domain/usability/groups-to-check.ts";
import { at, groupsAsk, layer } from "../../support/layers.ts";

const NOW = at("2026-11-20T00:00");
const COUPON: LiveTarget = { kind: "coupon", id: couponId("7"), applicationLimit: "UNLIMITED" };

function promotion(customerGroups?: readonly number[]): LiveTarget {
  return { kind: "promotion", id: promotionId("8"), triggers: {}, customerGroups };
}

describe("the groups of which a store may have deleted one", () => {
  const adds = layer({ ask: groupsAsk([0, 1, 2], [9]) });
  const sets = layer({ id: "sets", ask: { kind: "promotion", form: "set", groups: [3, 4] } });

  it.each<[string, readonly Layer[], LiveTarget, readonly number[]]>([
    ["are those that campaigns let in and that are not in now", [adds, sets], promotion([1, 4]), [2, 3]],
    ["are all of them, but for General, where the promotion has no list", [adds], promotion(), [1, 2]],
    ["are none of a coupon", [layer()], COUPON, []],
    ["are none of a coupon, whatever is asked of promotions", [adds], COUPON, []],
    ["are none where only a coupon is asked of", [layer()], promotion([1]), []],
    [
      "are none of a campaign that is over or disabled",
      [{ ...adds, enabled: false }, layer({ id: "past", ask: sets.ask, start: "2026-10-01T00:00", end: "2026-11-01T00:00" })],
      promotion([1]),
      [],
    ],
  ])("%s", (_rule, layers, live, groups) => {
    expect([...groupsToCheck(layers, live, NOW)]).toEqual(groups);
  });
});
