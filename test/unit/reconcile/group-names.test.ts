import { describe, expect, it } from "vitest";
import { createMemoryStateTable } from "../../../lib/adapters/memory/state-table.ts";
import { groupNamesAfter, keepGroupNames } from "../../../lib/application/reconcile/group-names.ts";
import { storeId } from "../../../lib/domain/identifiers.ts";
import { groupsAsk, layer } from "../../support/layers.ts";

const STORE = storeId("1003");
const GROUPS = [
  { id: 0, name: "General" },
  { id: 2, name: "VIP" },
  { id: 3, name: "Staff" },
];

describe("the names of customer groups", () => {
  it("are kept of those that campaigns let in or take out, and of no others", () => {
    const layers = [layer({ ask: groupsAsk([2]) }), layer({ ask: { kind: "promotion", form: "set", groups: [0] } })];

    expect(groupNamesAfter({}, GROUPS, layers)).toEqual({ "0": "General", "2": "VIP" });
    expect(groupNamesAfter({}, GROUPS, [layer({ ask: { kind: "promotion", form: "change", add: [], remove: [3] } })])).toEqual({
      "3": "Staff",
    });
    expect(groupNamesAfter({}, GROUPS, [layer({})])).toEqual({});
  });

  it("follow a group that is renamed, and outlast one that is deleted", () => {
    const before = { "2": "Very important", "9": "Gone since" };

    expect(groupNamesAfter(before, GROUPS, [])).toEqual({ "2": "VIP", "9": "Gone since" });
  });

  it("leave out a group that has none, and cut a long one", () => {
    const groups = [{ id: 2 }, { id: 3, name: "" }, { id: 4, name: "x".repeat(300) }];

    expect(groupNamesAfter({}, groups, [layer({ ask: groupsAsk([2, 3, 4]) })])).toEqual({ "4": "x".repeat(60) });
  });

  it("are fifty at most, those that the campaigns at hand name before those known from others", () => {
    const many = Array.from({ length: 200 }, (_each, index) => ({ id: index + 100, name: `Group ${index}` }));
    const before = Object.fromEntries(many.slice(0, 50).map(({ id, name }) => [String(id), name]));

    const names = groupNamesAfter(before, many, [layer({ ask: groupsAsk([290, 291]) })]);

    expect(Object.keys(names)).toHaveLength(50);
    expect(names).toMatchObject({ "290": "Group 190", "291": "Group 191" });
  });

  it("are written once, beside whatever else is known of the store", async () => {
    const state = createMemoryStateTable();
    await state.writeStore(STORE, { pausedKinds: {}, timeZone: "Europe/Berlin" }, 0);
    const layers = [layer({ ask: groupsAsk([2]) })];

    await keepGroupNames({ state }, STORE, GROUPS, layers);
    await keepGroupNames({ state }, STORE, GROUPS, layers);
    await keepGroupNames({ state }, STORE, [], layers);

    expect(await state.readStore(STORE)).toEqual({ pausedKinds: {}, timeZone: "Europe/Berlin", groupNames: { "2": "VIP" }, version: 2 });
  });

  it("are left to the next look where somebody else writes to the store at that moment", async () => {
    const state = createMemoryStateTable();
    await state.writeStore(STORE, { pausedKinds: {} }, 0);
    const late = { readStore: async () => ({ pausedKinds: {}, version: 0 }), writeStore: state.writeStore };

    await keepGroupNames({ state: late }, STORE, GROUPS, [layer({ ask: groupsAsk([2]) })]);

    expect(await state.readStore(STORE)).toEqual({ pausedKinds: {}, version: 1 });
  });
});
