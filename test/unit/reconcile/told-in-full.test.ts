import { describe, expect, it } from "vitest";
import type { TargetState } from "../../../lib/application/ports/state-table.ts";
import { type TargetKey, windowId } from "../../../lib/domain/identifiers.ts";
import { HOUR, MINUTE, plus, SECOND } from "../../../lib/domain/instant.ts";
import { type CellLedger, EMPTY_LEDGER, type Ledger } from "../../../lib/domain/ledger/ledger.ts";
import { at, groupsAsk, layer } from "../../support/layers.ts";
import { COUPON_KEY, NOW, type OneMessage, oneMessage, PROMOTION_KEY, switchOf } from "../../support/one-message.ts";
import { liveCoupon, scriptedStore } from "../../support/scripted-store.ts";
import { COUPON, PROMOTION, STORE } from "../../support/world.ts";

const SALE = layer();
const WINDOW = windowId(SALE.campaignId, "2026-11-27T10:00:00Z");
const LATE = { settings: { latencyMs: { from: 100, to: 100 } } };
const ON_UNTIL = '"sale" is on until 2026-11-27 12:00:00 UTC';

function cell(written: string, base = "NEW_CUSTOMER_ONLY"): CellLedger {
  return { base, written, window: WINDOW, policy: "yield", standIn: false, heldAt: NOW };
}

const HELD: Ledger = { cells: { applicationLimit: cell("UNLIMITED") }, yielded: {} };

function history({ world }: OneMessage, key: TargetKey = COUPON_KEY) {
  return world.history.of(STORE, key, 10, plus(NOW, HOUR));
}

describe("a switch", () => {
  it("of a coupon is told, and kept in the history, in full", async () => {
    const one = await oneMessage({
      targets: [[COUPON_KEY, [SALE], { failuresInARow: 2, owedSince: plus(NOW, -SECOND), dueAt: NOW }]],
      options: LATE,
    });

    await one.work(switchOf());

    const common = {
      storeId: STORE,
      target: COUPON_KEY,
      before: "NEW_CUSTOMER_ONLY",
      after: "UNLIMITED",
      reason: ON_UNTIL,
      campaignIds: ["sale"],
      dueAt: NOW,
      latenessMs: 200,
    };
    expect(await history(one)).toEqual([{ ...common, kind: "switched", version: 3, at: plus(NOW, 200), attempt: 1 }]);
    expect(one.world.events).toEqual([
      { ...common, kind: "switched", label: `coupon WELCOME10 (${COUPON})`, appliedAt: plus(NOW, 200), timeZone: "UTC" },
    ]);
    expect(await one.target()).toMatchObject({
      dueAt: at("2026-11-27T12:00"),
      decidedAt: NOW_AFTER_READ,
      attemptsBegun: 0,
      failuresInARow: 0,
      label: `coupon WELCOME10 (${COUPON})`,
      warnings: [],
    });
    expect((await one.target()).intent).toBeUndefined();
  });

  it.each([
    ["its code", { code: "SPRING", name: "Spring" }, `coupon SPRING (${COUPON})`],
    ["its number where it has no other name", { code: undefined, name: undefined }, `coupon ${COUPON}`],
    ["its name where it has no code", { code: undefined, name: "Spring" }, `coupon Spring (${COUPON})`],
  ])("calls a coupon by %s", async (_what, named, label) => {
    const { store } = scriptedStore({ coupons: [liveCoupon(String(COUPON), { applicationLimit: "UNLIMITED", ...named })] });
    const one = await oneMessage({ targets: [[COUPON_KEY, [SALE]]], ecwid: store });

    await one.work(switchOf());

    expect((await one.target()).label).toBe(label);
  });

  it("of a promotion is told by its groups", async () => {
    const one = await oneMessage({ targets: [[PROMOTION_KEY, [layer({ ask: groupsAsk([2]) })]]] });

    await one.work(switchOf([PROMOTION_KEY]));

    expect(await history(one, PROMOTION_KEY)).toMatchObject([{ before: "groups 0, 1", after: "groups 0, 1, 2", reason: ON_UNTIL }]);
    expect(one.world.events).toMatchObject([{ kind: "switched", label: `promotion Early access (${PROMOTION})` }]);
  });

  it("that has failed before is told with its count, and how late it is", async () => {
    const owedSince = plus(NOW, -MINUTE);
    const one = await oneMessage({ targets: [[COUPON_KEY, [layer({ start: "2026-11-27T09:00" })], { failuresInARow: 2, owedSince }]] });

    await one.work(switchOf());

    expect(await history(one)).toMatchObject([{ attempt: 3, dueAt: owedSince, latenessMs: MINUTE }]);
  });

  it("says what somebody changed in the same moment, and keeps it", async () => {
    const triggers = { subtotal: 25, orders: 2, customerGroups: [0, 1] };
    const promotions = [{ id: PROMOTION, name: "Early access", triggers }];
    const stores = [
      {
        storeId: STORE,
        timeZone: "UTC",
        tokens: ["secret_token_of_store_1003"],
        promotions,
        groups: [1, 2].map((id) => ({ id, name: "g" })),
      },
    ];
    const one = await oneMessage({ targets: [[PROMOTION_KEY, [layer({ ask: groupsAsk([2]) })]]], options: { ...LATE, stores } });
    let isFirst = true;
    one.world.ecwid.subscribe(() => {
      if (!isFirst) return;
      isFirst = false;
      one.world.ecwid.edit.promotion(STORE, PROMOTION, { triggers: { subtotal: 30, orders: 3 } });
    });

    await one.work(switchOf([PROMOTION_KEY]));

    expect(await history(one, PROMOTION_KEY)).toMatchObject([{ reason: `${ON_UNTIL}; somebody changed subtotal, orders meanwhile: kept` }]);
    expect(one.world.ecwid.promotion(STORE, PROMOTION)?.["triggers"]).toMatchObject({ subtotal: 30 });
  });
});

/** With a delay of 100 ms a call, the decision is taken after the read. */
const NOW_AFTER_READ = plus(NOW, 100);

describe("a decision that changes nothing", () => {
  it("is told with its rule and its reason", async () => {
    const one = await oneMessage({ targets: [[COUPON_KEY, [SALE], { ledger: HELD, failuresInARow: 1 }]] });
    one.world.ecwid.edit.coupon(STORE, COUPON, { applicationLimit: "UNLIMITED" });

    await one.work(switchOf());

    expect(one.world.events).toEqual([
      {
        kind: "decided",
        storeId: STORE,
        target: COUPON_KEY,
        label: `coupon WELCOME10 (${COUPON})`,
        decision: "hold",
        reason: "everything is in place",
      },
    ]);
    expect(await history(one)).toEqual([]);
  });

  it("keeps the name that people gave the target since", async () => {
    const one = await oneMessage({ targets: [[COUPON_KEY, [SALE], { label: "coupon OLD (7)" }]] });
    one.world.ecwid.edit.coupon(STORE, COUPON, { applicationLimit: "UNLIMITED" });

    await one.work(switchOf());

    expect((await one.target()).label).toBe(`coupon WELCOME10 (${COUPON})`);
  });

  it("keeps the name where nothing was read", async () => {
    const one = await oneMessage({ targets: [[COUPON_KEY, [], { label: "coupon OLD (7)" }]] });

    await one.work(switchOf());

    expect((await one.target()).label).toBe("coupon OLD (7)");
  });

  it("names the rule of each group", async () => {
    const one = await oneMessage({ targets: [[PROMOTION_KEY, [layer({ ask: groupsAsk([0, 1]) })]]] });

    await one.work(switchOf([PROMOTION_KEY]));

    expect(one.world.events).toMatchObject([{ kind: "decided", decision: "already-so,already-so" }]);
    expect(await history(one, PROMOTION_KEY)).toEqual([]);
  });
});

describe("a value that a person set", () => {
  const DOUBTED: Ledger = {
    cells: { applicationLimit: { ...cell("UNLIMITED"), doubt: { value: "REPEAT_CUSTOMER_ONLY", seenAt: plus(NOW, -2 * MINUTE) } } },
    yielded: {},
  };

  async function kept(state: Partial<TargetState>) {
    const one = await oneMessage({ targets: [[COUPON_KEY, [SALE], { ledger: DOUBTED, ...state }]] });
    one.world.ecwid.edit.coupon(STORE, COUPON, { applicationLimit: "REPEAT_CUSTOMER_ONLY" });
    await one.work(switchOf());
    return one;
  }

  it("and that stands is kept in the history once, in full", async () => {
    const one = await kept({ failuresInARow: 1, owedSince: plus(NOW, -SECOND) });
    const first = await history(one);
    const { version, ...state } = await one.world.state.readTarget(STORE, COUPON_KEY);
    await one.world.state.writeTarget(STORE, COUPON_KEY, { ...state, dueAt: plus(NOW, 2 * MINUTE), failuresInARow: 1 }, version);

    await one.world.clock.advanceBy(2 * MINUTE);
    await one.work(switchOf([COUPON_KEY], plus(NOW, 2 * MINUTE)));

    expect(first).toEqual([
      {
        storeId: STORE,
        target: COUPON_KEY,
        version: 3,
        kind: "kept",
        at: NOW,
        dueAt: NOW,
        latenessMs: 0,
        reason: expect.stringContaining("somebody set REPEAT_CUSTOMER_ONLY in Ecwid"),
        campaignIds: ["sale"],
        attempt: 1,
      },
    ]);
    expect(await history(one)).toEqual(first);
  });

  it("is told with how late it was seen, and after how many attempts", async () => {
    const owedSince = plus(NOW, -MINUTE);
    const one = await oneMessage({
      targets: [[COUPON_KEY, [layer({ start: "2026-11-27T09:00" })], { ledger: withWindow("09"), failuresInARow: 1, owedSince }]],
    });
    one.world.ecwid.edit.coupon(STORE, COUPON, { applicationLimit: "REPEAT_CUSTOMER_ONLY" });

    await one.work(switchOf());

    expect(await history(one)).toMatchObject([{ kind: "kept", dueAt: owedSince, latenessMs: MINUTE, attempt: 2 }]);
  });

  function withWindow(hour: string): Ledger {
    const window = windowId(SALE.campaignId, `2026-11-27T${hour}:00:00Z`);
    return {
      cells: {
        applicationLimit: { ...cell("UNLIMITED"), window, doubt: { value: "REPEAT_CUSTOMER_ONLY", seenAt: plus(NOW, -2 * MINUTE) } },
      },
      yielded: {},
    };
  }

  it("in one group is told, though the other groups are as they were", async () => {
    const groups: Ledger = {
      cells: {
        "group:2": { ...cell("in", "out"), doubt: { value: "out", seenAt: plus(NOW, -2 * MINUTE) } },
        "group:1": cell("in", "out"),
      },
      yielded: {},
    };
    const one = await oneMessage({ targets: [[PROMOTION_KEY, [layer({ ask: groupsAsk([1, 2]) })], { ledger: groups }]] });

    await one.work(switchOf([PROMOTION_KEY]));

    expect(await history(one, PROMOTION_KEY)).toMatchObject([
      { kind: "kept", reason: expect.stringContaining("took the group out in Ecwid") },
    ]);
  });
});

describe("a target that is left to a person", () => {
  const state = { label: "coupon SPRING (7)", failuresInARow: 1, owedSince: NOW };

  async function blocked(known: Partial<TargetState> = {}) {
    const one = await oneMessage({ targets: [[COUPON_KEY, [SALE], known]] });
    one.world.ecwid.setFaults(({ method }) => (method === "GET" ? { kind: "status", status: 422, when: "before" } : undefined));
    await one.work(switchOf());
    return one;
  }

  it("is told, kept in the history, and written for its campaigns", async () => {
    const one = await blocked(state);

    const { block, warnings } = await one.target();
    const reason = block?.reason ?? "";
    expect(reason).toMatch(/^Ecwid refused the change/);
    expect(block).toEqual({ code: block?.code, reason, since: NOW, lookAgainAt: plus(NOW, HOUR) });
    expect(warnings).toEqual([{ campaignId: "sale", message: `coupon SPRING (7): ${reason}` }]);
    const common = { storeId: STORE, target: COUPON_KEY };
    expect(await history(one)).toEqual([
      { ...common, version: 3, kind: "blocked", at: NOW, dueAt: NOW, latenessMs: 0, reason, campaignIds: ["sale"], attempt: 2 },
    ]);
    expect(one.world.events).toEqual([
      {
        ...common,
        kind: "attempt-failed",
        label: "coupon SPRING (7)",
        failure: block?.code,
        message: reason,
        effect: "blocked",
        nextTryAt: plus(NOW, HOUR),
      },
    ]);
  });

  it("is called by its number where nobody has read its name", async () => {
    const one = await blocked();

    expect((await one.target()).warnings[0]?.message).toMatch(new RegExp(`^coupon ${COUPON}: Ecwid refused`));
  });

  it("stands in the history once for one reason, and since when it first was so", async () => {
    const first = await blocked();
    const { block } = await first.target();
    if (block === undefined) throw new TypeError("not blocked");
    const since = plus(NOW, -HOUR);

    const again = await blocked({ block: { ...block, since } });
    const anew = await blocked({ block: { ...block, since, reason: "another" } });
    const otherwise = await blocked({ block: { ...block, since, code: "ANOTHER" } });

    expect((await again.target()).block?.since).toBe(since);
    expect(await history(again)).toEqual([]);
    for (const one of [anew, otherwise]) {
      expect((await one.target()).block?.since).toBe(NOW);
      expect(await history(one)).toHaveLength(1);
    }
  });

  it("is told to campaigns that are on, still to come, or still hold something, and to no other", async () => {
    const over = { start: "2026-11-27T07:00", end: "2026-11-27T08:00" };
    const holder = windowId(layer({ id: "holder" }).campaignId, "2026-11-27T07:00:00Z");
    const layers = [
      layer({ id: "on" }),
      layer({ id: "on-for-good", end: undefined }),
      layer({ id: "to-come", start: "2026-12-01T10:00", end: "2026-12-01T12:00" }),
      layer({ id: "over", ...over }),
      layer({ id: "holder", ...over }),
    ];
    const ledger: Ledger = { cells: { applicationLimit: { ...cell("UNLIMITED"), window: holder } }, yielded: {} };
    const one = await oneMessage({ targets: [[COUPON_KEY, layers, { ledger }]] });
    one.world.ecwid.setFaults(({ method }) => (method === "GET" ? { kind: "status", status: 422, when: "before" } : undefined));

    await one.work(switchOf());

    expect((await one.target()).warnings.map(({ campaignId }) => campaignId).toSorted()).toEqual([
      "holder",
      "on",
      "on-for-good",
      "to-come",
    ]);
  });
});

describe("windows that nobody was there for", () => {
  async function missed(
    known: Partial<TargetState>,
    layers = [layer({ start: "2026-11-27T08:00", end: "2026-11-27T08:10", repeat: "FREQ=DAILY;BYHOUR=8,9;BYMINUTE=0,20,40" })],
  ) {
    const one = await oneMessage({ targets: [[COUPON_KEY, layers, { decidedAt: at("2026-11-27T08:30"), ...known }]] });
    for (const { campaignId } of layers) {
      const copy = {
        targets: [COUPON_KEY],
        fingerprint: "",
        problems: [],
        warnings: [],
        compiledAt: at("2026-11-27T08:50"),
        waitsForZone: false,
      };
      await one.world.state.writeCampaign(STORE, campaignId, copy, 0);
    }
    await one.work(switchOf());
    return {
      one,
      entries: (await history(one)).filter(({ kind }) => kind === "missed"),
      events: one.world.events.filter(({ kind }) => kind === "missed"),
    };
  }

  const NAMED =
    'nothing could be switched from 2026-11-27T08:30:00Z to 2026-11-27T10:00:00Z: missed "sale" of 2026-11-27T09:00:00Z to 2026-11-27T09:10:00Z, "sale" of 2026-11-27T09:20:00Z to 2026-11-27T09:30:00Z, "sale" of 2026-11-27T09:40:00Z to 2026-11-27T09:50:00Z';

  it("are told and kept in the history, as far as they were asked for", async () => {
    const { entries, events } = await missed({ label: "coupon SPRING (7)" });

    const common = { storeId: STORE, target: COUPON_KEY, campaignIds: ["sale"], reason: NAMED };
    const starts = ["09:00", "09:20", "09:40"];
    expect(entries).toEqual([
      {
        ...common,
        kind: "missed",
        version: 2,
        at: NOW,
        dueAt: at("2026-11-27T09:00"),
        latenessMs: HOUR,
        attempt: 1,
        missed: starts.map((start) => {
          const startsAt = at(`2026-11-27T${start}`);
          return { campaignId: "sale", startsAt, endsAt: plus(startsAt, 10 * MINUTE) };
        }),
        missedCount: 3,
      },
    ]);
    expect(events).toEqual([{ ...common, kind: "missed", label: "coupon SPRING (7)", count: 3 }]);
  });

  it("are named three at most, the latest, and the others counted", async () => {
    const { entries, events } = await missed({}, [
      layer({ start: "2026-11-27T08:00", end: "2026-11-27T08:05", repeat: "FREQ=DAILY;BYHOUR=8,9;BYMINUTE=0,10,20,30,40,50" }),
    ]);

    expect(entries).toMatchObject([{ missedCount: 7, reason: expect.stringMatching(/"sale" of [^,]*09:50:00Z to [^,]*, and 4 before$/) }]);
    expect(events).toMatchObject([{ label: `coupon ${COUPON}`, count: 7 }]);
  });

  it("are told of a campaign that is deleted, since nobody knows when it was saved", async () => {
    const one = await oneMessage({
      targets: [[COUPON_KEY, [layer({ start: "2026-11-27T09:00", end: "2026-11-27T09:10" })], { decidedAt: at("2026-11-27T08:30") }]],
    });

    await one.work(switchOf());

    expect(await history(one)).toMatchObject([{ kind: "missed", missedCount: 1 }]);
  });

  it("are none that were over before the campaign's present version was saved, nor where nothing was decided before", async () => {
    const early = await missed({}, [layer({ start: "2026-11-27T08:32", end: "2026-11-27T08:40" })]);
    const never = await missed({ decidedAt: undefined });
    const now = await missed({ decidedAt: NOW });

    expect([early, never, now].map(({ entries, events }) => [entries, events])).toEqual([
      [[], []],
      [[], []],
      [[], []],
    ]);
  });

  it("count with the attempts that failed", async () => {
    const { entries } = await missed({ failuresInARow: 3, owedSince: NOW, ledger: EMPTY_LEDGER });

    expect(entries).toMatchObject([{ attempt: 4 }]);
  });
});
