import type { AttributeValue } from "@aws-sdk/client-dynamodb";

/** The part of a write's condition that says "these attributes are still what was read". */
export interface ConditionParts {
  readonly clauses: readonly string[];
  readonly names: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, AttributeValue>>;
}

/** Attributes as read, undefined for one that was not there. */
export type ReadAttributes = ReadonlyMap<string, AttributeValue | undefined>;

/** DynamoDB takes 300 operators and 4 KB of text in one expression. */
const MOST_CLAUSES = 90;

/** @returns a clause for each attribute: DynamoDB compares lists and maps as a whole. */
export function comparedWhole(stored: ReadAttributes): ConditionParts {
  const fields = [...stored].map(([field, value], index) => ({ field, value, name: `#c${index}`, key: `:c${index}` }));
  return {
    clauses: fields.map(({ value, name, key }) => (value === undefined ? `attribute_not_exists(${name})` : `${name} = ${key}`)),
    names: Object.fromEntries(fields.map(({ name, field }) => [name, field])),
    values: Object.fromEntries(fields.flatMap(({ key, value }) => (value === undefined ? [] : [[key, value]]))),
  };
}

interface Waiting {
  readonly path: readonly (string | number)[];
  readonly value: AttributeValue | undefined;
}

/**
 * The same for an engine that does not compare lists and maps (the embedded one): by their length, and by what is in them, as far as one
 * expression goes. The outermost come first, so that what is left unsaid is deep inside a long list.
 */
export function comparedByParts(stored: ReadAttributes): ConditionParts {
  const waiting: Waiting[] = [...stored].map(([field, value]) => ({ path: [field], value }));
  for (let index = 0; index < Math.min(waiting.length, MOST_CLAUSES); index += 1) {
    const next = waiting[index];
    if (next !== undefined) waiting.push(...partsOf(next));
  }
  const said = waiting.slice(0, MOST_CLAUSES);
  const fields = [...new Set(said.flatMap(({ path }) => path.filter((step) => typeof step === "string")))];
  const pathText = ({ path }: Waiting) =>
    path
      .map((step) => (typeof step === "number" ? `[${step}]` : `.#c${fields.indexOf(step)}`))
      .join("")
      .slice(1);
  return {
    clauses: said.map((each, index) => clause(pathText(each), `:c${index}`, each.value)),
    names: Object.fromEntries(fields.map((field, index) => [`#c${index}`, field])),
    values: Object.fromEntries(said.flatMap(({ value }, index) => (value === undefined ? [] : [[`:c${index}`, sizeOf(value) ?? value]]))),
  };
}

function partsOf({ path, value }: Waiting): readonly Waiting[] {
  if (value?.L !== undefined) return value.L.map((each, index) => ({ path: [...path, index], value: each }));
  if (value?.M !== undefined) return Object.entries(value.M).map(([field, each]) => ({ path: [...path, field], value: each }));
  return [];
}

function sizeOf({ L, M }: AttributeValue): AttributeValue | undefined {
  if (L !== undefined) return { N: String(L.length) };
  return M === undefined ? undefined : { N: String(Object.keys(M).length) };
}

function clause(path: string, key: string, value: AttributeValue | undefined): string {
  if (value === undefined) return `attribute_not_exists(${path})`;
  return sizeOf(value) === undefined ? `${path} = ${key}` : `size(${path}) = ${key}`;
}
