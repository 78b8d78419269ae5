import pico from "picocolors";
import type { Terminal, Variables } from "../frame/surroundings.ts";

/** How text is laid out for the person who reads it. */
export interface Style {
  readonly width: number;
  readonly head: (text: string) => string;
  readonly good: (text: string) => string;
  readonly bad: (text: string) => string;
  readonly faint: (text: string) => string;
}

const NARROWEST = 40;

/** @returns colours only where standard output is a terminal and `NO_COLOR` (no-color.org) is not set. */
export function styleFor(terminal: Pick<Terminal, "isTerminal" | "columns">, variables: Variables): Style {
  const hasColour = terminal.isTerminal && (variables["NO_COLOR"] ?? "") === "" && variables["TERM"] !== "dumb";
  const colours = pico.createColors(hasColour);
  const width = Math.max(NARROWEST, terminal.columns);
  return { width, head: colours.bold, good: colours.green, bad: colours.red, faint: colours.dim };
}
