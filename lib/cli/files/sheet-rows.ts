import { CsvError, parse } from "csv-parse/sync";
import * as z from "zod";
import { Refusal } from "../frame/refusal.ts";

/** One row of a spreadsheet: its cells, trimmed, and the line of the file that it begins on. */
export interface SheetRow {
  readonly line: number;
  readonly cells: readonly string[];
}

const DELIMITERS = [",", ";", "\t"] as const;
const ROWS = z.array(z.object({ record: z.array(z.string()), info: z.object({ lines: z.number() }) }));

/**
 * Reads a spreadsheet saved as CSV: with commas, semicolons or tabs (as Excel writes it, by country), with or without a byte order mark.
 *
 * @returns the rows that are not empty, the heading first. @throws Refusal naming the line for what is not CSV.
 */
export function sheetRows(name: string, text: string): readonly SheetRow[] {
  try {
    const rows = ROWS.parse(parse(text, { bom: true, info: true, relax_column_count: true, delimiter: delimiterOf(text), trim: true }));
    return rows
      .map(({ record, info }) => ({ line: info.lines - lineBreaksIn(record), cells: record }))
      .filter(({ cells }) => cells.some((cell) => cell !== ""));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line: unknown = Object.entries(error).find(([key]) => key === "lines")?.[1];
    throw new Refusal(`${name} line ${String(line)}: it is not CSV: ${error.message.replaceAll(/\s+/g, " ")}`, { cause: error });
  }
}

/** The one that the heading holds most of. */
function delimiterOf(text: string): string {
  const heading = text.split("\n", 1)[0] ?? "";
  const count = (delimiter: string) => heading.split(delimiter).length;
  return DELIMITERS.reduce<string>((best, each) => (count(each) > count(best) ? each : best), ",");
}

/** The library tells the line on which a row ends; a cell may hold several. */
function lineBreaksIn(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => sum + cell.split("\n").length - 1, 0);
}
