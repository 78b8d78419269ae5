import type { Json } from "../../domain/live.ts";
import { failure, type Result, success } from "../../domain/result.ts";
import { quoted } from "../../domain/windows/quoted.ts";
import { structureProblem } from "./structure-problem.ts";
import { lineAt } from "./utf8-text.ts";

/** What is wrong with a text, and on which line of it. */
export interface TextProblem {
  readonly line: number;
  readonly message: string;
}

const SHOWN = 40;

/** What is likely meant, by what stands where the text stops being JSON. */
const ADVICE: readonly (readonly [found: RegExp, advice: string])[] = [
  [/^$/, "a text has to end on the line it begins on: write \\n for a line break in it"],
  [/^['\u2018-\u201f]/, 'put texts and names of fields in straight double quotation marks (")'],
  [/^(?:\/|#)/, "JSON knows no comments: take it out, or write the file as YAML"],
  [/^[\]}]/, "take out the comma in front of it, or add what is missing there"],
  [/^"/, "add the comma or the colon that is missing in front of it"],
  [/^[A-Za-z+.]/, "write a number, a text in quotation marks, true or false"],
];

/** @returns what a text in JSON says; or the first thing that is wrong with it. A field that is there twice is wrong: one would be lost. */
export function parseJsonText(text: string): Result<Json, TextProblem> {
  if (text.trim() === "") return failure({ line: 1, message: "it is empty: write a campaign's fields in it" });
  let value: Json;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return failure(syntaxProblem(text, error instanceof Error ? error.message : ""));
  }
  const problem = structureProblem(text);
  return problem === undefined ? success(value) : failure({ line: lineAt(text, problem.index), message: problem.message });
}

function syntaxProblem(text: string, said: string): TextProblem {
  const position = positionIn(text, said);
  const [found = ""] = text.slice(position, position + SHOWN).split("\n", 1);
  const line = lineAt(text, position);
  if (position >= text.trimEnd().length || /^Unterminated|end of JSON/.test(said)) {
    const last = text.trimEnd().split("\n").at(-1)?.trim().slice(-SHOWN) ?? "";
    const message = `it is not JSON: it ends too early, behind ${shown(last)}: close what is open there, a quotation mark or a bracket`;
    return { line: lineAt(text, text.trimEnd().length), message };
  }
  if (text.slice(0, position).trim() === "") {
    const message = `it is not JSON, which begins with { or [, but begins with ${shown(found)}: write JSON, or name the file .yaml if it is YAML`;
    return { line, message };
  }
  const advice = said.includes("after JSON") ? "put several campaigns into a list: [{…}, {…}]" : adviceOn(found.trim());
  return { line, message: `it is not JSON from ${shown(found)} on: ${advice}` };
}

function adviceOn(found: string): string {
  return ADVICE.find(([pattern]) => pattern.test(found))?.[1] ?? "check for a comma or a quotation mark that is missing or too many";
}

/** Within backticks: among quotation marks of its own, what was found would be hard to read. */
export function shown(found: string): string {
  return `\`${quoted(found.trim()).slice(1, -1).replaceAll('\\"', '"')}\``;
}

/** The engine says where, but for a character that begins nothing: then the shortest beginning of the text that has it is looked for. */
function positionIn(text: string, said: string): number {
  const named = /at position (\d+)/.exec(said)?.[1];
  if (named !== undefined) return Number(named);
  if (!said.startsWith("Unexpected token")) return text.length;
  let [good, bad] = [0, text.length];
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (hasStrayCharacter(text.slice(0, middle))) bad = middle;
    else good = middle;
  }
  return bad - 1;
}

function hasStrayCharacter(text: string): boolean {
  try {
    JSON.parse(text);
    return false;
  } catch (error) {
    return error instanceof Error && error.message.startsWith("Unexpected token");
  }
}
