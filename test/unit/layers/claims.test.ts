import { describe, expect, it } from "vitest";
import { groupsNamed, valueAsked } from "../../../lib/domain/layers/claims.ts";
import type { Ask } from "../../../lib/domain/layers/layer.ts";
import type { CellKey } from "../../../lib/domain/ledger/ledger.ts";
import { groupsAsk } from "../../support/layers.ts";

const COUPON: Ask = { kind: "coupon", applicationLimit: "UNLIMITED" };
const CHANGE = groupsAsk([1], [2]);
const SET: Ask = { kind: "promotion", form: "set", groups: [1] };

describe("what an ask names", () => {
  it.each<[string, Ask, CellKey, string | undefined]>([
    ["a coupon's limit", COUPON, "applicationLimit", "UNLIMITED"],
    ["no group of a coupon", COUPON, "group:1", undefined],
    ["a group to put in", CHANGE, "group:1", "in"],
    ["a group to take out", CHANGE, "group:2", "out"],
    ["no other group", CHANGE, "group:3", undefined],
    ["no limit of a promotion", CHANGE, "applicationLimit", undefined],
    ["each group of a whole list", SET, "group:1", "in"],
    ["and every other group there is", SET, "group:2", "out"],
    ["but no limit", SET, "applicationLimit", undefined],
  ])("is %s", (_what, ask, cell, value) => {
    expect(valueAsked(ask, cell)).toBe(value);
  });

  it.each<[string, Ask, readonly number[]]>([
    ["a coupon none", COUPON, []],
    ["a change those to put in and those to take out", CHANGE, [1, 2]],
    ["a whole list those in it", SET, [1]],
  ])("writes out by id: %s", (_what, ask, groups) => {
    expect(groupsNamed(ask)).toEqual(groups);
  });
});
