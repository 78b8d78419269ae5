import { forecastAt, type TargetForecast, type TargetOutlook } from "../../domain/timeline/forecast.ts";
import { shownAt } from "./moments.ts";
import { valuesText } from "./outlook-text.ts";

/** @returns when a forecast changes next, and to what, in a sentence; an `afterwards` is in it, which the base does not tell. */
export function nextChangeText(outlook: TargetOutlook, { cells, nextChangeAt }: TargetForecast, timeZone: string): string {
  if (nextChangeAt === undefined) return "Nothing changes after that without an edit.";
  const [before, after] = [cells, forecastAt(outlook, nextChangeAt).cells].map(valuesText);
  const what = before === after ? `in who asks for it; the value stays ${after}` : `to ${after}`;
  return `Next change: ${shownAt(nextChangeAt, timeZone)}, ${what}.`;
}
