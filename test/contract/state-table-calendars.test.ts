import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { CalendarCopy, CampaignCopy, StateTable } from "../../lib/application/ports/state-table.ts";
import { calendarName, campaignId, storeId } from "../../lib/domain/identifiers.ts";
import { parseInstant } from "../../lib/domain/instant.ts";
import { layer } from "../support/layers.ts";
import { type StateTableSubject, stateTableSubjects } from "./state-table-subjects.ts";

const holidays = calendarName("holidays-de");
const noon = parseInstant("2026-11-27T12:00:00Z");
const freeze = { from: parseInstant("2026-12-24T00:00:00Z"), to: parseInstant("2026-12-27T00:00:00Z"), since: noon };

function copyIn(store: string): CalendarCopy {
  const days = [{ from: "2026-12-24", to: "2026-12-26" }];
  return {
    calendar: { storeId: storeId(store), name: holidays, days, freeze: true, timeZone: "Europe/Berlin", note: "agreed" },
    freezes: [freeze],
    fingerprint: "abc",
    problems: [{ path: "dates", message: "is odd" }],
    compiledAt: noon,
  };
}

describe.each(stateTableSubjects)("calendars in the state table $name", ({ open }) => {
  let subject: StateTableSubject;
  let table: StateTable;

  beforeAll(async () => {
    subject = await open();
    table = subject.table;
  });
  afterAll(() => subject.close());

  it("are kept whole, by store and name, with a version", async () => {
    const store = storeId("1");

    expect(await table.readCalendar(store, holidays)).toBeUndefined();
    expect(await table.writeCalendar(store, holidays, copyIn("1"), 0)).toBe(true);

    expect(await table.readCalendar(store, holidays)).toEqual({ ...copyIn("1"), version: 1 });
    expect(await table.calendarsOf(store)).toEqual([{ name: holidays, ...copyIn("1"), version: 1 }]);
    expect(await table.calendarsOf(storeId("11"))).toEqual([]);
  });

  it("are written and removed only at the version that was read", async () => {
    const store = storeId("2");
    await table.writeCalendar(store, holidays, copyIn("2"), 0);

    expect(await table.writeCalendar(store, holidays, copyIn("2"), 0)).toBe(false);
    expect(await table.removeCalendar(store, holidays, 2)).toBe(false);
    expect(await table.removeCalendar(store, holidays, 1)).toBe(true);

    expect(await table.readCalendar(store, holidays)).toBeUndefined();
  });

  it("leave their mark on copies and layers of campaigns", async () => {
    const store = storeId("3");
    const sale = campaignId("sale");
    const calendars = { except: ["2026-12-24"], freezes: [freeze] };
    const copy: CampaignCopy = {
      calendars,
      targets: [],
      fingerprint: "",
      problems: [],
      warnings: [],
      compiledAt: noon,
      waitsForZone: false,
    };
    const target = "coupon#7";

    await table.writeCampaign(store, sale, copy, 0);
    const laid = layer({ id: "sale" });
    const frozen = { ...laid, windows: { ...laid.windows, freezes: [freeze] } };
    await table.putLayer(store, target as Parameters<StateTable["putLayer"]>[1], frozen);

    expect((await table.readCampaign(store, sale))?.calendars).toEqual(calendars);
    expect(await table.layersOf(store, target as Parameters<StateTable["layersOf"]>[1])).toMatchObject([
      { windows: { freezes: [freeze] } },
    ]);
  });
});
