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
  ["sttrat", undefined],
  ["", undefined],
  ["of", undefined],
  ["offf", "off"],
])("%j most likely means %j", (typed, meant) => {
  expect(closestName(typed, ["start", "on", "off"])).toBe(meant);
});
