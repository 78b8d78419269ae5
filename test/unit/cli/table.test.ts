import CliTable from "cli-table3";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isPlainlyWide, plainTable } from "../../../lib/cli/text/plain-table.ts";
import { table } from "../../../lib/cli/text/table.ts";

const same = (text: string) => text;
const STYLE = { width: 40, head: same, good: same, bad: same, faint: same };

const NO_LINES = Object.fromEntries(
  ["top", "bottom", "left", "mid", "right"].flatMap((side) =>
    ["", "-mid", "-left", "-right"].map((end) => [side === "mid" && end === "" ? "mid" : `${side}${end}`, ""]),
  ),
);

/** What the library makes of the same cells, with the same gap between the columns. */
function drawnByTheLibrary(rows: readonly (readonly string[])[], widths: readonly number[]): readonly string[] {
  const drawing = new CliTable({
    chars: { ...NO_LINES, "left-mid": "", "mid-mid": "", "right-mid": "", middle: "  " },
    style: { "padding-left": 0, "padding-right": 0, head: [], border: [], compact: true },
    colWidths: [...widths],
    wordWrap: true,
  });
  drawing.push(...rows.map((row) => [...row]));
  return drawing.toString().split("\n");
}

const WIDTH = 9;
/** A cell does not begin with blanks: of such a one the library cuts off the end. */
const word = fc.string({ unit: fc.constantFrom(..."abzAZ09-:→…éßЖψ"), minLength: 1, maxLength: WIDTH });
const gap = fc.constantFrom(" ", "  ", "   ", "\n");
const cell = fc
  .array(fc.tuple(word, gap), { maxLength: 6 })
  .map((parts) => parts.map(([text, between], index) => (index === parts.length - 1 ? text : `${text}${between}`)).join(""));

describe("a table", () => {
  it("laid out by counting is the one that the library draws", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell, cell), { minLength: 1, maxLength: 5 }), (rows) => {
        const widths = [WIDTH, WIDTH + 5, 30];

        const lines = plainTable(rows, widths, "  ");

        expect(rows.flat().every(isPlainlyWide)).toBe(true);
        expect(lines.map((line) => line.trimEnd())).toEqual(drawnByTheLibrary(rows, widths).map((line) => line.trimEnd()));
      }),
      { numRuns: 300 },
    );
  });

  it.each(["日本語の割引", "👋 welcome", "e\u0301", "\u202e", "a\u200bb"])("with %j in it is not laid out by counting", (text) => {
    expect(isPlainlyWide(text)).toBe(false);
    expect(table(STYLE, ["name"], [[text]])).toMatch(/^NAME\n/);
  });

  it("wraps what is too wide and loses no character of it", () => {
    const long = "a-name-that-is-much-longer-than-any-column-may-be".repeat(3);

    const drawn = table(STYLE, ["name", "because"], [[long, "on"]]);

    for (const line of drawn.split("\n")) expect(line.length).toBeLessThanOrEqual(STYLE.width);
    const [, ...rows] = drawn.split("\n");
    expect(rows.map((line) => line.split(/ {2,}/)[0]).join("")).toBe(long);
  });
});
