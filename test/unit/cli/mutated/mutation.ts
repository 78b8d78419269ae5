import { stringify } from "yaml";
import type { Json, JsonObject } from "../../../../lib/domain/live.ts";

/** A change to a good record, and what has to be said of it. */
export interface Mutation {
  readonly base: JsonObject;
  /** Where the change is made: `["coupons", 0, "couponId"]`. */
  readonly place: readonly (string | number)[];
  /** What is put there; undefined: it is taken away. */
  readonly value: Json | Literal | undefined;
  /** Where the problem is to be shown, if not at the place of the change; "good": there is none. */
  readonly expected?: string | undefined;
  /** What of the value has to be shown, if not the value itself. */
  readonly shown?: string | undefined;
}

/** Characters that stand in a file as they are, because no value of JavaScript is written so. */
export class Literal {
  readonly json: string;
  readonly yaml: string;

  constructor(json: string, yaml = json) {
    this.json = json;
    this.yaml = yaml;
  }

  toJSON(): string {
    return STANDS_FOR_LITERAL;
  }
}

const STANDS_FOR_LITERAL = "LiteralStandsHere";

/** @returns the record after the change. */
function mutated({ base, place, value }: Pick<Mutation, "base" | "place" | "value">): unknown {
  return withValue(base, place, value);
}

function withValue(part: unknown, [key, ...rest]: readonly (string | number)[], value: Mutation["value"]): unknown {
  if (key === undefined) return value;
  if (Array.isArray(part)) {
    const entries: readonly unknown[] = part;
    return entries.toSpliced(Number(key), 1, withValue(entries[Number(key)], rest, value));
  }
  const fields = new Map<string, unknown>(Object.entries(typeof part === "object" && part !== null ? part : {}));
  const next = withValue(fields.get(String(key)), rest, value);
  if (next === undefined) fields.delete(String(key));
  else fields.set(String(key), next);
  // Not Object.fromEntries alone: a field called __proto__ has to be one.
  return Object.fromEntries(fields);
}

/** @returns the changed record as the text of a file. */
export function fileText(mutation: Mutation, format: "json" | "yaml"): string {
  const record = mutated(mutation);
  const { value } = mutation;
  if (format === "json") {
    const text = JSON.stringify(record, undefined, 2);
    return value instanceof Literal ? text.replaceAll(`"${STANDS_FOR_LITERAL}"`, () => value.json) : text;
  }
  const text = stringify(JSON.parse(JSON.stringify(record)), { lineWidth: 0 });
  return value instanceof Literal ? text.replaceAll(STANDS_FOR_LITERAL, () => value.yaml) : text;
}

/** @returns a place as problems show it: `coupons[0].couponId`. */
export function placeText(place: readonly (string | number)[]): string {
  return place.reduce<string>((text, key) => (typeof key === "number" ? `${text}[${key}]` : text === "" ? key : `${text}.${key}`), "");
}

/** @returns a list within a list within a list … */
export function nested(depth: number): Json {
  let value: Json = [];
  for (let level = 1; level < depth; level += 1) value = [value];
  return value;
}
