import { expect, it } from "vitest";
import { createSelectDays } from "../../../lib/domain/windows/selected-days.ts";
import { formatWallDay, parseWallClock, parseWallDay } from "../../../lib/domain/windows/wall-clock.ts";

it.each([
  ["2026-12-31", -2, "2026-12-21"],
  ["2027-12-31", -2, "2027-12-20"],
  ["2026-12-31", 20, "2026-05-11"],
])("in the year up to %s the week %i begins on %s", (end, week, monday) => {
  const parts = { frequency: "YEARLY", interval: 1, lists: { BYWEEKNO: [week] }, byDay: ["MO"] } as const;
  const selectDays = createSelectDays(parts, parseWallClock("2026-01-01T12:00") ?? 0);

  const selected = selectDays(parseWallDay(`${end.slice(0, 4)}-01-01`) ?? 0, parseWallDay(end) ?? 0);

  expect(selected.map(formatWallDay)).toEqual([monday]);
});
