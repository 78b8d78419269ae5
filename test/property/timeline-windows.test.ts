import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, it } from "vitest";
import { DAY, formatInstant, formatLocal, HOUR, instant, MINUTE, parseInstant, plus } from "../../lib/domain/instant.ts";
import { activeWindow } from "../../lib/domain/windows/active-window.ts";
import { lastEnd } from "../../lib/domain/windows/last-end.ts";
import { nextChange } from "../../lib/domain/windows/next-change.ts";
import { timetableOf } from "../../lib/domain/windows/timetable.ts";
import { placeWallClock, readWallClock } from "../../lib/domain/windows/wall-clock.ts";
import type { WindowRule } from "../../lib/domain/windows/window-rule.ts";

const ODD_ZONES = [
  "Pacific/Apia",
  "Australia/Lord_Howe",
  "Africa/Casablanca",
  "Asia/Tehran",
  "Africa/El_Aaiun",
  "Asia/Gaza",
  "Antarctica/Troll",
];
const ZONES = [
  ...ODD_ZONES,
  ..."UTC America/New_York America/Los_Angeles America/Sao_Paulo America/St_Johns America/Havana America/Asuncion America/Santiago".split(
    " ",
  ),
  ..."America/Caracas America/Scoresbysund Europe/Berlin Europe/London Europe/Dublin Europe/Moscow Europe/Istanbul Europe/Lisbon".split(
    " ",
  ),
  ..."Asia/Tokyo Asia/Kolkata Asia/Kathmandu Asia/Pyongyang Asia/Amman Asia/Beirut Asia/Jerusalem Africa/Cairo Africa/Juba".split(" "),
  ..."Australia/Sydney Australia/Eucla Pacific/Chatham Pacific/Auckland Pacific/Kiritimati Pacific/Fakaofo Pacific/Marquesas".split(" "),
  "Asia/Riyadh",
];

/** A moment anywhere, or near a change of the zone's clocks. */
const moments = fc
  .record({
    timeZone: fc.oneof(fc.constantFrom(...ODD_ZONES), fc.constantFrom(...ZONES)),
    from: fc.oneof(fc.integer({ min: -10 * 365, max: 110 * 365 }), fc.constant(15_330)),
    nearChange: fc.boolean(),
    minutes: fc.oneof(fc.integer({ min: -180, max: 180 }), fc.integer({ min: -6 * 1_440, max: 6 * 1_440 })),
  })
  .map(({ timeZone, from, nearChange, minutes }) => {
    const zoned = Temporal.Instant.fromEpochMilliseconds(from * DAY).toZonedDateTimeISO(timeZone);
    const change = nearChange ? zoned.getTimeZoneTransition("next") : null;
    return { timeZone, at: plus(instant((change ?? zoned).epochMilliseconds), minutes * MINUTE) };
  });

describe("wall clocks looked up", () => {
  it("are 40 zones' worth", () => {
    expect(new Set(ZONES).size).toBe(40);
  });

  it("are placed where Temporal places them, and read as it reads them", () => {
    fc.assert(
      fc.property(moments, ({ timeZone, at }) => {
        const local = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timeZone).toPlainDateTime();
        const onTheWall = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO("UTC").toPlainDateTime();

        expect(readWallClock(at, timeZone)).toBe(local.toZonedDateTime("UTC").epochMilliseconds);
        expect(placeWallClock(at, timeZone)).toBe(onTheWall.toZonedDateTime(timeZone).epochMilliseconds);
      }),
      { numRuns: 3_000 },
    );
  });

  it("are written as Temporal writes them", () => {
    fc.assert(
      fc.property(moments, fc.integer({ min: 0, max: 60_000 }), ({ timeZone, at }, milliseconds) => {
        const precise = plus(at, milliseconds);
        const temporal = Temporal.Instant.fromEpochMilliseconds(precise);
        const local = temporal.toZonedDateTimeISO(timeZone).toPlainDateTime().toString({ smallestUnit: "second" });

        expect(formatInstant(precise)).toBe(temporal.toString());
        expect(formatLocal(precise, timeZone)).toBe(`${local.replace("T", " ")} ${timeZone}`);
      }),
      { numRuns: 1_000 },
    );
  });
});

const FIRST = parseInstant("2011-12-01T00:00Z");

const rules: fc.Arbitrary<WindowRule> = fc
  .record({
    timeZone: fc.constantFrom(...ODD_ZONES, "America/New_York", "UTC"),
    startMinute: fc.integer({ min: 0, max: 60 * 24 * 30 }),
    length: fc.option(
      fc.oneof(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 5 * 1_440 }), fc.integer({ min: 1, max: 500 * 1_440 })),
      { nil: undefined, freq: 6 },
    ),
    repeat: fc.constantFrom(
      undefined,
      "FREQ=DAILY",
      "FREQ=DAILY;BYHOUR=1,2,3;BYMINUTE=0,20,40",
      "FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23;BYMINUTE=0,10,20,30,40,50",
      "FREQ=WEEKLY;BYDAY=MO,FR",
      "FREQ=WEEKLY;INTERVAL=3;COUNT=20",
      "FREQ=MONTHLY;BYDAY=-1SU",
      "FREQ=YEARLY",
      "FREQ=DAILY;UNTIL=20120301",
    ),
    frozen: fc.boolean(),
  })
  .map(({ timeZone, startMinute, length, repeat, frozen }) => {
    const text = (minute: number) => formatInstant(plus(FIRST, minute * MINUTE)).slice(0, "2011-12-01T00:00".length);
    return {
      start: { kind: "local", dateTime: text(startMinute) },
      end: length === undefined ? undefined : { kind: "local", dateTime: text(startMinute + length) },
      timeZone,
      repeat,
      except: ["2011-12-24", "2012-01-06"],
      freezes: frozen ? [{ from: plus(FIRST, 50 * DAY), to: plus(FIRST, 90 * DAY), since: FIRST }] : [],
    };
  });

describe("a timetable", () => {
  it("gives the answers that the rule gives when it is asked afresh, in whatever order it is asked", () => {
    fc.assert(
      fc.property(rules, fc.array(fc.integer({ min: -40 * 24, max: 500 * 24 }), { minLength: 1, maxLength: 6 }), (rule, hours) => {
        const timetable = timetableOf(rule);
        const asked = hours.map((hour) => plus(FIRST, hour * HOUR));
        const boundaries = asked.flatMap((at) => [nextChange(rule, at), lastEnd(rule, at)]).filter((at) => at !== undefined);

        for (const at of [...asked, ...boundaries, ...boundaries.map((boundary) => plus(boundary, -1))]) {
          expect(timetable.activeAt(at)).toEqual(activeWindow(rule, at));
          expect(timetable.changeAfter(at)).toBe(nextChange(rule, at));
          expect(timetable.endedBy(at)).toBe(lastEnd(rule, at));
        }
      }),
      { numRuns: 200 },
    );
  });
});
