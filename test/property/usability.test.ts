import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { couponId, promotionId } from "../../lib/domain/identifiers.ts";
import { DAY, formatInstant, type Instant, MINUTE, plus } from "../../lib/domain/instant.ts";
import { EMPTY_LEDGER } from "../../lib/domain/ledger/ledger.ts";
import { targetProblems } from "../../lib/domain/usability/target-problems.ts";
import { windowsAhead } from "../../lib/domain/usability/windows-ahead.ts";
import { at, groupsAsk, layer } from "../support/layers.ts";

const NOW = at("2026-11-20T09:00");
const ZONES = ["UTC", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"] as const;
const RULES = [undefined, "FREQ=DAILY;COUNT=40", "FREQ=WEEKLY;BYDAY=MO,FR;COUNT=30", "FREQ=MONTHLY;BYDAY=1MO;COUNT=12"] as const;

const windowed = fc
  .record({ zone: fc.constantFrom(...ZONES), repeat: fc.constantFrom(...RULES), length: fc.integer({ min: 1, max: 2_000 }) })
  .map(({ zone, repeat, length }) => {
    const start = "2026-11-27T10:00";
    const end = formatInstant(plus(at(start), length * MINUTE)).slice(0, 16);
    const laid = layer({ start, end, ...(repeat !== undefined && { repeat }) });
    return { ...laid, windows: { ...laid.windows, timeZone: zone } };
  });

function ecwidDate(instant: Instant): string {
  return formatInstant(instant).replace("T", " ").replace("Z", " +0000");
}

const COUPON = { kind: "coupon", id: couponId("7"), applicationLimit: "UNLIMITED", status: "ACTIVE" } as const;

describe("a coupon's own dates", () => {
  it("are never warned of where they hold all windows", () => {
    fc.assert(
      fc.property(windowed, fc.nat({ max: 400 * DAY }), fc.nat({ max: 400 * DAY }), (laid, before, after) => {
        const windows = windowsAhead(laid, NOW);
        const starts = windows.flatMap(({ startsAt }) => (startsAt === "forced" ? [] : [startsAt]));
        const ends = windows.flatMap(({ endsAt }) => (endsAt === undefined ? [] : [endsAt]));
        const whole = (ms: number) => ms - (ms % 1_000);
        const launchDate = ecwidDate(plus(at("2026-11-27T10:00"), Math.min(...starts) - at("2026-11-27T10:00") - whole(before)));
        const expirationDate = ecwidDate(plus(at("2026-11-27T10:00"), Math.max(...ends) - at("2026-11-27T10:00") + whole(after)));

        const live = { ...COUPON, launchDate, expirationDate };
        const problems = targetProblems({ layers: [laid], ledger: EMPTY_LEDGER, live, at: NOW, missingGroups: new Set() }, "UTC");

        expect(problems).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });

  it("are warned of where they leave more than a minute of a window out, about a window that they do leave out", () => {
    fc.assert(
      fc.property(windowed, fc.nat({ max: 50 }), fc.integer({ min: 2, max: 1_000 }), (laid, index, minutes) => {
        const windows = windowsAhead(laid, NOW);
        const window = windows[index % windows.length];
        if (window?.endsAt === undefined) return;
        const cut = plus(window.endsAt, -minutes * MINUTE);

        const live = { ...COUPON, expirationDate: ecwidDate(cut) };
        const problems = targetProblems({ layers: [laid], ledger: EMPTY_LEDGER, live, at: NOW, missingGroups: new Set() }, "UTC");

        expect(problems).toMatchObject([{ code: "ENDS_EARLY" }]);
        expect(problems[0]?.endsAt).toBeGreaterThan(cut);
      }),
      { numRuns: 150 },
    );
  });
});

describe("a promotion's weekly hours", () => {
  it("are never warned of where they are the whole of every day", () => {
    const activeDays = ["MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"];
    const triggers = { customerGroups: [0], recurring: true, recurrenceSettings: { activeDays } };
    const live = { kind: "promotion", id: promotionId("8"), triggers, customerGroups: [0] } as const;
    fc.assert(
      fc.property(windowed, fc.constantFrom(...ZONES), (laid, zone) => {
        const asked = { ...laid, ask: groupsAsk([2]) };

        const problems = targetProblems({ layers: [asked], ledger: EMPTY_LEDGER, live, at: NOW, missingGroups: new Set() }, zone);

        expect(problems).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
