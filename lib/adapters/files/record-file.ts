import { type Document, isMap, isSeq, LineCounter, parseAllDocuments } from "yaml";
import type { Json } from "../../domain/live.ts";
import { failure, type Result, success } from "../../domain/result.ts";

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
  const parsed = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false });
  const documents: Document[] = [...parsed].filter((document) => document.contents !== null);
  for (const { errors } of documents) {
    const [error] = errors;
    if (error !== undefined) return failure(`${name} line ${lines.linePos(error.pos[0]).line}: it is not YAML: ${oneLine(error.message)}`);
  }
  const bare = documents.find(({ contents }) => !isMap(contents) && !isSeq(contents));
  if (bare !== undefined) return failure(`${name}: it holds no record: write a campaign's fields, such as "storeId: 1003"`);
  return success(documents);
}

function parsedYaml(name: string, text: string): Result<readonly Json[], string> {
  const documents = yamlDocuments(name, text);
  if (!documents.ok) return documents;
  try {
    // Through text, so that nothing is left that JSON does not have.
    return success(documents.value.map((document): Json => JSON.parse(JSON.stringify(document.toJS()))));
  } catch (error) {
    return failure(`${name}: it cannot be read: ${messageOf(error)}`);
  }
}

function parsedJson(name: string, text: string): Result<readonly Json[], string> {
  try {
    return success([JSON.parse(text.replace(/^\uFEFF/, ""))]);
  } catch (error) {
    return failure(`${name}: it is not JSON: ${messageOf(error)}`);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? oneLine(error.message) : "unknown error";
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}
