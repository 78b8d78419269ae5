import { isObject } from "../../application/commands/check-record.ts";
import { isInstantText, parseInstant } from "../../domain/instant.ts";
import type { Json, JsonObject } from "../../domain/live.ts";
import { shownAt } from "./moments.ts";

/** What a record's `status` says, as far as it can be read: anybody may have typed it over. */
export interface ShownStatus {
  readonly state: string;
  /** In the zone given; empty if there is none ahead. */
  readonly nextSwitch: string;
  readonly problems: number;
  readonly warnings: number;
}

/** @param timeZone in which the next switch is shown. @returns the status of a record, in words that fit a table. */
export function shownStatus(item: JsonObject, timeZone: string): ShownStatus {
  const status = item["status"];
  if (!isObject(status)) return { state: "not compiled yet", nextSwitch: "", problems: 0, warnings: 0 };
  const { state, nextSwitch, problems, warnings } = status;
  return {
    state: typeof state === "string" ? state : "unknown",
    nextSwitch: typeof nextSwitch === "string" && isInstantText(nextSwitch) ? shownAt(parseInstant(nextSwitch), timeZone) : "",
    problems: lengthOf(problems),
    warnings: lengthOf(warnings),
  };
}

function lengthOf(value: Json | undefined): number {
  return Array.isArray(value) ? value.length : 0;
}

/** @returns the messages of `problems` and `warnings`, one a line, as they stand in a record. */
export function statusMessages(item: JsonObject): readonly string[] {
  const status = item["status"];
  if (!isObject(status)) return [];
  const problems = listIn(status["problems"]).map((each) =>
    isObject(each) ? `problem: ${String(each["path"])}: ${String(each["message"])}` : "",
  );
  const warnings = listIn(status["warnings"]).map((each) => (typeof each === "string" ? `warning: ${each}` : ""));
  return [...problems, ...warnings].filter((line) => line !== "");
}

function listIn(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
