import { table } from "../../lib/cli/text/table.ts";
import type { Year } from "./year.ts";

const SECOND = 1_000;
const asItIs = (text: string) => text;
const STYLE = { width: Number.POSITIVE_INFINITY, head: asItIs, good: asItIs, bad: asItIs, faint: asItIs };
const BUCKETS: readonly (readonly [string, number])[] = [
  ["within 1 s", SECOND],
  ["within 5 s", 5 * SECOND],
  ["within a minute", 60 * SECOND],
  ["within 5 minutes", 300 * SECOND],
  ["within an hour", 3_600 * SECOND],
  ["within a day", 86_400 * SECOND],
  ["later", Number.POSITIVE_INFINITY],
];

function sum(counts: readonly Readonly<Record<string, number>>[]): Readonly<Record<string, number>> {
  const names = [...new Set(counts.flatMap((each) => Object.keys(each)))].toSorted();
  return Object.fromEntries(names.map((name) => [name, counts.reduce((total, each) => total + (each[name] ?? 0), 0)]));
}

/** As in `12,345`. */
function formatNumber(count: number): string {
  return count.toLocaleString("en-US");
}

function listed(counts: Readonly<Record<string, number>>): string {
  const texts = Object.entries(counts).map(([name, count]) => `${name} ${formatNumber(count)}`);
  return texts.length === 0 ? "none" : texts.join(", ");
}

function total(years: readonly Year[], pick: (year: Year) => number): string {
  return formatNumber(years.reduce((all, year) => all + pick(year), 0));
}

function histogram(latenesses: readonly number[]): string {
  const rows = BUCKETS.map(([name, most], index) => {
    const least = index === 0 ? Number.NEGATIVE_INFINITY : (BUCKETS[index - 1]?.[1] ?? 0);
    const count = latenesses.filter((lateness) => lateness > least && lateness <= most).length;
    const share = latenesses.length === 0 ? 0 : count / latenesses.length;
    return [name, formatNumber(count), `${(share * 100).toFixed(2)} %`, "#".repeat(Math.ceil(share * 40))];
  });
  return table(STYLE, ["how late", "switches", "share", ""], rows);
}

function duration(milliseconds: number): string {
  if (milliseconds < 60 * SECOND) return `${(milliseconds / SECOND).toFixed(1)} s`;
  const minutes = Math.floor(milliseconds / (60 * SECOND));
  return minutes < 60 ? `${minutes} min ${Math.floor(milliseconds / SECOND) % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** @returns the report of a year that was played in parts. @param tookMs how long playing it took. */
export function reportOf(
  years: readonly Year[],
  { stores, campaigns, tookMs }: { stores: number; campaigns: number; tookMs: number },
): string {
  const latenesses = years.flatMap((year) => year.latenesses);
  const wrong = years.flatMap((year) => year.wrongAtTheEnd);
  const latest = years
    .flatMap((year) => year.latest)
    .toSorted((one, other) => other.latenessMs - one.latenessMs)
    .slice(0, 10);
  const lines = [
    `A year of ${campaigns} campaigns on ${stores} stores, played in ${duration(tookMs)}`,
    `switches            ${formatNumber(latenesses.length)}, of which put the base back ${total(years, (year) => year.restores)}`,
    `requests to Ecwid   ${total(years, (year) => year.requests)}`,
    `what happened       ${listed(sum(years.map((year) => year.happenings)))}`,
    `failed attempts     ${listed(sum(years.map((year) => year.failures)))}`,
    `windows missed      ${total(years, (year) => year.missedWindows)} (they came and went while nothing could be switched; all are in the history)`,
    `kept for a person   ${total(years, (year) => year.keptForPeople)} decisions`,
    "",
    "how late the switches came, which is how long a target was wrong:",
    histogram(latenesses),
    "",
    "the latest, with the last failure before:",
    table(
      STYLE,
      ["late by", "what", "last failure"],
      latest.map(({ latenessMs, what, because }) => [duration(latenessMs), what, because]),
    ),
    "",
    wrong.length === 0 ? "wrong three hours after the last fault: nothing" : `wrong three hours after the last fault: ${wrong.join("; ")}`,
  ];
  return lines.join("\n");
}
