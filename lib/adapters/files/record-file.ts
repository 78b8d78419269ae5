import { type Document, isMap, isSeq, LineCounter, parseAllDocuments, type YAMLError } from "yaml";
import type { Json } from "../../domain/live.ts";
import { failure, type Result, success } from "../../domain/result.ts";
import { quoted } from "../../domain/windows/quoted.ts";
import { parseJsonText, shown } from "./json-text.ts";

/** One record as it stands in a file: which document of it, and which entry where the document is a list. */
export interface FoundRecord {
  readonly value: Json;
  readonly document: number;
  readonly entry?: number | undefined;
  /** For people: `campaigns.yaml`, or `campaigns.yaml, record 2`. */
  readonly where: string;
}

export type FileFormat = "json" | "yaml";

/** @returns the format that a file's name says it has, or undefined for one that holds no records. */
export function formatOf(name: string): FileFormat | undefined {
  const ending = /\.([a-z]+)$/i.exec(name)?.[1]?.toLowerCase();
  if (ending === "json") return "json";
  return ending === "yaml" || ending === "yml" ? "yaml" : undefined;
}

/**
 * @param name of the file, for messages. @param text holds one record, a list of them or, in YAML, several documents of either kind.
 * @returns the records in the file's order, or one sentence saying why it is not JSON or YAML.
 */
export function recordsIn(name: string, text: string, format: FileFormat): Result<readonly FoundRecord[], string> {
  const documents = format === "json" ? parsedJson(name, text) : parsedYaml(name, text);
  if (!documents.ok) return documents;
  const found = documents.value.flatMap((value, document): readonly Omit<FoundRecord, "where">[] =>
    Array.isArray(value) ? value.map((each: Json, entry) => ({ value: each, document, entry })) : [{ value, document }],
  );
  const isAlone = found.length === 1 && found[0]?.entry === undefined;
  return success(found.map((each, index) => ({ ...each, where: isAlone ? name : `${name}, record ${index + 1}` })));
}

/** @returns the YAML documents of a text with comments and order kept, so that one can be edited; or what is wrong, with its line. */
export function yamlDocuments(name: string, text: string): Result<readonly Document[], string> {
  const lines = new LineCounter();
  const parsed = parsedDocuments(text, lines);
  if (parsed === undefined) return failure(`${name}: ${TOO_DEEP}`);
  const documents = parsed.filter((document) => document.contents !== null);
  for (const { errors } of documents) {
    const [error, next] = errors;
    if (error !== undefined) return failure(`${name} line ${lines.linePos(error.pos[0]).line}: ${yamlMessage(error, next?.code, text)}`);
  }
  const bare = documents.find(({ contents }) => !isMap(contents) && !isSeq(contents));
  if (bare !== undefined) {
    const found = quoted(text.trim().split("\n", 1)[0]?.trim() ?? "");
    return failure(`${name}: it holds no record, but ${found}: write a campaign's fields, such as "storeId: 1003"`);
  }
  return success(documents);
}

/** Undefined if the reader ran out of stack. */
function parsedDocuments(text: string, lineCounter: LineCounter): readonly Document[] | undefined {
  try {
    return [...parseAllDocuments(text, { lineCounter, prettyErrors: false, logLevel: "error" })];
  } catch (error) {
    if (error instanceof RangeError) return undefined;
    throw error;
  }
}

const TOO_DEEP = "it is nested too deeply: write lists of objects, such as coupons, and nothing deeper";
const TABS = "indent with blanks: YAML takes no tabs there";
const COLUMN = "let fields that belong together begin in the same column";
const CLOSE = "close what is open there, a quotation mark or a bracket";
const YAML_ADVICE: Readonly<Partial<Record<YAMLError["code"], string>>> = {
  DUPLICATE_KEY: "the field is there twice: keep one of them",
  TAB_AS_INDENT: TABS,
  BAD_INDENT: COLUMN,
  BLOCK_AS_IMPLICIT_KEY: "write quotation marks around a text with a colon in it",
  MISSING_CHAR: CLOSE,
  RESOURCE_EXHAUSTION: TOO_DEEP,
};
const OTHER_YAML = "check the indentation; a text with : or # or quotation marks in it needs quotation marks around it";
const SHOWN = 40;
const MEGABYTE = 1_024 * 1_024;
/** Reading YAML takes a hundred times as long as JSON. */
const MOST_YAML = 4 * MEGABYTE;

/** @param next the code of the error behind it: a value that goes on below is one whose next field stands too far to the right. */
function adviceOn({ code, message }: YAMLError, next: YAMLError["code"] | undefined): string {
  if (next === "MULTILINE_IMPLICIT_KEY" || message.includes("without - indicator")) return COLUMN;
  if (message.startsWith("Flow ")) return CLOSE;
  return YAML_ADVICE[code] ?? `${OTHER_YAML} (${oneLine(message)})`;
}

function yamlMessage(error: YAMLError, next: YAMLError["code"] | undefined, text: string): string {
  const { pos } = error;
  const line = text.slice(text.lastIndexOf("\n", pos[0] - 1) + 1).split("\n", 1)[0] ?? "";
  const advice = /^ *\t/.test(line) ? TABS : adviceOn(error, next);
  return `it is not YAML from ${shown(line.trim().slice(0, SHOWN))} on: ${advice}`;
}

function parsedYaml(name: string, text: string): Result<readonly Json[], string> {
  if (text.trim() === "") return failure(`${name}: it is empty: write a campaign's fields in it`);
  if (text.length > MOST_YAML) {
    const [found, most] = [text.length, MOST_YAML].map((length) => Math.ceil(length / MEGABYTE));
    const remedy = "make several files of it, or write it as JSON";
    return failure(`${name}: it has ${found} MB, and at most ${most} MB of YAML are read: ${remedy}`);
  }
  const documents = yamlDocuments(name, text);
  if (!documents.ok) return documents;
  try {
    // Through text, so that nothing is left that JSON does not have.
    return success(documents.value.map((document): Json => JSON.parse(JSON.stringify(document.toJS(), withoutOddNumbers))));
  } catch (error) {
    if (error instanceof RangeError) return failure(`${name}: ${TOO_DEEP}`);
    return failure(`${name}: what it repeats with & and * cannot be read: write it out (${messageOf(error)})`);
  }
}

/** Of `.nan` and `.inf` JSON would make null, and nobody wrote that. */
function withoutOddNumbers(_key: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : value;
}

function parsedJson(name: string, text: string): Result<readonly Json[], string> {
  const parsed = parseJsonText(text.replace(/^\uFEFF/, ""));
  return parsed.ok ? success([parsed.value]) : failure(`${name} line ${parsed.failure.line}: ${parsed.failure.message}`);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? oneLine(error.message) : "unknown error";
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}
