import type { Command } from "commander";
import type { KnownOutlook } from "../../application/commands/outlooks.ts";
import { formatInstant } from "../../domain/instant.ts";
import { AS_FOUND, type CellOutlook, forecastAt, type TargetForecast } from "../../domain/timeline/forecast.ts";
import { findTarget, TARGET_FORMS } from "../frame/find-target.ts";
import type { Job, Run } from "../frame/job.ts";
import { stopNote } from "../frame/stop.ts";
import { outlooksFrom, viewsOf } from "../frame/views.ts";
import { readTime, shownAt } from "../text/moments.ts";
import { cellText, targetName } from "../text/names.ts";
import { nextChangeText } from "../text/next-change.ts";
import { cellJson, claimText } from "../text/outlook-text.ts";
import { plain } from "../text/plain.ts";
import type { Style } from "../text/style.ts";
import { targetNotes } from "../text/target-notes.ts";

interface Options {
  readonly at?: string;
}

/** Adds `why`. */
export function addWhy(parent: Command, run: Run): void {
  parent
    .command("why")
    .description("says which campaign decides about a coupon or promotion, over which others, and what it returns to")
    .argument("<target>", TARGET_FORMS)
    .option("--at <time>", "at another instant than now")
    .action((target: string, options: Options, command: Command) => run(command, (job) => why(job, target, options)));
}

async function why(job: Job, typed: string, options: Options) {
  const views = await viewsOf(job);
  const found = findTarget(outlooksFrom(job, views, job.now), typed);
  const at = options.at === undefined ? job.now : readTime("--at", options.at, found.timeZone, job.now);
  const view = views.find(({ storeId }) => storeId === found.storeId);
  const past = at < job.now && view !== undefined ? outlooksFrom(job, [view], at).find(({ key }) => key === found.key) : undefined;
  const known = past ?? found;
  const forecast = forecastAt(known.outlook, at);
  const state = view?.targets.find(({ target }) => target === known.key);
  const notes = at < job.now ? [] : targetNotes(state, at);
  const halted = await stopNote(job);
  return {
    json: {
      storeId: known.storeId,
      target: known.key,
      label: known.label ?? null,
      at: formatInstant(at),
      cells: forecast.cells.map(cellJson),
      nextChangeAt: forecast.nextChangeAt === undefined ? null : formatInstant(forecast.nextChangeAt),
      nextEventAt: forecast.nextEventAt === undefined ? null : formatInstant(forecast.nextEventAt),
      notes,
      ...halted.json,
    },
    text: (style: Style) => [...halted.lines, text(known, forecast, notes, style)].join("\n"),
  };
}

function text(known: KnownOutlook, forecast: TargetForecast, notes: readonly string[], style: Style): string {
  const { key, label, storeId, timeZone, outlook } = known;
  const { at, cells } = forecast;
  const heading = style.head(`${targetName(key, label)} of store ${storeId} at ${shownAt(at, timeZone)} ${timeZone}`);
  const none = cells.length === 0 ? ["No campaign asks for anything there."] : [];
  return [
    heading,
    ...none,
    ...cells.flatMap((cell) => cellLines(cell, timeZone)),
    ...notes.map((note) => plain(`  note: ${note}`)),
    nextChangeText(outlook, forecast, timeZone),
  ].join("\n");
}

function cellLines(outlook: CellOutlook, timeZone: string): readonly string[] {
  const { cell, value, winner, losers, gaveWay, reason } = outlook;
  // A person's value that a window gave way to stays when the window ends.
  const base = gaveWay ? value : outlook.base;
  const without = base === AS_FOUND ? "what is found there" : cellText(cell, base);
  const leads = gaveWay ? "gives way:" : "wins: ";
  return [
    `${cellText(cell, value)}: ${reason}`,
    ...(winner === undefined ? [] : [`  ${leads} ${claimText(winner, cell, timeZone)}`]),
    ...losers.map((loser) => `  loses: ${claimText(loser, cell, timeZone)}`),
    `  without any campaign: ${without}`,
  ].map(plain);
}
