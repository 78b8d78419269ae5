import { groupOfCell } from "../../domain/layers/claims.ts";
import type { Ask } from "../../domain/layers/layer.ts";
import type { CellValue } from "../../domain/ledger/ledger.ts";
import { assertNever } from "../../domain/result.ts";
import { AS_FOUND, type CellOutlook } from "../../domain/timeline/forecast.ts";

/** What a bar stands for; its colour, and how much of the height it fills, follow from it. */
export type Tone = "everyone" | "newcomers" | "returning" | "groups" | "found";

const TONES: Readonly<Record<string, Tone>> = { UNLIMITED: "everyone", NEW_CUSTOMER_ONLY: "newcomers", REPEAT_CUSTOMER_ONLY: "returning" };

/** The tones of a coupon's values in a marketer's words. */
export const TONE_NAMES: Readonly<Record<Tone, string>> = {
  everyone: "everyone",
  newcomers: "new customers",
  returning: "returning customers",
  groups: "groups changed",
  found: "as found",
};

/** @returns the tone of a coupon's value. */
function toneOf(value: CellValue): Tone {
  return TONES[value] ?? "found";
}

/** @returns what a campaign asks for, in words: `UNLIMITED (everyone)`, `adds groups 1, 2; removes group 5`. */
export function askText(ask: Ask): string {
  if (ask.kind === "coupon") return valueText(ask.applicationLimit);
  switch (ask.form) {
    case "set":
      return `sets ${groupsText(ask.groups)} and no other`;
    case "change": {
      const added = ask.add.length === 0 ? [] : [`adds ${groupsText(ask.add)}`];
      const removed = ask.remove.length === 0 ? [] : [`removes ${groupsText(ask.remove)}`];
      return [...added, ...removed].join("; ");
    }
    default:
      return assertNever(ask);
  }
}

/** @returns the tone of what a campaign asks for. */
export function toneOfAsk(ask: Ask): Tone {
  return ask.kind === "coupon" ? toneOf(ask.applicationLimit) : "groups";
}

/** @returns a coupon's value with what it means: `UNLIMITED (everyone)`. */
export function valueText(value: CellValue): string {
  const tone = toneOf(value);
  return tone === "found" ? value : `${value} (${TONE_NAMES[tone]})`;
}

/** @returns the tone of all that a target holds: of a promotion only whether anything differs from what was found. */
export function toneOfCells(cells: readonly CellOutlook[]): Tone {
  const [only] = cells;
  if (only?.cell === "applicationLimit") return toneOf(only.value);
  return cells.some(({ value, base, winner }) => winner !== undefined || value !== base) ? "groups" : "found";
}

/** @returns what a target holds, in words; of a promotion the groups by whether they are in. */
export function cellsText(cells: readonly CellOutlook[]): string {
  const [only] = cells;
  if (only === undefined || cells.every(({ value }) => value === AS_FOUND)) return AS_FOUND;
  if (only.cell === "applicationLimit") return valueText(only.value);
  const values = [...new Set(cells.map(({ value }) => value))];
  return values.map((value) => `${groupsText(groupsWith(cells, value))} ${value}`).join(", ");
}

/** @returns what a target holds without any campaign. */
export function baseText(cells: readonly CellOutlook[]): string {
  return cellsText(cells.map((cell) => ({ ...cell, value: cell.base })));
}

/** @returns customer groups by their numbers: `group 5`, `groups 1, 2`. */
function groupsText(groups: readonly (string | number)[]): string {
  return `${groups.length === 1 ? "group" : "groups"} ${groups.join(", ")}`;
}

function groupsWith(cells: readonly CellOutlook[], value: CellValue): readonly string[] {
  return cells.filter((each) => each.value === value).map(({ cell }) => String(groupOfCell(cell)));
}
