import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Incident } from "../../lib/application/ports/incident.ts";
import type { StateTable } from "../../lib/application/ports/state-table.ts";
import { at, collect, type StateTableSubject, stateTableSubjects } from "./state-table-subjects.ts";

const opened: Incident = {
  alarm: "on",
  changedAt: at("2026-11-27T10:01:00.123Z"),
  openedAt: at("2026-11-27T09:58:00Z"),
  times: 2,
  told: "opened",
  headline: "Store 1003: Ecwid refuses its token",
  known: ["1003 TOKEN_REJECTED"],
  surveyedAt: at("2026-11-27T10:00:00Z"),
  tellingSince: at("2026-11-27T10:01:02Z"),
};

describe.each(stateTableSubjects)("incidents in the state table $name", ({ open }) => {
  let subject: StateTableSubject;
  let table: StateTable;

  beforeAll(async () => {
    subject = await open();
    table = subject.table;
  });
  afterAll(() => subject.close());

  it("are kept whole, one for each kind of alarm, with a version", async () => {
    const least: Incident = { alarm: "off", changedAt: opened.changedAt, times: 0, told: "nothing" };

    expect(await table.readIncident("token-dead")).toBeUndefined();
    expect(await table.incidents()).toEqual([]);
    expect(await table.writeIncident("token-dead", opened, 0)).toBe(true);
    expect(await table.writeIncident("dead-letters", least, 0)).toBe(true);

    expect(await table.readIncident("token-dead")).toEqual({ ...opened, version: 1 });
    expect(await table.incidents()).toEqual([
      { kind: "dead-letters", ...least, version: 1 },
      { kind: "token-dead", ...opened, version: 1 },
    ]);
  });

  it("are written only at the version that was read: of two who open one, one wins", async () => {
    const results = await Promise.all([table.writeIncident("switch-late", opened, 0), table.writeIncident("switch-late", opened, 0)]);

    expect(results.toSorted()).toEqual([false, true]);
    expect(await table.writeIncident("switch-late", opened, 2)).toBe(false);
    expect(await table.writeIncident("switch-late", { ...opened, told: "closed" }, 1)).toBe(true);
    expect(await table.readIncident("switch-late")).toMatchObject({ told: "closed", version: 2 });
  });

  it("are no store, and are never due", async () => {
    await table.writeIncident("tick-silent", opened, 0);

    expect(await collect(table.stores())).toEqual([]);
    expect(await collect(table.due(at("2030-01-01T00:00:00Z")))).toEqual([]);
  });
});
