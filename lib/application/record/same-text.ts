import type { Json, JsonObject } from "../../domain/live.ts";

/** @returns the value as JSON with the fields of each object in order, so that equal contents are equal texts. */
export function orderedText(value: Json | undefined): string {
  return JSON.stringify(value ?? null, (_name, each: unknown) =>
    typeof each === "object" && each !== null && !Array.isArray(each) ? Object.fromEntries(Object.entries(each).toSorted()) : each,
  );
}

/** @returns what people typed of a record: all of it but `status`, which is Doorman's. */
export function typedText(item: JsonObject): string {
  const { status: _written, ...typed } = item;
  return orderedText(typed);
}

/** @returns whether people typed the same in both records, whatever the order of the fields. */
export function isSameText(one: JsonObject, other: JsonObject): boolean {
  return typedText(one) === typedText(other);
}
