import { AS_FOUND, forecastAt, type TargetForecast, type TargetOutlook } from "../../domain/timeline/forecast.ts";
import { shownAt } from "./moments.ts";
import { valuesText } from "./outlook-text.ts";

/** @returns when a value changes next, and to what, in a sentence; an `afterwards` is in it, which the base does not tell. */
export function nextChangeText(outlook: TargetOutlook, { nextChangeAt, nextEventAt }: TargetForecast, timeZone: string): string {
  if (nextEventAt === undefined) return "Nothing changes after that without an edit.";
  const event = `${shownAt(nextEventAt, timeZone)}: only who asks for it changes`;
  if (nextChangeAt === undefined) return `No change of value is foreseen without an edit (${event}).`;
  const value = valuesText(forecastAt(outlook, nextChangeAt).cells);
  const change = `Next change: ${shownAt(nextChangeAt, timeZone)}, ${value === AS_FOUND ? "back to what was found" : `to ${value}`}`;
  return nextEventAt === nextChangeAt ? `${change}.` : `${change} (${event}).`;
}
