import type { EcwidFailure } from "../../domain/failures/ecwid-failure.ts";
import type { CouponId, PromotionId, Target } from "../../domain/identifiers.ts";
import { type Instant, SECOND } from "../../domain/instant.ts";
import type { LiveCoupon, LiveTarget } from "../../domain/live.ts";
import { failure, type Result, success } from "../../domain/result.ts";
import type { Clock } from "../ports/clock.ts";
import type { EcwidStore, PromotionList } from "../ports/ecwid-gateway.ts";

/** From this many coupons on, one list is cheaper than a call for each. */
const COUPONS_WORTH_A_LIST = 5;
/** A promotion list may be this old when a write is built on it. */
const LIST_FRESH_MS = 2 * SECOND;

type Reply<Value> = Result<Value, EcwidFailure>;

/** Reads live values with as few calls as it can: promotions always share one list, coupons do from five on. */
export interface LiveValues {
  /** Says what will be asked for next, so that coupons can share a list. Forgets nothing. */
  expect(targets: readonly Target[]): void;
  read(target: Target): Promise<Reply<LiveTarget>>;
  /** Forgets what was read: the writes are out, and what follows reads them back. */
  startOver(): void;
}

interface Kept<Value> {
  readonly value: Value;
  readonly at: Instant;
}

function missing(target: Target): EcwidFailure {
  return { kind: "target-missing", message: `${target.kind} ${target.id} is not in the store's list` };
}

/** @returns a reader of one store's live values, for one message. */
export function createLiveValues(store: EcwidStore, clock: Clock): LiveValues {
  let promotions: Kept<PromotionList> | undefined;
  let coupons: Kept<ReadonlyMap<CouponId, LiveCoupon>> | undefined;
  let couponsExpected = 0;
  let isListUsable = true;

  const fresh = <Value>(kept: Kept<Value> | undefined): Value | undefined =>
    kept !== undefined && clock.now() - kept.at <= LIST_FRESH_MS ? kept.value : undefined;

  async function promotionList(): Promise<Reply<PromotionList>> {
    const known = fresh(promotions);
    if (known !== undefined) return success(known);
    const at = clock.now();
    const reply = await store.listPromotions();
    if (reply.ok) promotions = { value: reply.value, at };
    return reply;
  }

  async function promotion(id: PromotionId): Promise<Reply<LiveTarget>> {
    const list = await promotionList();
    if (!list.ok) return list;
    const found = list.value.promotions.find((each) => each.id === id);
    if (found !== undefined) return success(found);
    if (list.value.complete) return failure(missing({ kind: "promotion", id }));
    return failure({ kind: "unreadable-reply", message: "Ecwid's list of promotions is not complete, so an absent one may still exist" });
  }

  async function coupon(id: CouponId): Promise<Reply<LiveTarget>> {
    if (couponsExpected < COUPONS_WORTH_A_LIST || !isListUsable) return store.readCoupon(id);
    const known = fresh(coupons);
    if (known !== undefined) return fromList(known, id);
    const at = clock.now();
    const reply = await store.listCoupons();
    if (!reply.ok && reply.failure.kind === "unreadable-reply") {
      // A list that cannot be read to its end (Ecwid pages it, and a store may have thousands) must not keep a coupon from its switch.
      isListUsable = false;
      return store.readCoupon(id);
    }
    if (!reply.ok) return reply;
    const value = new Map(reply.value.map((each) => [each.id, each]));
    coupons = { value, at };
    return fromList(value, id);
  }

  function fromList(list: ReadonlyMap<CouponId, LiveCoupon>, id: CouponId): Reply<LiveTarget> {
    const found = list.get(id);
    return found === undefined ? failure(missing({ kind: "coupon", id })) : success(found);
  }

  return {
    expect: (targets) => {
      couponsExpected = targets.filter((target) => target.kind === "coupon").length;
    },
    read: (target) => (target.kind === "coupon" ? coupon(target.id) : promotion(target.id)),
    startOver: () => {
      promotions = undefined;
      coupons = undefined;
    },
  };
}
