import { describe, expect, it } from "vitest";
import { problemOf, problemsOf, RECORD, recordWith } from "./records.ts";

const MOMENT = "write date and time as 2026-11-27T18:00 (24:00 ends a day), or with an offset or Z, as 2026-11-27T18:00-05:00";
const ID = 'write letters, digits, ".", "_" and "-", at most 128, beginning with a letter or digit';
const NAME = "write a text that is not blank, at most 200 characters, on one line";
const FORMS = "write addGroups and/or removeGroups, or setGroups alone";
const GROUP = 'write the customer group\'s number without quotation marks, such as 1006534; 0 is "General"';
const FIELDS =
  "storeId, campaignId, name, start, end, timeZone, repeat, except, ignoreFreeze, coupons, promotions, priority, onManualEdit, override, enabled, note";

function promotion(asks: object): Readonly<Record<string, unknown>> {
  return { promotions: [{ promotionId: 608502, ...asks }] };
}

describe("broken records", () => {
  it.each([
    [{ storeId: undefined }, "storeId: it is missing: write the store's number, such as 1003"],
    [{ storeId: "1003a" }, 'storeId: "1003a" cannot be used: write the store\'s number, such as 1003'],
    [{ storeId: 1e21 }, "storeId: 1e+21 cannot be used: write the store's number, such as 1003"],
    [{ campaignId: 5 }, `campaignId: 5 cannot be used: ${ID}`],
    [{ campaignId: "a@b" }, `campaignId: "a@b" cannot be used: ${ID}`],
    [{ name: " " }, `name: " " cannot be used: ${NAME}`],
    [{ name: "x".repeat(201) }, `name: "${"x".repeat(60)}…" cannot be used: ${NAME}`],
    [{ name: "a\u0000b" }, `name: "a\\u0000b" cannot be used: ${NAME}`],
    [{ name: "\ud800" }, `name: "\\ud800" cannot be used: ${NAME}`],
    [{ start: undefined }, `start: it is missing: ${MOMENT}`],
    [{ start: "2026-11-27 18:00" }, `start: "2026-11-27 18:00" cannot be used: ${MOMENT}`],
    [{ start: "2026-02-29T18:00" }, `start: "2026-02-29T18:00" cannot be used: there is no such date or time; ${MOMENT}`],
    [{ start: "2026-11-27T24:01" }, `start: "2026-11-27T24:01" cannot be used: there is no such date or time; ${MOMENT}`],
    [{ start: "9999-12-31T24:00" }, `start: "9999-12-31T24:00" cannot be used: there is no such date or time; ${MOMENT}`],
    [{ start: "2026-11-27T18:00+99:00" }, `start: "2026-11-27T18:00+99:00" cannot be used: there is no such date or time; ${MOMENT}`],
    [{ end: null }, `end: null cannot be used: ${MOMENT}`],
    [
      { end: "2026-11-26T24:00" },
      "end: the end, 2026-11-27T00:00 (a Friday), is not after the start, 2026-11-27T00:00 (a Friday): move one of them",
    ],
    [{ timeZone: "Europe/Berln" }, 'timeZone: "Europe/Berln" is not a time zone: did you mean Europe/Berlin?'],
    [{ timeZone: 2 }, "timeZone: 2 cannot be used: write an IANA name such as America/New_York"],
    [{ repeat: "FREQ=DALY" }, 'repeat: "FREQ=DALY": FREQ=DALY: did you mean DAILY?'],
    [{ repeat: ["FREQ=DAILY"] }, "repeat: a list of 1 cannot be used: write a rule, such as FREQ=WEEKLY;BYDAY=FR"],
    [
      { except: "2026-12-25" },
      'except: "2026-12-25" cannot be used: write a list of dates and calendars, such as ["2026-12-25", "holidays-de"]',
    ],
    [
      { except: ["2026-12-25", "2026-12-32"] },
      'except[1]: "2026-12-32" cannot be used: write a date there is, such as 2026-12-25, or the name of a calendar, such as "holidays-de"',
    ],
    [{ coupons: undefined }, "coupons: the campaign changes nothing: name at least one coupon here, or one promotion in promotions"],
    [{ coupons: [] }, "coupons: the campaign changes nothing: name at least one coupon here, or one promotion in promotions"],
    [
      { coupons: {} },
      'coupons: an object cannot be used: write a list, such as [{"couponId": 162428889, "applicationLimit": "UNLIMITED"}]',
    ],
    [{ coupons: new Set([1]) }, 'coupons: a set of 1 cannot be used: in the DynamoDB console choose the type "List", not a set'],
    [{ coupons: [7] }, 'coupons[0]: 7 cannot be used: write {"couponId": …, "applicationLimit": …}'],
    [
      { coupons: [{ couponId: "SAVE10", applicationLimit: "UNLIMITED" }] },
      'coupons[0].couponId: "SAVE10" cannot be used: write the coupon\'s number (not its code), such as 162428889',
    ],
    [
      { coupons: [{ couponId: 1, applicationLimit: "unlimited" }] },
      'coupons[0].applicationLimit: "unlimited" cannot be used: did you mean "UNLIMITED"?',
    ],
    [
      { coupons: [{ couponId: 1, applicationLimit: "UNLIMITED", afterwards: "ALL" }] },
      'coupons[0].afterwards: "ALL" cannot be used: write "UNLIMITED" or "NEW_CUSTOMER_ONLY" or "REPEAT_CUSTOMER_ONLY"',
    ],
    [
      { coupons: [{ couponId: 1, applicationLimit: "UNLIMITED", afterward: "UNLIMITED" }] },
      'coupons[0].afterward: there is no such field: did you mean "afterwards"?',
    ],
    [
      { coupons: [1, "1"].map((couponId) => ({ couponId, applicationLimit: "UNLIMITED" })) },
      "coupons[1].couponId: 1 is already in coupons[0]: name each only once",
    ],
    [
      { coupons: Array.from({ length: 501 }, (_, at) => ({ couponId: at + 1, applicationLimit: "UNLIMITED" })) },
      "coupons: the campaign changes 501 coupons and promotions; at most 500 are allowed: make two campaigns of it",
    ],
    [{ promotions: 5 }, 'promotions: 5 cannot be used: write a list, such as [{"promotionId": 608502, "addGroups": [1006534]}]'],
    [{ promotions: [[]] }, 'promotions[0]: an empty list cannot be used: write {"promotionId": …, "addGroups": […]}'],
    [promotion({}), `promotions[0].addGroups: it is missing, and nothing else says what changes: ${FORMS}`],
    [promotion({ addGroups: [] }), "promotions[0].addGroups: it names no group, so nothing would change: name at least one"],
    [promotion({ removeGroups: [] }), "promotions[0].removeGroups: it names no group, so nothing would change: name at least one"],
    [promotion({ addGroups: 5 }), "promotions[0].addGroups: 5 cannot be used: write a list of customer group numbers, such as [1006534]"],
    [promotion({ addGroups: ["1006534"] }), `promotions[0].addGroups[0]: "1006534" cannot be used: ${GROUP}`],
    [promotion({ addGroups: [1, -1] }), `promotions[0].addGroups[1]: -1 cannot be used: ${GROUP}`],
    [promotion({ addGroups: [1.5] }), `promotions[0].addGroups[0]: 1.5 cannot be used: ${GROUP}`],
    [promotion({ addGroups: [1, 2], removeGroups: [2] }), "promotions[0].removeGroups: 2 is in addGroups too: leave it out of one of them"],
    [
      promotion({ addGroups: [1], setGroups: [2] }),
      `promotions[0].setGroups: it already names every group that is in; with it there is nothing to add or remove: ${FORMS}`,
    ],
    [
      promotion({ setGroups: [] }),
      "promotions[0].setGroups: an empty list cannot be used: Ecwid reads a promotion without groups as open to everyone; name at least one",
    ],
    [
      promotion({ setGroups: Array.from({ length: 201 }, (_, at) => at) }),
      "promotions[0].setGroups: a list of 201 cannot be used: a promotion may have at most 200 groups: leave some out",
    ],
    [promotion({ addGroups: [1], addGruops: [2] }), 'promotions[0].addGruops: there is no such field: did you mean "addGroups"?'],
    [{ priority: "high" }, 'priority: "high" cannot be used: write a whole number without quotation marks, such as 0 or 10'],
    [{ priority: Number.POSITIVE_INFINITY }, "priority: Infinity cannot be used: write a whole number, such as 0 or 10"],
    [{ onManualEdit: "Yield" }, 'onManualEdit: "Yield" cannot be used: did you mean "yield"?'],
    [{ onManualEdit: "ask" }, 'onManualEdit: "ask" cannot be used: write "yield" or "enforce"'],
    [{ enabled: "false" }, 'enabled: "false" cannot be used: write true or false, without quotation marks'],
    [{ start: ["2026-13-27T10:00"] }, `start: a list of 1 cannot be used: ${MOMENT}`],
    [{ note: 5 }, "note: 5 cannot be used: write a text without control characters"],
    [{ override: "off" }, 'override: "off" cannot be used: write {"state": "off", "until": …, "reason": …}'],
    [{ override: { state: "of", until: "2026-11-28T12:00Z", reason: "x" } }, 'override.state: "of" cannot be used: write "on" or "off"'],
    [{ override: { state: "off", reason: "x" } }, `override.until: it is missing: ${MOMENT}`],
    [
      { override: { state: "off", until: "2026-11-28T12:00Z" } },
      "override.reason: it is missing: write why, for those who come after: not blank, at most 500 characters, on one line",
    ],
    [
      { override: { state: "off", until: "2026-11-28T12:00Z", reason: "x", by: "" } },
      'override.by: "" cannot be used: write a name that is not blank, at most 200 characters, on one line',
    ],
    [
      { override: { state: "off", until: "2026-11-28T12:00", reason: "x" } },
      'override.until: it is a local time, and neither the campaign nor the store has a time zone yet: add timeZone, or end it with an offset or Z, as "2026-11-28T12:00Z"',
    ],
    [{ sart: "2026" }, 'sart: there is no such field: did you mean "start"?'],
    [{ colour: "red" }, `colour: there is no such field: take it out, or use one of ${FIELDS}`],
    [{ "a\u0000 b": 1 }, `["a\\u0000 b"]: there is no such field: take it out, or use one of ${FIELDS}`],
    [{ note: "é".repeat(154_000) }, "record: it is larger than 300 KB: make two campaigns of it, or shorten its texts"],
  ])("%j", (changes, expected) => {
    expect(problemOf(changes)).toBe(expected);
  });

  it.each([
    [null, "null"],
    [undefined, "missing"],
    [[RECORD], "a list of 1"],
    ["record", '"record"'],
    [7, "7"],
  ])("%j is no record at all", (item, named) => {
    const [problem, ...others] = problemsOf(item);

    expect(problem?.path).toBe("record");
    expect(problem?.message).toContain(named);
    expect(others).toEqual([]);
  });

  it("everything that is wrong is said at once, in the order of the fields", () => {
    const record = recordWith({
      name: "",
      start: "soon",
      timeZone: "Nowhere",
      repeat: "FREQ=HOURLY",
      except: [1],
      coupons: [{ couponId: "x" }],
      promotions: [{ setGroups: [], addGroups: ["a"] }],
      priority: 0.5,
      override: { state: "off", until: "2026-11-28T12:00" },
      extra: 1,
    });

    const paths = problemsOf(record).map(({ path }) => path);

    expect(paths).toEqual([
      "name",
      "start",
      "except[0]",
      "timeZone",
      "repeat",
      "coupons[0].couponId",
      "coupons[0].applicationLimit",
      "promotions[0].promotionId",
      "promotions[0].addGroups[0]",
      "promotions[0].setGroups",
      "promotions[0].setGroups",
      "priority",
      "override.reason",
      "extra",
    ]);
  });

  it("a field called __proto__ is a field there is not, and changes nothing else", () => {
    const record: unknown = JSON.parse(`${JSON.stringify(RECORD).slice(0, -1)},"__proto__":{"enabled":false}}`);

    expect(problemsOf(record).map(({ path }) => path)).toEqual(["__proto__"]);
  });

  it("fields that are only inherited are not there", () => {
    expect(problemsOf(Object.create(RECORD)).map(({ path }) => path)).toContain("storeId");
  });

  it("a record with very many mistakes names fifty", () => {
    const record = recordWith({ except: Array.from({ length: 500 }, () => "never!") });

    const problems = problemsOf(record);

    expect(problems).toHaveLength(50);
    expect(problems.at(-1)).toEqual({ path: "record", message: "451 more problems: put these right first" });
  });

  it("nesting without end and circles are no more than a problem", () => {
    let deep: unknown[] = [];
    for (let level = 0; level < 200_000; level += 1) deep = [deep];
    const circle: Record<string, unknown> = {};
    circle["self"] = circle;

    expect(problemsOf(recordWith({ except: deep })).map(({ path }) => path)).toEqual(["record", "except[0]"]);
    expect(problemsOf(recordWith({ override: circle })).map(({ path }) => path)).toContain("override.self");
  });
});
