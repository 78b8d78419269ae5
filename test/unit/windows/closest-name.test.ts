import { expect, it } from "vitest";
import { closestName } from "../../../lib/domain/windows/closest-name.ts";

it.each([
  ["start", "start"],
  ["START", "start"],
  ["strt", "start"],
  ["startt", "start"],
  ["stort", "start"],
  ["satrt", "start"],
  ["xtart", "start"],
  ["tart", "start"],
  ["staart", "start"],
  ["sart", "start"],
  ["satrx", undefined],
  ["saxrt", undefined],
  ["sxtrt", undefined],
  ["sxyrt", undefined],
  ["sttart", "start"],
  ["stttart", undefined],
  ["sttrat", undefined],
  ["", undefined],
  ["of", undefined],
  ["offf", "off"],
])("%j most likely means %j", (typed, meant) => {
  expect(closestName(typed, ["start", "on", "off"])).toBe(meant);
});

it("the very name is meant, though others are one slip away", () => {
  expect([closestName("on", ["of", "on", "an"]), closestName("ON", ["of", "on", "an"])]).toEqual(["on", "on"]);
});
