import { expect, it } from "vitest";
import { compareTriggers } from "../../../lib/domain/ledger/compare-triggers.ts";
import { readUntil } from "../../../lib/domain/windows/repeat-values.ts";
import { isTimeZone } from "../../../lib/domain/windows/time-zone.ts";

it.each(["20261231x", "x20261231", "120261231", "20261231T180000Z0"])("%j is no UNTIL, though a part of it is", (value) => {
  expect(readUntil(value).ok).toBe(false);
});

it.each(["2026-11-27T10Z", "2026-11-27T10-02"])("%j is no time zone, though Temporal would take its offset for one", (text) => {
  expect(isTimeZone(text)).toBe(false);
});

it.each(["from 2026-11-01 00:00:00 +0000", "2026-11-01 00:00:00 +0000 on"])(
  "%j is compared as the text it is, though there is a date in it",
  (text) => {
    const later = text.replace("00:00:00 +0000", "02:00:00 +0200");

    expect(compareTriggers({ note: text }, { note: later })).toEqual({ vanished: [], changed: ["note"] });
  },
);
