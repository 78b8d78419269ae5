import CliTable from "cli-table3";
import { plain } from "./plain.ts";
import { isPlainlyWide, plainTable } from "./plain-table.ts";
import type { Style } from "./style.ts";

const GAP = "  ";
const NARROWEST_COLUMN = 8;
const NO_LINES = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: "",
  "left-mid": "",
  mid: "",
  "mid-mid": "",
  right: "",
  "right-mid": "",
  middle: GAP,
} as const;

/** @returns a table without lines, within the width: the widest columns are wrapped until all fits. Cells are taken as plain text. */
export function table(style: Style, head: readonly string[], rows: readonly (readonly string[])[]): string {
  // One question for all of them: a year of a thousand campaigns has two hundred thousand cells.
  const isSimple = ONLY_ASCII.test(rows.map((row) => row.join("")).join(""));
  const cells = isSimple ? rows : rows.map((row) => row.map(plain));
  const natural = naturalWidths(head, cells);
  const widths = fitted(natural, style.width - GAP.length * (head.length - 1));
  const isWhole = widths.every((width, column) => width === natural[column]);
  const titles = head.map((title) => title.toUpperCase());
  const all = [titles, ...(isWhole ? cells : cells.map((row) => row.map((cell, column) => broken(cell, widths[column]))))];
  const isPlain = isSimple || all.every((row) => row.every(isPlainlyWide));
  const [first = "", ...rest] = (isPlain ? plainTable(all, widths, GAP) : drawn(all, widths)).map((line) => line.trimEnd());
  return [style.head(first), ...rest].join("\n");
}

/** By a library that knows how wide the characters of every script are. */
function drawn(rows: readonly (readonly string[])[], widths: readonly number[]): readonly string[] {
  const drawing = new CliTable({
    chars: NO_LINES,
    style: { "padding-left": 0, "padding-right": 0, head: [], border: [], compact: true },
    colWidths: [...widths],
    wordWrap: true,
  });
  drawing.push(...rows.map((row) => [...row]));
  return drawing.toString().split("\n");
}

/** What most texts are made of: nothing in it garbles, wraps or joins. */
const ONLY_ASCII = /^[ -~]*$/;

function naturalWidths(head: readonly string[], rows: readonly (readonly string[])[]): readonly number[] {
  const widths = head.map(({ length }) => length);
  for (const row of rows) {
    for (const [column, { length }] of row.entries()) if (length > (widths[column] ?? 0)) widths[column] = length;
  }
  return widths;
}

function fitted(natural: readonly number[], room: number): number[] {
  const widths = [...natural];
  const total = () => widths.reduce((sum, width) => sum + width, 0);
  while (total() > room) {
    const widest = Math.max(...widths);
    if (widest <= NARROWEST_COLUMN) break;
    widths[widths.lastIndexOf(widest)] = widest - 1;
  }
  return widths;
}

/** A word longer than its column would be cut off: nothing of a name may be lost. */
function broken(cell: string, width = Number.POSITIVE_INFINITY): string {
  return cell.length <= width ? cell : cell.replaceAll(new RegExp(`(\\S{${Math.max(1, width)}})(?=\\S)`, "g"), "$1\n");
}
