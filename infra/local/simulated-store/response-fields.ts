import type { Json, JsonObject } from "../../../lib/domain/live.ts";
import { isJsonObject } from "./store-state.ts";

/** The fields that `responseFields` names; an empty tree below a field means all of it. */
export type FieldTree = ReadonlyMap<string, FieldTree>;

const TOKEN = /[A-Za-z0-9_]+|[(),]/gy;

function tokensOf(text: string): string[] | undefined {
  const tokens = text.match(TOKEN) ?? [];
  return tokens.join("") === text.replaceAll(/\s/g, "") ? [...tokens] : undefined;
}

function readTree(tokens: string[]): FieldTree {
  const tree = new Map<string, FieldTree>();
  for (let token = tokens.shift(); token !== undefined && token !== ")"; token = tokens.shift()) {
    if (token === "," || token === "(") continue;
    if (tokens[0] !== "(") {
      tree.set(token, new Map());
      continue;
    }
    tokens.shift();
    tree.set(token, readTree(tokens));
  }
  return tree;
}

/** @returns `total,items(id,name)` as a tree, or undefined where the text holds anything but names, commas and brackets. */
export function parseResponseFields(text: string): FieldTree | undefined {
  const tokens = tokensOf(text);
  return tokens === undefined ? undefined : readTree(tokens);
}

/** @returns the value with only the fields of the tree in it, item by item for lists; an empty tree keeps everything. */
export function selectFields(value: Json, tree: FieldTree): Json {
  if (tree.size === 0) return value;
  if (Array.isArray(value)) return value.map((item: Json) => selectFields(item, tree));
  if (!isJsonObject(value)) return value;
  const kept: [string, Json][] = Object.entries(value).flatMap(([name, field]) => {
    const below = tree.get(name);
    return below === undefined ? [] : [[name, selectFields(field, below)]];
  });
  return Object.fromEntries(kept) satisfies JsonObject;
}
