import { describe, expect, it } from "vitest";
import { createRounds } from "../../../lib/domain/windows/repeat-rounds.ts";

describe("a search gives up once the calendar has come round", () => {
  it.each([
    ["DAILY", 1, 4_800],
    ["DAILY", 79, 4_800 * 79],
    ["DAILY", 21, 4_800],
    ["WEEKLY", 1, 20_871],
    ["WEEKLY", 2, 20_871],
    ["WEEKLY", 3, 6_957],
    ["MONTHLY", 5, 960],
    ["MONTHLY", 7, 4_800],
    ["YEARLY", 3, 400],
    ["YEARLY", 4, 100],
  ] as const)("%s every %d: after %d rounds", (frequency, interval, cycle) => {
    expect(createRounds({ frequency, interval, lists: {} }, 0).cycle).toBe(cycle);
  });
});
