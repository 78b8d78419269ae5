import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";

const keptResult = z.strictObject({
  measuredOn: z.iso.date(),
  machine: z.string(),
  command: z.string(),
  data: z.unknown(),
});

/** Figures as they were last measured. */
export type KeptResult = z.output<typeof keptResult>;

function fileOf(name: string): string {
  return join(import.meta.dirname, "results", `${name}.json`);
}

/** @returns what was last kept of a measure; undefined if nothing was. */
export function readKept(name: string): KeptResult | undefined {
  const file = fileOf(name);
  return existsSync(file) ? keptResult.parse(JSON.parse(readFileSync(file, "utf8"))) : undefined;
}

export function writeKept(name: string, result: KeptResult): void {
  writeFileSync(fileOf(name), `${JSON.stringify(result, rounded, 1)}\n`);
}

/** Six digits are more than is known. */
export function rounded(_name: string, value: unknown): unknown {
  return typeof value === "number" && Number.isFinite(value) ? Number(value.toPrecision(6)) : value;
}
