import { describe, expect, it } from "vitest";
import { calendarText } from "../../../lib/cli/calendar/calendar-text.ts";
import { entriesOf } from "../../../lib/cli/calendar/entries.ts";
import type { StorePlan } from "../../../lib/cli/page/page.ts";
import { DAY, formatInstant, parseInstant, plus } from "../../../lib/domain/instant.ts";
import type { JsonObject } from "../../../lib/domain/live.ts";
import { readCalendar } from "../../support/read-calendar.ts";
import { planOf, SAMPLE_NOW, samplePlans } from "../../support/sample-plan.ts";

const COUPONS = [{ couponId: "7", applicationLimit: "UNLIMITED" }];
const HAPPY: JsonObject = {
  campaignId: "happy",
  name: "Happy hour",
  start: "2026-10-23T18:00",
  end: "2026-10-23T22:00",
  repeat: "FREQ=DAILY",
  coupons: COUPONS,
};

function textOf(stores: readonly StorePlan[]): string {
  return calendarText(
    stores.flatMap(({ outlooks, span }) => [...entriesOf(outlooks, span)]),
    SAMPLE_NOW,
  );
}

function of(zone: string, items: readonly JsonObject[], days: number, from = SAMPLE_NOW): StorePlan {
  return planOf("1003", zone, items, { from, to: plus(from, days * DAY) });
}

function entries(...plan: Parameters<typeof of>) {
  return readCalendar(textOf([of(...plan)]));
}

describe("a calendar's entries", () => {
  it.each([
    // 18:00 to 22:00 on the wall, before and after the clocks go back or forward.
    [
      "America/New_York",
      "2026-10-31T12:00:00Z",
      ["2026-10-31T22:00:00Z/2026-11-01T02:00:00Z", "2026-11-01T23:00:00Z/2026-11-02T03:00:00Z"],
    ],
    ["Europe/Berlin", "2026-10-24T12:00:00Z", ["2026-10-24T16:00:00Z/2026-10-24T20:00:00Z", "2026-10-25T17:00:00Z/2026-10-25T21:00:00Z"]],
    [
      "Australia/Lord_Howe",
      "2027-04-03T00:00:00Z",
      ["2027-04-03T07:00:00Z/2027-04-03T11:00:00Z", "2027-04-04T07:30:00Z/2027-04-04T11:30:00Z"],
    ],
  ])("in %s are the instants that its wall shows, on both sides of a change of the clocks", (zone, from, expected) => {
    const read = entries(zone, [HAPPY], 2, parseInstant(from));

    expect(read.map(({ startsAt, endsAt }) => `${formatInstant(startsAt)}/${formatInstant(endsAt)}`)).toEqual(expected);
  });

  it("are one for each window, whatever number of targets it switches, with each of them in its text", () => {
    const targets = [...COUPONS, { couponId: "8", applicationLimit: "NEW_CUSTOMER_ONLY" }];
    const promotions = [{ promotionId: "9", addGroups: [1, 2] }];

    const [only, ...others] = entries("UTC", [{ ...HAPPY, repeat: "FREQ=DAILY;COUNT=1", coupons: targets, promotions }], 7);

    expect(others).toEqual([]);
    expect(only).toMatchObject({ summary: "Happy hour: 2 coupons, 1 promotion", status: "CONFIRMED", stamp: SAMPLE_NOW });
    expect(only?.categories).toEqual(["Doorman", "Store 1003"]);
    for (const line of ["coupon 7: UNLIMITED", "coupon 8: NEW_CUSTOMER_ONLY", "promotion 9: group 1 in, group 2 in"])
      expect(only?.description).toContain(line);
  });

  it("say where they lose, to whom and why", () => {
    const rival = { ...HAPPY, campaignId: "rival", name: "Rival", priority: 5, start: "2026-10-23T20:00", end: "2026-10-23T23:00" };

    const read = entries("UTC", [HAPPY, { ...rival, coupons: [{ couponId: "7", applicationLimit: "REPEAT_CUSTOMER_ONLY" }] }], 1);

    expect(read.map(({ summary, status }) => [summary, status])).toEqual([
      ["Happy hour: UNLIMITED", "TENTATIVE"],
      ["Rival: REPEAT_CUSTOMER_ONLY", "CONFIRMED"],
    ]);
    expect(read[0]?.description).toContain('2026-10-23 20:00 to 2026-10-23 22:00: loses to "Rival" (priority 5 over 0)');
    expect(read[0]?.categories).toContain("Overlap");
  });

  it("say so where a window has no effect at all", () => {
    const rival = {
      ...HAPPY,
      campaignId: "rival",
      name: "Rival",
      priority: 5,
      coupons: [{ couponId: "7", applicationLimit: "NEW_CUSTOMER_ONLY" }],
    };

    const read = entries("UTC", [HAPPY, rival], 1);

    expect(read.map(({ summary }) => summary)).toContain("No effect: Happy hour: UNLIMITED");
  });

  it("are cut at the span's end where nothing ends them, and say so", () => {
    const [open] = entries("UTC", [{ campaignId: "open", name: "Open", start: "2026-10-24T00:00", coupons: COUPONS }], 7);

    expect(open?.endsAt).toBe(plus(SAMPLE_NOW, 7 * DAY));
    expect(open?.summary).toBe("Open: UNLIMITED (no end set)");
    expect(open?.description).toContain("with no end set: it is shown up to 2026-10-30 14:10, where this plan ends");
  });

  it("keep their own end where it is after the span, and their own start where it is before it", () => {
    const long = { campaignId: "long", name: "Long", start: "2026-10-01T00:00", end: "2026-12-01T00:00", coupons: COUPONS };

    const [only] = entries("UTC", [long], 1);

    expect(only && [formatInstant(only.startsAt), formatInstant(only.endsAt)]).toEqual(["2026-10-01T00:00:00Z", "2026-12-01T00:00:00Z"]);
  });

  it("keep their own end, or have none, where another campaign begins after the span", () => {
    const rival = {
      campaignId: "rival",
      name: "Rival",
      start: "2026-11-15T00:00",
      end: "2026-11-16T00:00",
      coupons: [{ couponId: "7", applicationLimit: "NEW_CUSTOMER_ONLY" }],
    };
    const long = { campaignId: "long", name: "Long", start: "2026-10-01T00:00", coupons: COUPONS };

    const [ending] = entries("UTC", [{ ...long, end: "2026-12-01T00:00" }, rival], 7);
    const [endless] = entries("UTC", [long, rival], 7);

    expect(ending && formatInstant(ending.endsAt)).toBe("2026-12-01T00:00:00Z");
    expect(endless?.summary).toBe("Long: UNLIMITED (no end set)");
    expect(endless?.endsAt).toBe(plus(SAMPLE_NOW, 7 * DAY));
  });

  it("of windows without end give place to the next one of the same campaign", () => {
    const weekly = { campaignId: "weekly", name: "Weekly", start: "2026-10-24T00:00", repeat: "FREQ=WEEKLY", coupons: COUPONS };

    const read = entries("UTC", [weekly], 10);

    expect(read.map(({ endsAt }) => endsAt)).toEqual([parseInstant("2026-10-31T00:00:00Z"), plus(SAMPLE_NOW, 10 * DAY)]);
  });

  it("are forced on and held off as overrides say", () => {
    const on = { ...HAPPY, repeat: "FREQ=DAILY;COUNT=1", start: "2026-12-01T00:00", end: "2026-12-02T00:00" };
    const until = "2026-10-24T12:00";

    const forced = entries("UTC", [{ ...on, override: { state: "on", until, reason: "r" } }], 3);
    const held = entries(
      "UTC",
      [{ ...on, start: "2026-10-24T00:00", end: "2026-10-25T00:00", override: { state: "off", until, reason: "r" } }],
      3,
    );

    expect(forced.map(({ startsAt, endsAt }) => [startsAt, formatInstant(endsAt)])).toEqual([[SAMPLE_NOW, "2026-10-24T12:00:00Z"]]);
    expect(forced[0]?.description).toContain("Forced on by an override");
    expect(held.map(({ startsAt }) => formatInstant(startsAt))).toEqual(["2026-10-24T12:00:00Z"]);
  });

  it("are the same ones when exported again, later or over another span", () => {
    const uids = (from: string, days: number) => entries("UTC", [HAPPY], days, parseInstant(from)).map(({ uid }) => uid);

    const [first, later] = [uids("2026-10-24T00:00:00Z", 5), uids("2026-10-26T19:00:00Z", 20)];

    expect(new Set(first).size).toBe(5);
    expect(later.slice(0, 3)).toEqual(first.slice(2));
  });
});

describe("a calendar's text", () => {
  const name = 'Semi; comma, "quote" \\ back\nline: 🦉🌙 Ünïcödé \u202e \ud800 '.repeat(2);

  it("reads the same in another program, whatever people typed", () => {
    const { outlooks, span } = of("UTC", [{ ...HAPPY, repeat: "FREQ=DAILY;COUNT=1" }], 1);
    const odd = entriesOf(outlooks, span).map((entry) => ({ ...entry, campaignName: name }));

    const [only] = readCalendar(calendarText(odd, SAMPLE_NOW));

    expect(only?.summary).toContain('Semi; comma, "quote" \\ back line: 🦉🌙 Ünïcödé   \ufffd ');
  });

  it("is folded at 75 octets, each line ended as RFC 5545 wants it", () => {
    const text = textOf(samplePlans(SAMPLE_NOW, plus(SAMPLE_NOW, 42 * DAY)));

    expect(text.split("\r\n").filter((line) => Buffer.byteLength(line) > 75)).toEqual([]);
    expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    expect(text.startsWith("BEGIN:VCALENDAR\r\n")).toBe(true);
    expect(text.endsWith("\r\nEND:VCALENDAR\r\n")).toBe(true);
  });

  it("has every entry of two stores, each under a name of its own", () => {
    const read = readCalendar(textOf(samplePlans(SAMPLE_NOW, plus(SAMPLE_NOW, 42 * DAY))));

    expect(new Set(read.map(({ uid }) => uid)).size).toBe(read.length);
    expect(new Set(read.flatMap(({ categories }) => categories))).toEqual(new Set(["Doorman", "Store 1003", "Store 2007", "Overlap"]));
  });

  it("is refused where it would be too long for any calendar", () => {
    const items = Array.from({ length: 20 }, (_, index) => ({ ...HAPPY, campaignId: `happy-${index}` }));

    expect(() => textOf([of("UTC", items, 365)])).toThrow(/more than 5000 entries, .*--target/);
  });
});
