import type { Json, JsonObject } from "../../domain/live.ts";

/**
 * @param value an attribute as the document client reads it. People type what the console offers them, sets and binary included.
 * @returns it as JSON: sets as lists, binary as a note in its place. Never fails.
 */
function plainJson(value: unknown): Json {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (value instanceof Uint8Array) return "(binary value, left out)";
  if (value instanceof Set) return [...value].map(plainJson);
  if (Array.isArray(value)) return value.map(plainJson);
  if (typeof value === "object") return plainJsonObject(value);
  return value === undefined ? null : String(value);
}

/** @returns an item or a map as a JSON object. */
export function plainJsonObject(value: object): JsonObject {
  return Object.fromEntries(Object.entries(value).map(([name, each]: [string, unknown]) => [name, plainJson(each)]));
}
