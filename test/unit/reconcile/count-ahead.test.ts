import { describe, expect, it } from "vitest";
import { Token } from "../../../lib/application/ports/token-source.ts";
import type { Attempt } from "../../../lib/application/reconcile/attempt.ts";
import { readAttempt } from "../../../lib/application/reconcile/begin-attempt.ts";
import { createCountAhead } from "../../../lib/application/reconcile/count-ahead.ts";
import { createEarlyRelease } from "../../../lib/application/reconcile/early-release.ts";
import type { StoreSession } from "../../../lib/application/reconcile/store-session.ts";
import { workTargets } from "../../../lib/application/reconcile/work-targets.ts";
import type { EcwidFailure } from "../../../lib/domain/failures/ecwid-failure.ts";
import { couponId, type TargetKey, targetKey } from "../../../lib/domain/identifiers.ts";
import { HOUR, plus, SECOND } from "../../../lib/domain/instant.ts";
import { layer } from "../../support/layers.ts";
import { COUPON_KEY, NOW, oneMessage, PROMOTION_KEY, switchOf } from "../../support/one-message.ts";
import { liveCoupon, scriptedStore } from "../../support/scripted-store.ts";
import { COUPON, STORE } from "../../support/world.ts";

/** So that nothing has to be written. */
const ALREADY_SO = { applicationLimit: "UNLIMITED" } as const;
const SECOND_COUPON = targetKey({ kind: "coupon", id: couponId("777") });

async function twoCoupons() {
  const { world } = await oneMessage({
    targets: [
      [COUPON_KEY, [layer()]],
      [SECOND_COUPON, [layer()]],
    ],
  });
  const attemptAt = async (key: TargetKey): Promise<Attempt> => {
    const attempt = await readAttempt(world.state, STORE, key, NOW);
    if (attempt === undefined) throw new TypeError("no attempt");
    return attempt;
  };
  const begunOf = async (key: TargetKey) => (await world.state.readTarget(STORE, key)).attemptsBegun;
  return { world, attemptAt, begunOf };
}

describe("a count ahead", () => {
  it("counts an attempt once, whether it was begun ahead or is asked for at once", async () => {
    const { world, attemptAt, begunOf } = await twoCoupons();
    const [first, second] = [await attemptAt(COUPON_KEY), await attemptAt(SECOND_COUPON)];
    const count = createCountAhead(world.state);

    count.begin(first);
    count.begin(undefined);
    const counted = [await count.counted(first), await count.counted(second)];

    expect(counted.map((each) => each?.state.attemptsBegun)).toEqual([1, 1]);
    expect([await begunOf(COUPON_KEY), await begunOf(SECOND_COUPON)]).toEqual([1, 1]);
  });

  it("is taken back where the attempt is not made, and leaves alone what it has not counted", async () => {
    const { world, attemptAt, begunOf } = await twoCoupons();
    const [first, second] = [await attemptAt(COUPON_KEY), await attemptAt(SECOND_COUPON)];
    const count = createCountAhead(world.state);

    count.begin(first);
    const [taken, untouched] = [await count.takeBack(first), await count.takeBack(second)];

    expect(taken).toMatchObject({ version: first.version + 2, state: { attemptsBegun: 0 } });
    expect(untouched).toBe(second);
    expect(await begunOf(COUPON_KEY)).toBe(0);
  });

  it("is lost to whoever wrote first, and then nothing is taken back", async () => {
    const { world, attemptAt, begunOf } = await twoCoupons();
    const first = await attemptAt(COUPON_KEY);
    await world.state.makeDue(STORE, COUPON_KEY, NOW);
    const count = createCountAhead(world.state);

    const counted = await count.counted(first);

    expect(counted).toBeUndefined();
    expect(await count.takeBack(first)).toBeUndefined();
    expect(await begunOf(COUPON_KEY)).toBe(0);
  });

  it("that the table refuses fails the attempt, and not the process before it", async () => {
    const { world, attemptAt } = await twoCoupons();
    const writeTarget = () => Promise.reject(new Error("throttled"));
    const count = createCountAhead({ ...world.state, writeTarget });
    const first = await attemptAt(COUPON_KEY);

    count.begin(first);
    await new Promise((resolve) => setImmediate(resolve));

    await expect(count.counted(first)).rejects.toThrow("throttled");
  });
});

describe("a message's attempts", () => {
  it("begin with one that is counted before the instant, and one only", async () => {
    const instant = plus(NOW, 4 * SECOND);
    const due = { dueAt: instant };
    const { world, work, target } = await oneMessage({
      targets: [
        [COUPON_KEY, [layer({ start: "2026-11-27T10:00:04" })], due],
        [PROMOTION_KEY, [layer({ start: "2026-11-27T10:00:04" })], due],
      ],
    });

    const working = work(switchOf([COUPON_KEY, PROMOTION_KEY], instant), 120 * SECOND, 3 * SECOND);
    await world.clock.advanceBy(2 * SECOND);
    const before = [await target(), await target(PROMOTION_KEY)].map(({ attemptsBegun }) => attemptsBegun);
    const called = world.ecwid.log.requests().length;
    await world.clock.advanceBy(10 * SECOND);
    await working;

    expect([before, called]).toEqual([[1, 0], 0]);
    expect((await target()).attemptsBegun).toBe(0);
    expect(world.limit()).toBe("UNLIMITED");
  });

  async function worked(script: Parameters<typeof scriptedStore>[0], isEnough: (calls: number) => boolean) {
    const { world, attemptAt, begunOf } = await twoCoupons();
    const { store, calls } = scriptedStore(script);
    const session: StoreSession = {
      dependencies: world.reconciling,
      storeId: STORE,
      ecwid: store,
      token: { token: new Token("secret"), version: "v" },
      timeZone: "UTC",
      deadline: plus(NOW, HOUR),
      early: createEarlyRelease({ clock: world.clock, dispatcher: world.queue }, STORE),
      retryAt: () => NOW,
      isEnough: () => isEnough(calls.length),
      isStopped: async () => false,
    };
    const left = await workTargets(session, [await attemptAt(COUPON_KEY), await attemptAt(SECOND_COUPON)], NOW);
    return { left: left.map(({ key }) => key), calls, second: await begunOf(SECOND_COUPON) };
  }

  it("that there is no time for are left as if they had never been counted", async () => {
    const coupons = [liveCoupon(String(COUPON), ALREADY_SO), liveCoupon("777", ALREADY_SO)];

    const { left, calls, second } = await worked({ coupons }, (made) => made > 0);

    expect(calls).toEqual([`readCoupon ${COUPON}`]);
    expect([left, second]).toEqual([[SECOND_COUPON], 0]);
  });

  it("that are not made because the store failed are put off, and not taken for one that killed its worker", async () => {
    const silence: EcwidFailure = { kind: "rate-limited", retryAfterMs: 5 * SECOND };

    const { left, calls, second } = await worked({ coupons: silence }, () => false);

    expect(calls).toEqual([`readCoupon ${COUPON}`]);
    expect([left, second]).toEqual([[], 0]);
  });
});
