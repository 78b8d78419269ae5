import { quoted } from "../../domain/windows/quoted.ts";

/**
 * Shows a person what was found in a record, whatever it is: short, on one line, and without ever running code of the value.
 *
 * @returns text in quotation marks and shortened, a number or word as it is, and for anything larger what it is: `a list of 3`.
 */
export function printValue(value: unknown): string {
  if (typeof value === "string") return quoted(value);
  if (value === null) return "null";
  if (Array.isArray(value)) return value.length === 0 ? "an empty list" : `a list of ${value.length}`;
  if (value instanceof Set) return `a set of ${value.size}`;
  if (typeof value === "number" || typeof value === "bigint") return shortNumber(`${value}`);
  if (typeof value === "boolean" || value === undefined) return `${value}`;
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

/** @returns a field's place in a record: `promotions[0].addGroups`; a name that would garble the line is quoted instead. */
export function printPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((before, key) => {
    if (typeof key === "number") return `${before}[${key}]`;
    const name = String(key);
    if (!/^[A-Za-z_][\w-]{0,59}$/.test(name)) return `${before}[${quoted(name)}]`;
    return before === "" ? name : `${before}.${name}`;
  }, "");
}

function shortNumber(text: string): string {
  return text.length > 30 ? `${text.slice(0, 30)}…` : text;
}
