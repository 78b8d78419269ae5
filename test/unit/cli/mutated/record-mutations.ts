import type { JsonObject } from "../../../../lib/domain/live.ts";
import { CALENDAR, ON_COUPONS, ON_PROMOTIONS } from "./good-records.ts";
import { type Mutation, nested } from "./mutation.ts";

const manyCoupons = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ couponId: String(index + 1), applicationLimit: "UNLIMITED" }));
const whole = (base: JsonObject, value: Mutation["value"], expected: string, shown: string): Mutation => ({
  base,
  place: [],
  value,
  expected,
  shown,
});

/** What no single field shows, absurd sizes, and records that are none. */
export const RECORD_MUTATIONS: readonly Mutation[] = [
  { base: ON_COUPONS, place: ["end"], value: "2026-11-27T17:00", shown: "2026-11-27T17:00" },
  { base: ON_COUPONS, place: ["end"], value: "2026-11-27T18:00", shown: "2026-11-27T18:00" },
  { base: ON_PROMOTIONS, place: ["end"], value: "2020-01-01T00:00Z", shown: "2020-01-01T" },
  { base: ON_COUPONS, place: ["coupons", 1, "couponId"], value: "162428889", shown: "162428889" },
  { base: ON_PROMOTIONS, place: ["promotions", 1, "promotionId"], value: 608502, shown: "608502" },
  { base: ON_PROMOTIONS, place: ["promotions", 0, "removeGroups"], value: [1006534], shown: "1006534" },
  { base: ON_PROMOTIONS, place: ["promotions", 0, "setGroups"], value: [1006534], shown: "setGroups" },
  { base: ON_PROMOTIONS, place: ["promotions", 1, "addGroups"], value: [5], expected: "promotions[1].setGroups", shown: "addGroups" },
  { base: ON_PROMOTIONS, place: ["promotions", 0], value: { promotionId: 5 }, expected: "promotions[0].addGroups", shown: "missing" },
  {
    base: ON_PROMOTIONS,
    place: ["promotions", 0],
    value: { promotionId: 5, addGroups: [] },
    expected: "promotions[0].addGroups",
    shown: "no group",
  },
  { base: ON_PROMOTIONS, place: ["promotions"], value: undefined, expected: "coupons", shown: "changes nothing" },
  { base: ON_COUPONS, place: ["coupons"], value: manyCoupons(501), shown: "501" },
  { base: ON_COUPONS, place: ["coupons"], value: manyCoupons(500), expected: "good" },
  { base: ON_COUPONS, place: ["coupons"], value: manyCoupons(100_000), shown: "100000" },
  { base: ON_COUPONS, place: ["note"], value: "x".repeat(10 * 1_024 * 1_024), expected: "record", shown: "300 KB" },
  { base: ON_COUPONS, place: ["note"], value: nested(20), shown: "a list of 1" },
  { base: ON_COUPONS, place: ["coupons", 0, "couponId"], value: nested(20), shown: "a list of 1" },
  { base: ON_COUPONS, place: ["storeId"], value: "1".repeat(10_000), shown: "1111111111" },
  { base: CALENDAR, place: ["note"], value: "x".repeat(500 * 1_024), expected: "record", shown: "300 KB" },
  whole(ON_COUPONS, [], "", "no campaign"),
  whole(ON_COUPONS, {}, "storeId", "missing"),
  whole(ON_COUPONS, [null], "record", "null"),
  whole(ON_COUPONS, ["evenings"], "record", "evenings"),
  whole(ON_COUPONS, [[ON_COUPONS]], "record", "a list of 1"),
  whole(ON_COUPONS, [ON_COUPONS, ON_PROMOTIONS, CALENDAR], "good", ""),
  whole(ON_COUPONS, [ON_COUPONS, { ...ON_PROMOTIONS, start: 5 }, CALENDAR], "start", "5"),
  whole(ON_COUPONS, [ON_COUPONS, { ...ON_COUPONS, storeId: 1003, name: "Other" }], "campaignId", "evenings"),
  whole(ON_COUPONS, { ...ON_COUPONS, status: { state: "ACTIVE", anything: [1] } }, "good", ""),
];
