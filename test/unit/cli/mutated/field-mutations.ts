import type { Json, JsonObject } from "../../../../lib/domain/live.ts";
import { CALENDAR, ON_COUPONS, ON_PROMOTIONS } from "./good-records.ts";
import { Literal, type Mutation } from "./mutation.ts";

type Value = Mutation["value"];

/** A field of a good record: values that break it, and others that leave it good. */
interface Field {
  readonly base: JsonObject;
  readonly place: Mutation["place"];
  readonly bad: readonly Value[];
  readonly good?: readonly Value[];
}

const HUGE = new Literal("1e400", ".inf");
const UNSAFE = new Literal("9007199254740993");
const NOT_A_NUMBER = new Literal('"NaN"', ".nan");
const MINUS_ZERO = new Literal("-0");
const TEN_MEGABYTES = "x".repeat(10 * 1_024 * 1_024);
const ODD_TYPES: readonly Value[] = [null, {}, [], [[]], { a: { b: [1] } }, ["a", "b"]];
const ODD_TEXTS: readonly Value[] = [
  "\u202e\u0645\u0631\u062d\u0628\u0627",
  "a\u200bb",
  "\ud800",
  "\u0000",
  "tab\there",
  "line\nbreak",
  "__proto__",
];
const NUMERIC: readonly Value[] = [
  true,
  "",
  " ",
  "abc",
  "-1",
  -1,
  1.5,
  "1.5",
  "0x10",
  "１００３",
  HUGE,
  UNSAFE,
  NOT_A_NUMBER,
  "9".repeat(60),
];
const MOMENTS: readonly Value[] = [
  true,
  20261127,
  "",
  "tomorrow",
  "2026-02-30T10:00",
  "2026-13-01T10:00",
  "2026-11-27T25:00",
  "2026-11-27T24:01",
  "2026-11-27 18:00",
  "2026-11-27",
  "27.11.2026 18:00",
  "11/27/2026",
  "2026-11-27T18:00+25:00",
  "2026-11-27T18:00[Europe/Berlin]",
  "99999-01-01T00:00",
  "2026-11-27T18:00:00.5",
];
const YES_OR_NO: readonly Value[] = ["true", "yes", 0, 1, "", "False"];

const FIELDS: readonly Field[] = [
  { base: ON_COUPONS, place: ["storeId"], bad: [undefined, ...ODD_TYPES, ...NUMERIC], good: [1003, "77"] },
  {
    base: ON_COUPONS,
    place: ["campaignId"],
    bad: [undefined, ...ODD_TYPES, ...ODD_TEXTS.slice(0, -1), "", " x", "-x", "a b", "ü", "x".repeat(129), 5, true, "_x", "__proto__"],
    good: ["constructor", "x".repeat(128), "A.b_c-1"],
  },
  {
    base: ON_COUPONS,
    place: ["name"],
    bad: [undefined, ...ODD_TYPES, "", "   ", 5, false, "\ud800", "\u0000", "line\nbreak", "x".repeat(201), TEN_MEGABYTES],
    good: ["Größe & Spaß 🎉", "\u0645\u0631\u062d\u0628\u0627", "__proto__", "constructor", "null", "x".repeat(200)],
  },
  { base: ON_COUPONS, place: ["start"], bad: [undefined, ...ODD_TYPES, ...MOMENTS, "2026-11-27T18:00 "], good: ["2026-11-27T18:00:30"] },
  { base: ON_COUPONS, place: ["end"], bad: [...ODD_TYPES, ...MOMENTS], good: [undefined, "2026-11-27T24:00", "2026-11-28T02:00"] },
  {
    base: ON_COUPONS,
    place: ["timeZone"],
    bad: [...ODD_TYPES, "", "EST5", "+02:00", "Europe/Berln", "New York", "Mars/Olympus", 5, "utc+1"],
    good: ["UTC", "Asia/Kathmandu"],
  },
  {
    base: ON_COUPONS,
    place: ["repeat"],
    bad: [
      ...ODD_TYPES,
      "",
      "weekly",
      "FREQ=HOURLY",
      "FREQ=WEEKLY;BYDAY=XX",
      "FREQ=WEEKLY;FREQ=DAILY",
      "FREQ=DAILY;COUNT=0",
      "FREQ=DAILY;COUNT=99999999999999999999",
      "FREQ=DAILY;INTERVAL=-1",
      "FREQ=DAILY;UNTIL=20260230",
      "FREQ=DAILY;UNTIL=20200101",
      "RRULE:FREQ=DAILY",
      "FREQ=WEEKLY;BYDAY=FR;",
      "FREQ=WEEKLY; BYDAY=FR",
      "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
      "x".repeat(5_000),
      5,
    ],
    good: [undefined, "FREQ=DAILY", "freq=weekly;byday=fr"],
  },
  {
    base: ON_COUPONS,
    place: ["except"],
    bad: [
      null,
      {},
      [[]],
      "2026-12-25",
      ["2026-02-30"],
      ["25.12.2026"],
      [20261225],
      [null],
      ["2026-12-25", ""],
      5,
      Array(2_000).fill("2026-12-25"),
    ],
    good: [undefined, [], ["2026-12-25", "2027-12-25"], ["holidays-de"]],
  },
  {
    base: ON_COUPONS,
    place: ["priority"],
    bad: [...ODD_TYPES, "5", 1.5, true, "high", HUGE, UNSAFE, NOT_A_NUMBER],
    good: [undefined, -3, MINUS_ZERO, 0],
  },
  { base: ON_COUPONS, place: ["onManualEdit"], bad: [...ODD_TYPES, "Yield", "", "keep", true, "constructor"], good: [undefined, "yield"] },
  { base: ON_COUPONS, place: ["enabled"], bad: [...ODD_TYPES, ...YES_OR_NO, HUGE], good: [undefined, false] },
  {
    base: ON_COUPONS,
    place: ["note"],
    bad: [...ODD_TYPES, 5, "\u0000", "\ud800", "\u001b[2J"],
    good: [undefined, "", "two\nlines", "\u202ertl"],
  },
  { base: ON_COUPONS, place: ["ignoreFreeze"], bad: [...ODD_TYPES, true, "", " "], good: ["agreed with the board"] },
  { base: ON_COUPONS, place: ["override"], bad: [null, [], "off", true, 5], good: [undefined] },
  { base: ON_COUPONS, place: ["override", "state"], bad: [undefined, null, "Off", "paused", true, false], good: ["on"] },
  { base: ON_COUPONS, place: ["override", "until"], bad: [undefined, null, ...MOMENTS], good: ["2026-11-28T12:00Z"] },
  { base: ON_COUPONS, place: ["override", "reason"], bad: [undefined, null, "", " ", "x".repeat(501), 5], good: ["because"] },
  { base: ON_COUPONS, place: ["override", "by"], bad: [null, "", 5, "a\nb"], good: [undefined] },
  { base: ON_COUPONS, place: ["coupons"], bad: [null, {}, [], "162428889", 5, true, { couponId: 1 }, undefined] },
  { base: ON_COUPONS, place: ["coupons", 1], bad: [null, [], "162428889", 162428889, {}] },
  { base: ON_COUPONS, place: ["coupons", 1, "couponId"], bad: [undefined, null, {}, [], ...NUMERIC, "WELCOME10"], good: ["5", 5] },
  {
    base: ON_COUPONS,
    place: ["coupons", 0, "applicationLimit"],
    bad: [undefined, null, {}, "unlimited", "EVERYONE", "NEW_CUSTOMERS_ONLY", "", 1, true],
    good: ["NEW_CUSTOMER_ONLY"],
  },
  {
    base: ON_COUPONS,
    place: ["coupons", 0, "afterwards"],
    bad: [null, "ONCE", "UNLIMITTED", 0],
    good: [undefined, "REPEAT_CUSTOMER_ONLY"],
  },
  { base: ON_PROMOTIONS, place: ["promotions"], bad: [null, {}, [], "608502"] },
  { base: ON_PROMOTIONS, place: ["promotions", 0], bad: [null, [], 608502, "608502"] },
  { base: ON_PROMOTIONS, place: ["promotions", 0, "promotionId"], bad: [undefined, null, {}, ...NUMERIC], good: [7, "7"] },
  {
    base: ON_PROMOTIONS,
    place: ["promotions", 0, "addGroups"],
    bad: [
      null,
      {},
      1006534,
      "1006534",
      ["1006534"],
      [null],
      [1.5],
      [-1],
      ["VIP"],
      [[1]],
      Array.from({ length: 201 }, (_, group) => group + 1),
    ],
    good: [undefined, [], [5, 5], [7]],
  },
  { base: ON_PROMOTIONS, place: ["promotions", 1, "setGroups"], bad: [null, [], {}, 0, ["General"]], good: [[0]] },
  {
    base: CALENDAR,
    place: ["dates"],
    bad: [undefined, null, {}, "2026-12-25", ["2026-02-30"], ["2026-12-26/2026-12-25"], [20261225], ["2026-01-01/2030-01-01"]],
  },
  { base: CALENDAR, place: ["freeze"], bad: [...ODD_TYPES, ...YES_OR_NO], good: [undefined, false] },
  { base: CALENDAR, place: ["timeZone"], bad: [null, "Mars", 5, ""], good: [undefined] },
  { base: CALENDAR, place: ["campaignId"], bad: ["calendar#", "calendar#1x", "calendar#a b"], good: ["calendar#b"] },
];

/** Whatever stands at a field that is wrong shows there or deeper: an entry of a list by its number. */
export const FIELD_MUTATIONS: readonly Mutation[] = FIELDS.flatMap(({ base, place, bad, good = [] }) => [
  ...bad.map((value) => ({ base, place, value })),
  ...good.map((value) => ({ base, place, value, expected: "good" })),
]);

const STRAY: readonly (readonly [name: string, value: Json])[] = [
  ["Start", "2026-11-27T18:00"],
  ["couponid", 5],
  ["timezone", "UTC"],
  ["__proto__", { enabled: false }],
  ["constructor", {}],
  ["toString", "x"],
  ["", 1],
  ["\u202ename", "x"],
  ["na\u200bme", "x"],
  ["<<", { a: 1 }],
  ["x".repeat(10_000), 1],
];

/** Fields that there are not, at every level. */
export const STRAY_FIELDS: readonly Mutation[] = STRAY.flatMap(([name, value]) => [
  { base: ON_COUPONS, place: [name], value },
  { base: ON_COUPONS, place: ["coupons", 0, name], value },
  { base: ON_COUPONS, place: ["override", name], value },
  { base: ON_PROMOTIONS, place: ["promotions", 1, name], value },
  { base: CALENDAR, place: [name], value },
]);
