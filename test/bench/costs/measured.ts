import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { EVENTS } from "./events.ts";
import { UNITS } from "./units.ts";

const units = z.record(z.enum(UNITS), z.number());

const measuredUnits = z.strictObject({
  /** When, and on what: only `computing` depends on the machine. */
  measuredOn: z.iso.date(),
  machine: z.string(),
  /** How many campaigns the measured store has; what is read of a store grows with them. */
  campaignsAStore: z.number(),
  events: z.record(z.enum(EVENTS), units),
  /** Read request units of a switch, an edit, a look and a sweep where a store has other numbers of campaigns. */
  readsByCampaigns: z.array(
    z.strictObject({
      campaigns: z.number(),
      idleMinute: z.number(),
      couponOpens: z.number(),
      edit: z.number(),
      look: z.number(),
      sweep: z.number(),
    }),
  ),
  /** Bytes in the tables for each campaign of the store, and for each switch in the history. */
  stored: z.strictObject({ aCampaign: z.number(), aHistoryEntry: z.number() }),
  /** Processor time of an invocation, in milliseconds, by function and event. */
  processorMs: z.record(z.string(), z.number()),
  /** The custom metrics that the functions gave out meanwhile. */
  metrics: z.array(z.strictObject({ service: z.string(), name: z.string() })),
});

export type MeasuredUnits = z.output<typeof measuredUnits>;

const FILE = join(import.meta.dirname, "measured-units.json");

/** @returns the units as they were last measured. */
export function readMeasuredUnits(): MeasuredUnits {
  return measuredUnits.parse(JSON.parse(readFileSync(FILE, "utf8")));
}

export function writeMeasuredUnits(measured: MeasuredUnits): void {
  writeFileSync(FILE, `${JSON.stringify(measuredUnits.parse(measured), rounded, 2)}\n`);
}

/** Six digits are more than is known. */
function rounded(_name: string, value: unknown): unknown {
  return typeof value === "number" ? Number(value.toPrecision(6)) : value;
}

/** @returns in what the counted units of two measurements differ; work is left out, for it depends on the machine. */
export function differencesOf(measured: MeasuredUnits, kept: MeasuredUnits): readonly string[] {
  return EVENTS.flatMap((event) =>
    UNITS.filter((unit) => unit !== "computing").flatMap((unit) => {
      const [now, before] = [measured.events[event][unit], kept.events[event][unit]];
      return Math.abs(now - before) <= TOLERANCE * Math.abs(before) ? [] : [`${event}: ${unit} ${before} before, ${now} now`];
    }),
  );
}

/** Of rounding when the units were kept. */
const TOLERANCE = 1e-5;
