import { describe, expect, it } from "vitest";
import { promotionId } from "../../../lib/domain/identifiers.ts";
import type { CellKey, CellValue } from "../../../lib/domain/ledger/ledger.ts";
import { putBackTriggers } from "../../../lib/domain/ledger/put-back-triggers.ts";
import type { JsonObject, LivePromotion } from "../../../lib/domain/live.ts";

function live(triggers: JsonObject, customerGroups?: readonly number[]): LivePromotion {
  return { kind: "promotion", id: promotionId("7"), triggers: customerGroups ? { ...triggers, customerGroups } : triggers, customerGroups };
}

const ADDED: Readonly<Partial<Record<CellKey, { before: CellValue; after: CellValue }>>> = { "group:2": { before: "out", after: "in" } };
const REMOVED: typeof ADDED = { "group:2": { before: "in", after: "out" } };

describe("what a change of groups has cost a promotion", () => {
  it.each([
    [
      "conditions and groups go back",
      { subtotal: 20, customerGroups: [0, 1] },
      live({}, [0, 1, 2]),
      ADDED,
      { subtotal: 20, customerGroups: [0, 1] },
    ],
    [
      "a group that was taken out goes in",
      { subtotal: 20, customerGroups: [2, 1] },
      live({}, [1]),
      REMOVED,
      { subtotal: 20, customerGroups: [2, 1] },
    ],
    [
      "what a person has changed since stays",
      { subtotal: 20, orders: 3, customerGroups: [1] },
      live({ orders: 5, all: true }, [10, 1, 2]),
      ADDED,
      { subtotal: 20, orders: 5, all: true, customerGroups: [1, 10] },
    ],
    ["a promotion without groups has none again", { subtotal: 20 }, live({}, [2]), ADDED, { subtotal: 20 }],
    [
      "an empty list is an empty list again",
      { subtotal: 20, customerGroups: [] },
      live({}, [2]),
      ADDED,
      { subtotal: 20, customerGroups: [] },
    ],
    ["a group of a person's stays where there were none", { subtotal: 20 }, live({}, [2, 5]), ADDED, { subtotal: 20, customerGroups: [5] }],
    [
      "a list that is gone as a whole comes back",
      { subtotal: 20, customerGroups: [2] },
      live({}),
      REMOVED,
      { subtotal: 20, customerGroups: [2] },
    ],
    [
      "a list that nobody can read is written anew",
      { subtotal: 20, customerGroups: "VIP" },
      live({}, [1, 2]),
      ADDED,
      { subtotal: 20, customerGroups: [1] },
    ],
    [
      "a group more than there was stays",
      { subtotal: 20, customerGroups: [1] },
      live({}, [1, 3]),
      ADDED,
      { subtotal: 20, customerGroups: [1, 3] },
    ],
    [
      "as many other groups are not the same",
      { subtotal: 20, customerGroups: [1, 3] },
      live({}, [1, 2, 4]),
      ADDED,
      { subtotal: 20, customerGroups: [1, 4] },
    ],
    [
      "what was empty is not put back",
      { subtotal: 20, orders: null, customerGroups: [1] },
      live({}, [1, 2]),
      ADDED,
      { subtotal: 20, customerGroups: [1] },
    ],
    [
      "a group less than there was stays out",
      { subtotal: 20, customerGroups: [1, 3] },
      live({}, [1, 2]),
      ADDED,
      { subtotal: 20, customerGroups: [1] },
    ],
  ] as const)("%s", (_what, before, now, cells, expected) => {
    const { triggers, groups } = putBackTriggers(before, now, ["subtotal"], { cells });

    expect(triggers).toEqual(expected);
    expect(groups).toEqual("customerGroups" in expected ? expected.customerGroups : undefined);
  });
});
