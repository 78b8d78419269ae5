import { describe, expect, it } from "vitest";
import type { StoreMessage } from "../../../lib/application/ports/dispatcher.ts";
import { countingStore } from "../../../lib/application/reconcile/counting-store.ts";
import { createEarlyRelease } from "../../../lib/application/reconcile/early-release.ts";
import { mayBegin, type StoreSession, sharedRetries } from "../../../lib/application/reconcile/store-session.ts";
import { couponId, promotionId, storeId, targetKey } from "../../../lib/domain/identifiers.ts";
import { type Instant, plus, SECOND } from "../../../lib/domain/instant.ts";
import { at } from "../../support/layers.ts";
import { liveCoupon, livePromotion, scriptedStore } from "../../support/scripted-store.ts";

const NOW = at("2026-11-27T10:00:42");
const CLOCK = { now: () => NOW, sleepUntil: async () => {} };
const STORE = storeId("1003");

function key(id: number) {
  return targetKey({ kind: "coupon", id: couponId(String(id)) });
}

describe("what falls due before a tick could have seen it", () => {
  async function released(...settled: readonly (readonly [number, Instant | undefined | "lost"])[]) {
    const sent: StoreMessage[] = [];
    const early = createEarlyRelease({ clock: CLOCK, dispatcher: { send: async (message) => void sent.push(message) } }, STORE);
    for (const [id, dueAt] of settled) early.settled(key(id), dueAt);
    await early.send();
    return sent;
  }

  it("is sent at once, what is due together in one message", async () => {
    const sent = await released([2, at("2026-11-27T10:01:59.999")], [3, NOW], [1, at("2026-11-27T10:01:59.999")]);

    expect(sent).toEqual([
      { kind: "switch", storeId: STORE, instant: at("2026-11-27T10:01:59.999"), targets: [key(1), key(2)], relay: 0 },
      { kind: "switch", storeId: STORE, instant: NOW, targets: [key(3)], relay: 0 },
    ]);
  });

  it("is nothing that a later tick sees, that is not due, or that somebody else wrote to", async () => {
    const sent = await released([1, at("2026-11-27T10:02")], [2, undefined], [3, "lost"]);

    expect(sent).toEqual([]);
  });
});

describe("the work on one store", () => {
  it.each([
    ["35 s are left", 35 * SECOND, false, false, true],
    ["less is left", 35 * SECOND - 1, false, false, false],
    ["it is enough", 60 * SECOND, true, false, false],
    ["Doorman is stopped", 60 * SECOND, false, true, false],
  ])("begins another target or not where %s", async (_when, left, enough, stopped, expected) => {
    const session = {
      dependencies: { clock: CLOCK },
      deadline: plus(NOW, left),
      isEnough: () => enough,
      isStopped: async () => stopped,
    } as unknown as StoreSession;

    const may = await mayBegin(session);

    expect(may).toBe(expected);
  });

  it("tries again at one instant whatever has failed as often, and at another what has failed more often", () => {
    const drawn = [0.5, 0.75, 0.9];
    const retryAt = sharedRetries({ clock: CLOCK, chance: () => drawn.shift() ?? 0 });

    const answers = [retryAt(3), retryAt(4), retryAt(3), retryAt(4)].map((each) => each - NOW);

    expect(answers).toEqual([4_000, 12_000, 4_000, 12_000]);
    expect(drawn).toHaveLength(1);
  });

  it("counts each request once, and hands it on as it is", async () => {
    const { store, calls } = scriptedStore({
      coupons: [liveCoupon("1")],
      promotions: [livePromotion("2")],
      groups: [0],
      profile: { timeZone: "UTC" },
    });
    const counted = countingStore(store);

    const replies = [
      await counted.store.readCoupon(couponId("1")),
      await counted.store.listCoupons(),
      await counted.store.listPromotions(),
      await counted.store.writeApplicationLimit(couponId("1"), "UNLIMITED"),
      await counted.store.writeTriggers(promotionId("2"), { subtotal: 5 }),
      await counted.store.readProfile(),
      await counted.store.listCustomerGroups(),
    ];

    expect(replies.map(({ ok }) => ok)).toEqual(replies.map(() => true));
    expect(counted.requests()).toBe(7);
    expect(calls).toEqual([
      "readCoupon 1",
      "listCoupons",
      "listPromotions",
      "writeApplicationLimit 1 UNLIMITED",
      'writeTriggers 2 {"subtotal":5}',
      "readProfile",
      "listCustomerGroups",
    ]);
  });
});
