import { canonicalJson } from "../../domain/canonical-json.ts";
import type { JsonObject } from "../../domain/live.ts";

/** @returns what people typed of a record: all of it but `status`, which is Doorman's. */
export function typedText(item: JsonObject): string {
  const { status: _written, ...typed } = item;
  return canonicalJson(typed);
}

/** @returns whether people typed the same in both records, whatever the order of the fields. */
export function isSameText(one: JsonObject, other: JsonObject): boolean {
  return typedText(one) === typedText(other);
}
