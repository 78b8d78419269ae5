import type { Json, JsonObject } from "../../domain/live.ts";
import { failure, type Result, success } from "../../domain/result.ts";

/** V8 hands a reviver the text that a number was written as; TypeScript's library does not say so yet. */
function keepLargeIntegers(_key: string, value: Json, context?: { readonly source?: string }): Json {
  const lossy = typeof value === "number" && Number.isInteger(value) && !Number.isSafeInteger(value);
  return lossy && context?.source !== undefined ? context.source : value;
}

/**
 * Parses JSON without losing ids: a whole number too large for a JavaScript number becomes the text it was written as.
 * @returns the value, or `not-json` where the text is none.
 */
export function parseJson(text: string): Result<Json, "not-json"> {
  try {
    const value: Json = JSON.parse(text, keepLargeIntegers);
    return success(value);
  } catch {
    return failure("not-json");
  }
}

/** @returns whether a parsed JSON value is an object (not a list, not null). */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
