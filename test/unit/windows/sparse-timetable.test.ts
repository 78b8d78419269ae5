import { expect, it } from "vitest";
import { parseInstant } from "../../../lib/domain/instant.ts";
import { timetableOf } from "../../../lib/domain/windows/timetable.ts";

it("a rule with few windows names no change that is past, however often it is asked and however long its pages become", () => {
  const rule = {
    start: { kind: "local", dateTime: "2026-11-27T09:31" },
    end: { kind: "local", dateTime: "2026-11-27T09:32" },
    timeZone: "UTC",
    except: [],
  } as const;
  const timetable = timetableOf(rule);
  const after = parseInstant("2026-11-27T09:32:00Z");

  const answers = Array.from({ length: 30 }, () => timetable.changeAfter(after));

  expect(new Set(answers)).toEqual(new Set([undefined]));
});
