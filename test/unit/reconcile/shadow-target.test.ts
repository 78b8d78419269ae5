import { describe, expect, it } from "vitest";
import type { TargetState } from "../../../lib/application/ports/state-table.ts";
import type { ReconcileDependencies } from "../../../lib/application/reconcile/dependencies.ts";
import { windowId } from "../../../lib/domain/identifiers.ts";
import { HOUR, MINUTE, plus } from "../../../lib/domain/instant.ts";
import type { Layer } from "../../../lib/domain/layers/layer.ts";
import { type CellLedger, EMPTY_LEDGER, type Intent, type Ledger } from "../../../lib/domain/ledger/ledger.ts";
import { at, groupsAsk, layer } from "../../support/layers.ts";
import { type Before, COUPON_KEY, NOW, type OneMessage, oneMessage, PROMOTION_KEY, switchOf } from "../../support/one-message.ts";
import { COUPON, PROMOTION, STORE } from "../../support/world.ts";

const WINDOW = windowId(layer().campaignId, "2026-11-27T10:00:00Z");
const SOME = { window: WINDOW, policy: "yield", standIn: false, heldAt: plus(NOW, -HOUR) } as const;
const OVER = layer({ start: "2026-11-27T08:00", end: "2026-11-27T10:00" });
const LATER = at("2026-11-27T12:00");
const ON_UNTIL = '"sale" is on until 2026-11-27 12:00:00 UTC';

function coupon(cell: Partial<CellLedger> = {}): Ledger {
  return { cells: { applicationLimit: { base: "NEW_CUSTOMER_ONLY", written: "UNLIMITED", ...SOME, ...cell } }, yielded: {} };
}

/** A message worked in shadow mode: one target, as it was known before. */
async function inShadow(key = COUPON_KEY, over: Layer = layer(), known: Partial<TargetState> = {}, more: Before = {}) {
  const one = await oneMessage({ ...more, targets: [[key, [over], known]] });
  const reconciling: { isShadow?: boolean | undefined } & ReconcileDependencies = one.world.reconciling;
  Object.assign(reconciling, { isShadow: true });
  return one;
}

function historyOf({ world }: OneMessage, key = COUPON_KEY) {
  return world.history.of(STORE, key, 10, plus(NOW, HOUR));
}

describe("a switch that would be, in shadow mode", () => {
  it("is told in full, kept in the history, and held apart from the ledger", async () => {
    const begun = layer({ start: "2026-11-27T09:59" });
    const one = await inShadow(COUPON_KEY, begun, { failuresInARow: 2, owedSince: plus(NOW, -MINUTE) });

    await one.work(switchOf());

    const common = {
      storeId: STORE,
      target: COUPON_KEY,
      before: "NEW_CUSTOMER_ONLY",
      after: "UNLIMITED",
      reason: ON_UNTIL,
      campaignIds: ["sale"],
      dueAt: plus(NOW, -MINUTE),
      latenessMs: MINUTE,
      kind: "would-switch",
    };
    const label = `coupon WELCOME10 (${COUPON})`;
    expect(await historyOf(one)).toEqual([{ ...common, version: 3, at: NOW, attempt: 3 }]);
    expect(one.world.events).toEqual([{ ...common, label, decidedAt: NOW, timeZone: "UTC" }]);
    expect(one.world.limit()).toBe("NEW_CUSTOMER_ONLY");
    const { ledger, shadow, warnings, dueAt } = await one.target();
    expect(ledger).toEqual(EMPTY_LEDGER);
    expect(shadow).toEqual({
      ledger: coupon({ window: windowId(begun.campaignId, "2026-11-27T09:59:00Z"), heldAt: NOW, campaignName: "sale" }),
      pretence: { found: "NEW_CUSTOMER_ONLY", shown: "UNLIMITED" },
    });
    expect(warnings).toEqual([
      { campaignId: "sale", message: `${label}: would hold UNLIMITED, but Doorman is in shadow mode and writes nothing to Ecwid` },
    ]);
    expect(dueAt).toBe(at("2026-11-27T12:00"));
  });

  it("of a promotion takes its groups in whatever order Ecwid lists them, and leaves its other triggers alone", async () => {
    const one = await inShadow(PROMOTION_KEY, layer({ ask: groupsAsk([2]) }));
    one.world.ecwid.edit.promotion(STORE, PROMOTION, { triggers: { subtotal: 25, customerGroups: [10, 9, 0] } });

    await one.work(switchOf([PROMOTION_KEY]));

    expect(await historyOf(one, PROMOTION_KEY)).toMatchObject([{ before: "groups 10, 9, 0", after: "groups 10, 9, 0, 2" }]);
    expect((await one.target(PROMOTION_KEY)).shadow?.pretence).toEqual({ found: [0, 9, 10], shown: [10, 9, 0, 2] });
    expect((await one.target(PROMOTION_KEY)).warnings).toMatchObject([
      { message: expect.stringContaining("would hold groups 10, 9, 0, 2,") },
    ]);
  });

  it("goes by what would be there, as long as nobody changes what is", async () => {
    const shadow = { ledger: coupon(), pretence: { found: "NEW_CUSTOMER_ONLY", shown: "UNLIMITED" } };
    const one = await inShadow(COUPON_KEY, OVER, { shadow });

    await one.work(switchOf());

    expect(await historyOf(one)).toMatchObject([{ kind: "would-switch", before: "UNLIMITED", after: "NEW_CUSTOMER_ONLY" }]);
    expect((await one.target()).shadow).toBeUndefined();
    expect((await one.target()).warnings).toEqual([]);
  });

  it("goes by the groups that would be there, and would go from there", async () => {
    const cells = { "group:2": { base: "out", written: "in", ...SOME } } as const;
    const shadow = { ledger: { cells, yielded: {} }, pretence: { found: [0, 1], shown: [0, 1, 2] } };
    const one = await inShadow(PROMOTION_KEY, layer({ start: "2026-11-27T08:00", end: "2026-11-27T10:00", ask: groupsAsk([2]) }), {
      shadow,
    });

    await one.work(switchOf([PROMOTION_KEY]));

    expect(await historyOf(one, PROMOTION_KEY)).toMatchObject([{ before: "groups 0, 1, 2", after: "groups 0, 1" }]);
    expect((await one.target(PROMOTION_KEY)).shadow).toBeUndefined();
  });

  it("goes by what is there once somebody has changed that", async () => {
    const shadow = { ledger: coupon({ policy: "enforce" }), pretence: { found: "NEW_CUSTOMER_ONLY", shown: "UNLIMITED" } };
    const one = await inShadow(COUPON_KEY, layer({ policy: "enforce" }), { shadow, dueAt: LATER });
    one.world.ecwid.edit.coupon(STORE, COUPON, { applicationLimit: "REPEAT_CUSTOMER_ONLY" });

    await one.work({ kind: "look", storeId: STORE, instant: NOW, because: "somebody asked", relay: 0 });

    expect(await historyOf(one)).toMatchObject([{ before: "REPEAT_CUSTOMER_ONLY", after: "UNLIMITED" }]);
    expect((await one.target()).shadow?.pretence).toEqual({ found: "REPEAT_CUSTOMER_ONLY", shown: "UNLIMITED" });
  });
});

describe("where nothing would be switched, in shadow mode", () => {
  it("that is told, with the rules and the reason, and no warning given", async () => {
    const one = await inShadow();
    one.world.ecwid.edit.coupon(STORE, COUPON, { applicationLimit: "UNLIMITED" });

    await one.work(switchOf());

    const reason = `${ON_UNTIL}, but what it asks for was there already; it closes to the same unless "afterwards" is given`;
    expect(one.world.events).toEqual([
      { kind: "decided", storeId: STORE, target: COUPON_KEY, label: `coupon WELCOME10 (${COUPON})`, decision: "already-so", reason },
    ]);
    expect(await historyOf(one)).toEqual([]);
    expect((await one.target()).shadow?.pretence).toBeUndefined();
    expect((await one.target()).shadow?.ledger.cells).toHaveProperty("applicationLimit");
    expect((await one.target()).warnings).toEqual([{ campaignId: "sale", message: reason }]);
  });

  it("the refusal is told where a group does not exist, and each rule of several", async () => {
    const one = await inShadow(PROMOTION_KEY, layer({ ask: groupsAsk([77, 1]) }));

    await one.work(switchOf([PROMOTION_KEY]));

    expect(one.world.events).toMatchObject([
      {
        kind: "decided",
        decision: expect.stringMatching(/^[a-z-]+(,[a-z-]+)+$/),
        reason: "customer group 77 does not exist in the store; correct the campaign or create the group",
      },
    ]);
  });

  it("others go on where one group does not exist", async () => {
    const one = await inShadow(PROMOTION_KEY, layer({ ask: groupsAsk([2, 77]) }));

    await one.work(switchOf([PROMOTION_KEY]));

    expect(await historyOf(one, PROMOTION_KEY)).toMatchObject([{ after: "groups 0, 1, 2" }]);
    expect((await one.target(PROMOTION_KEY)).check?.problems).toMatchObject([{ code: "GROUP_MISSING", group: 77 }]);
  });
});

describe("what is kept in shadow mode", () => {
  const held = coupon();

  it.each<readonly [string, Partial<TargetState>, boolean]>([
    ["is gone where all is as it is in Ecwid", { shadow: { ledger: EMPTY_LEDGER } }, false],
    ["is what Doorman really holds in Ecwid and would have put back", { ledger: held, shadow: { ledger: EMPTY_LEDGER } }, true],
  ])("%s", async (_what, known, isKept) => {
    const one = await inShadow(COUPON_KEY, OVER, { ...known, dueAt: LATER });

    await one.work({ kind: "look", storeId: STORE, instant: NOW, because: "somebody asked", relay: 0, targets: [COUPON_KEY] });

    expect((await one.target()).shadow !== undefined).toBe(isKept);
  });

  it("is that a window gave way to a person", async () => {
    const shadow = { ledger: { cells: {}, yielded: { applicationLimit: [WINDOW] } } };
    const one = await inShadow(COUPON_KEY, layer({ enabled: false }), { shadow, dueAt: LATER });

    await one.work({ kind: "look", storeId: STORE, instant: NOW, because: "somebody asked", relay: 0 });

    expect((await one.target()).shadow).toEqual({ ...shadow, pretence: undefined });
  });

  it("is a change on its way, for the day on which Doorman writes again, and when a doubt is to be settled", async () => {
    const intent: Intent = {
      at: plus(NOW, -MINUTE),
      cells: { applicationLimit: { before: "NEW_CUSTOMER_ONLY", after: "UNLIMITED" } },
      ledgerAfter: coupon(),
      told: { before: "NEW_CUSTOMER_ONLY", after: "UNLIMITED", reason: "r", campaignIds: [layer().campaignId], historyVersion: 1 },
    };
    const one = await inShadow(COUPON_KEY, layer(), { intent, shadow: { ledger: coupon({ written: "REPEAT_CUSTOMER_ONLY" }) } });

    await one.work(switchOf());

    expect((await one.target()).intent).toEqual(intent);
    expect((await one.target()).dueAt).toBe(plus(NOW, MINUTE));
  });
});
