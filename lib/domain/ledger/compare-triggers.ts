import { Temporal } from "temporal-polyfill";
import type { Json, JsonObject } from "../live.ts";

const GROUPS = "customerGroups";

function isObject(value: Json): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

/** Numbers and dates by meaning, lists as sets, so that another way of writing the same is not taken for a change. */
function canonical(value: Json): string {
  if (isList(value)) return JSON.stringify([...new Set(value.map(canonical))].toSorted());
  if (isObject(value)) {
    const entries = Object.entries(value).filter(([, each]) => each !== null);
    return JSON.stringify(entries.map(([key, each]) => JSON.stringify([key, canonical(each)])).toSorted());
  }
  if (typeof value === "string") return canonicalText(value);
  return String(value);
}

/** Ecwid writes instants as `2025-03-06 00:00:00 +0000` (docs: promotions), and normalises any it is given to UTC. */
const ECWID_DATE = /^(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}:\d{2}) ?(?:([+-]\d{2}):?(\d{2})|Z)?$/;

function instantMeant(text: string): string | undefined {
  const date = ECWID_DATE.exec(text);
  if (date === null) return undefined;
  const [, day, time, hours = "+00", minutes = "00"] = date;
  try {
    return Temporal.Instant.from(`${day}T${time}${hours}:${minutes}`).toString();
  } catch {
    // Shaped like a date but not one (month 13): it is compared as the text it is.
    return undefined;
  }
}

function canonicalText(text: string): string {
  const at = instantMeant(text);
  if (at !== undefined) return `at ${at}`;
  return text.trim() !== "" && Number.isFinite(Number(text)) ? String(Number(text)) : `text ${text}`;
}

/**
 * Compares the `triggers` that were sent with those read back, `customerGroups` aside.
 *
 * @returns names of conditions that are gone (our write did that) and of those that hold another value or are new (a person did that).
 */
export function compareTriggers(
  sent: JsonObject,
  found: JsonObject,
): { readonly vanished: readonly string[]; readonly changed: readonly string[] } {
  const vanished: string[] = [];
  const changed: string[] = [];
  for (const key of new Set([...Object.keys(sent), ...Object.keys(found)])) {
    if (key === GROUPS) continue;
    const before = sent[key] ?? null;
    const after = found[key] ?? null;
    if (before !== null && after === null) vanished.push(key);
    else if (canonical(before) !== canonical(after)) changed.push(key);
  }
  return { vanished, changed };
}
