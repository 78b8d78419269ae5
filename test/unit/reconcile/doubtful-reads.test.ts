import { describe, expect, it } from "vitest";
import { goneGroups } from "../../../lib/application/reconcile/missing-groups.ts";
import { windowId } from "../../../lib/domain/identifiers.ts";
import { HOUR, plus, SECOND } from "../../../lib/domain/instant.ts";
import type { Intent } from "../../../lib/domain/ledger/ledger.ts";
import { groupsAsk, layer } from "../../support/layers.ts";
import { NOW, oneMessage, PROMOTION_KEY, switchOf } from "../../support/one-message.ts";
import { livePromotion, scriptedStore } from "../../support/scripted-store.ts";
import { PROMOTION, STORE } from "../../support/world.ts";

const SALE = layer({ ask: groupsAsk([2, 3]) });
const WINDOW = windowId(SALE.campaignId, "2026-11-27T10:00:00Z");

describe("which groups of a refused change are gone", () => {
  it.each([
    ["those that are not in the list", [0, 2], [3]],
    ["none where the list lacks the group that is always there, for it cannot be the whole", [2], []],
    ["none where they cannot be listed", { kind: "outcome-unknown", message: "502" }, []],
  ] as const)("is %s", async (_which, groups, expected) => {
    const { store } = scriptedStore({ groups });

    const gone = await goneGroups(store, { kind: "groups", before: [0], after: [0, 2, 3] });

    expect([...gone]).toEqual(expected);
  });

  it("is not asked of a coupon", async () => {
    const { store, calls } = scriptedStore({});

    const gone = await goneGroups(store, { kind: "limit", before: "UNLIMITED", after: "NEW_CUSTOMER_ONLY" });

    expect([gone.size, calls]).toEqual([0, []]);
  });
});

describe("a change that Ecwid accepted and nobody read back", () => {
  const ACCEPTED: Intent = {
    at: plus(NOW, -5 * SECOND),
    acceptedAt: plus(NOW, -4 * SECOND),
    cells: { "group:2": { before: "out", after: "in" } },
    ledgerAfter: { cells: {}, yielded: {} },
    told: { before: "groups 0, 1", after: "groups 0, 1, 2", reason: "as it was then", campaignIds: [SALE.campaignId], historyVersion: 7 },
  };

  it("is not told as overwritten while what was there before still shows", async () => {
    const { store } = scriptedStore({ promotions: [livePromotion(String(PROMOTION), [0, 1])], groups: [0, 1, 2, 3] });
    const one = await oneMessage({ targets: [[PROMOTION_KEY, [SALE], { intent: ACCEPTED }]], ecwid: store });

    await one.work(switchOf([PROMOTION_KEY]));

    const told = await one.world.history.of(STORE, PROMOTION_KEY, 10, plus(NOW, HOUR));
    expect(told.map(({ reason }) => reason)).not.toContainEqual(expect.stringContaining("Ecwid accepted it"));
  });
});

describe("a list that shows a promotion as it was before Doorman's last change", () => {
  it("is not written back, and is read again, which is said", async () => {
    const held = { base: "out", written: "in", window: WINDOW, policy: "yield", standIn: false, heldAt: plus(NOW, -SECOND) } as const;
    const lastWrite = { at: plus(NOW, -SECOND), cells: { "group:2": "in" } } as const;
    const ledger = { cells: { "group:2": held }, yielded: {} };
    const { store, calls } = scriptedStore({ promotions: [livePromotion(String(PROMOTION), [0, 1])] });
    const one = await oneMessage({ targets: [[PROMOTION_KEY, [SALE], { ledger, lastWrite }]], ecwid: store });

    await one.work(switchOf([PROMOTION_KEY]));

    expect(calls).toEqual(["listPromotions"]);
    expect(one.world.events).toMatchObject([
      {
        kind: "attempt-failed",
        failure: "OUTCOME_UNKNOWN",
        effect: "retry",
        message: expect.stringContaining(
          "the promotion is shown as it was before Doorman's last change; it is read again before more is changed",
        ),
      },
    ]);
  });
});
