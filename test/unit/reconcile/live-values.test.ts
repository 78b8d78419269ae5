import { describe, expect, it } from "vitest";
import { createLiveValues } from "../../../lib/application/reconcile/live-values.ts";
import { couponId, promotionId, type Target } from "../../../lib/domain/identifiers.ts";
import { plus } from "../../../lib/domain/instant.ts";
import { at } from "../../support/layers.ts";
import { liveCoupon, livePromotion, type StoreScript, scriptedStore } from "../../support/scripted-store.ts";

const IDS = ["1", "2", "3", "4", "5"];
const COUPONS = IDS.map((id) => liveCoupon(id));

function coupon(id: string): Target {
  return { kind: "coupon", id: couponId(id) };
}

function promotion(id: string): Target {
  return { kind: "promotion", id: promotionId(id) };
}

function reading(script: StoreScript) {
  let now = at("2026-11-27T10:00");
  const { store, calls } = scriptedStore(script);
  const values = createLiveValues(store, { now: () => now, sleepUntil: async () => {} });
  return {
    values,
    calls,
    pass: (milliseconds: number) => {
      now = plus(now, milliseconds);
    },
  };
}

describe("live values of coupons", () => {
  it("are read one by one where four are expected, whatever promotions come with them", async () => {
    const { values, calls } = reading({ coupons: COUPONS });
    values.expect([...IDS.slice(0, 4).map(coupon), promotion("1"), promotion("2")]);

    const reply = await values.read(coupon("2"));

    expect(reply).toEqual({ ok: true, value: COUPONS[1] });
    expect(calls).toEqual(["readCoupon 2"]);
  });

  it("are read by one list where five are expected", async () => {
    const { values, calls } = reading({ coupons: COUPONS });
    values.expect(IDS.map(coupon));

    const replies = [await values.read(coupon("2")), await values.read(coupon("5"))];

    expect(replies).toEqual([
      { ok: true, value: COUPONS[1] },
      { ok: true, value: COUPONS[4] },
    ]);
    expect(calls).toEqual(["listCoupons"]);
  });

  it("that are not in the list are gone", async () => {
    const { values } = reading({ coupons: COUPONS });
    values.expect(IDS.map(coupon));

    const reply = await values.read(coupon("9"));

    expect(reply).toEqual({ ok: false, failure: { kind: "target-missing", message: "coupon 9 is not in the store's list" } });
  });

  it("are read one by one once the list turned out not to be readable to its end", async () => {
    const { values, calls } = reading({ coupons: COUPONS, couponList: { kind: "unreadable-reply", message: "page 3" } });
    values.expect(IDS.map(coupon));

    const replies = [await values.read(coupon("1")), await values.read(coupon("2"))];

    expect(replies.map(({ ok }) => ok)).toEqual([true, true]);
    expect(calls).toEqual(["listCoupons", "readCoupon 1", "readCoupon 2"]);
  });

  it("are not asked for one by one where the list fails for another reason", async () => {
    const { values, calls } = reading({ coupons: COUPONS, couponList: { kind: "outcome-unknown", message: "502" } });
    values.expect(IDS.map(coupon));

    const reply = await values.read(coupon("1"));

    expect(reply).toEqual({ ok: false, failure: { kind: "outcome-unknown", message: "502" } });
    expect(calls).toEqual(["listCoupons"]);
  });
});

describe("live values of promotions", () => {
  const PROMOTIONS = [livePromotion("1"), livePromotion("2", [3])];

  it("share one list", async () => {
    const { values, calls } = reading({ promotions: PROMOTIONS });

    const replies = [await values.read(promotion("1")), await values.read(promotion("2"))];

    expect(replies).toEqual([
      { ok: true, value: PROMOTIONS[0] },
      { ok: true, value: PROMOTIONS[1] },
    ]);
    expect(calls).toEqual(["listPromotions"]);
  });

  it("that are not in a whole list are gone", async () => {
    const { values } = reading({ promotions: PROMOTIONS });

    const reply = await values.read(promotion("9"));

    expect(reply).toEqual({ ok: false, failure: { kind: "target-missing", message: "promotion 9 is not in the store's list" } });
  });

  it("that are not in a list with something left out may still exist", async () => {
    const { values } = reading({ promotions: PROMOTIONS, isComplete: false });

    const replies = [await values.read(promotion("9")), await values.read(promotion("1"))];

    const message = "Ecwid's list of promotions is not complete, so an absent one may still exist";
    expect(replies).toEqual([
      { ok: false, failure: { kind: "unreadable-reply", message } },
      { ok: true, value: PROMOTIONS[0] },
    ]);
  });

  it("are not taken from a list that failed", async () => {
    const { values, calls } = reading({ promotions: { kind: "outcome-unknown", message: "502" } });

    const replies = [await values.read(promotion("1")), await values.read(promotion("1"))];

    expect(replies[0]).toEqual({ ok: false, failure: { kind: "outcome-unknown", message: "502" } });
    expect(calls).toHaveLength(2);
  });
});

describe.each([
  ["promotions", { promotions: [livePromotion("1")] }, promotion("1")],
  ["coupons", { coupons: COUPONS }, coupon("1")],
] as const)("a list of %s", (_kind, script, target) => {
  it.each([
    [2_000, 1],
    [2_001, 2],
  ])("that is %i ms old has been asked for %i times", async (age, asked) => {
    const { values, calls, pass } = reading(script);
    values.expect(IDS.map(coupon));

    await values.read(target);
    pass(age);
    await values.read(target);

    expect(calls).toHaveLength(asked);
  });

  it("is asked for again once everything is read back", async () => {
    const { values, calls } = reading(script);
    values.expect(IDS.map(coupon));

    await values.read(target);
    values.startOver();
    await values.read(target);

    expect(calls).toHaveLength(2);
  });
});
