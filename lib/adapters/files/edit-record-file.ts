import { isMap, parse, stringify } from "yaml";
import { canonicalJson } from "../../domain/canonical-json.ts";
import type { Json, JsonObject } from "../../domain/live.ts";
import { type FileFormat, type FoundRecord, yamlDocuments } from "./record-file.ts";

type Place = Pick<FoundRecord, "document" | "entry">;

/** @returns the text of a new file that holds one record. */
export function newFile(item: JsonObject, format: FileFormat): string {
  return format === "json" ? jsonText(item) : stringify(item);
}

/** @returns the file's text with one record in place of another; in YAML, comments and the order of fields stay. */
export function withRecord(text: string, format: FileFormat, place: Place, item: JsonObject): string {
  if (format === "json") return jsonText(place.entry === undefined ? item : listWith(text, place.entry, [item]));
  return editYaml(text, place, (document, path) => {
    const before: unknown = document.getIn(path);
    const fields = isMap(before) ? before.items.map((pair) => String(pair.key)) : [];
    for (const field of fields) if (item[field] === undefined) document.deleteIn([...path, field]);
    for (const [field, value] of Object.entries(item)) {
      if (canonicalJson(plain(document.getIn([...path, field]))) !== canonicalJson(value)) document.setIn([...path, field], value);
    }
  });
}

/** @returns the file's text without one record; undefined if it held nothing else. */
export function withoutRecord(text: string, format: FileFormat, place: Place): string | undefined {
  if (format === "json") {
    if (place.entry === undefined) return undefined;
    const left = listWith(text, place.entry, []);
    return left.length === 0 ? undefined : jsonText(left);
  }
  const left = editYaml(text, place, (document, path) => {
    if (path.length > 0) document.deleteIn(path);
    else document.contents = null;
  });
  return parse(left.replaceAll(/^---.*$/gm, "")) === null || isEmptyList(left) ? undefined : left;
}

function editYaml(
  text: string,
  { document: index, entry }: Place,
  edit: (document: YamlDocument, path: readonly (string | number)[]) => void,
) {
  const documents = yamlDocuments("", text);
  const document = documents.ok ? documents.value[index] : undefined;
  if (!documents.ok || document === undefined) throw new Error("the file has changed while it was being edited; try again");
  edit(document, entry === undefined ? [] : [entry]);
  return documents.value
    .filter(({ contents }) => contents !== null)
    .map((each) => each.toString({ lineWidth: 0 }))
    .join("");
}

type YamlDocument = Extract<ReturnType<typeof yamlDocuments>, { ok: true }>["value"][number];

function isEmptyList(text: string): boolean {
  return text.trim() === "" || text.trim() === "[]";
}

function listWith(text: string, entry: number, replacement: readonly Json[]): readonly Json[] {
  const list: unknown = JSON.parse(text.replace(/^\uFEFF/, ""));
  return Array.isArray(list) ? list.toSpliced(entry, 1, ...replacement) : [];
}

/** A node of a YAML document as JSON; what is no node is a plain value already. */
function plain(node: unknown): Json {
  return JSON.parse(JSON.stringify(node ?? null));
}

function jsonText(value: Json): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
