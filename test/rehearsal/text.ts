import CliTable from "cli-table3";

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
  middle: "  ",
} as const;

/** @returns rows under each other, without lines. */
export function table(rows: readonly (readonly string[])[]): string {
  const drawing = new CliTable({ chars: NO_LINES, style: { "padding-left": 0, "padding-right": 0, border: [] } });
  drawing.push(...rows.map((row) => [...row]));
  return drawing.toString();
}

/** @returns `12,345`. */
export function formatNumber(count: number): string {
  return count.toLocaleString("en-US");
}
