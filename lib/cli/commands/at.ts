import type { Command } from "commander";
import type { KnownOutlook } from "../../application/commands/outlooks.ts";
import { zoneOfStore } from "../../application/commands/store-view.ts";
import { formatInstant, type Instant } from "../../domain/instant.ts";
import { forecastAt, type TargetForecast } from "../../domain/timeline/forecast.ts";
import type { Job, Run } from "../frame/job.ts";
import { refuseNotPlanned } from "../frame/not-planned.ts";
import { outlooksFrom, viewsOf } from "../frame/views.ts";
import { readTime, shownAt } from "../text/moments.ts";
import { targetName } from "../text/names.ts";
import { cellJson, reasonsText, valuesText } from "../text/outlook-text.ts";
import type { Style } from "../text/style.ts";
import { table } from "../text/table.ts";

interface Shown {
  readonly known: KnownOutlook;
  readonly at: Instant;
  readonly forecast: TargetForecast;
}

/** Adds `at`. */
export function addAt(parent: Command, run: Run): void {
  parent
    .command("at")
    .description("shows what every coupon and promotion holds at an instant, and why")
    .argument("<instant>", "2026-11-27T18:00 on the store's wall clock, or with an offset or Z; now")
    .addHelpText("after", "\nOf the past it says what today's campaigns would have done; what happened is in doorman history.")
    .action((instant: string, _options: object, command: Command) => run(command, (job) => at(job, instant)));
}

async function at(job: Job, typed: string) {
  const views = await viewsOf(job);
  const shown = views.flatMap((view) => {
    const zone = zoneOfStore(view) ?? job.zone;
    const instant = readTime("the instant", typed, zone, job.now);
    const from = instant < job.now ? instant : job.now;
    return outlooksFrom(job, [view], from).map((known): Shown => ({ known, at: instant, forecast: forecastAt(known.outlook, instant) }));
  });
  if (views.length === 0) readTime("the instant", typed, job.zone ?? "UTC", job.now);
  if (shown.length === 0) refuseNotPlanned(views);
  return {
    json: shown.map(({ known, at: instant, forecast }) => ({
      storeId: known.storeId,
      target: known.key,
      label: known.label ?? null,
      at: formatInstant(instant),
      cells: forecast.cells.map(cellJson),
      nextChangeAt: forecast.nextChangeAt === undefined ? null : formatInstant(forecast.nextChangeAt),
      nextEventAt: forecast.nextEventAt === undefined ? null : formatInstant(forecast.nextEventAt),
    })),
    text: (style: Style) => (shown.length === 0 ? "no campaign names any coupon or promotion" : text(shown, style)),
  };
}

function text(shown: readonly Shown[], style: Style): string {
  const stores = [...new Set(shown.map(({ known }) => known.storeId))];
  return stores
    .map((store) => {
      const rows = shown.filter(({ known }) => known.storeId === store);
      const [first] = rows;
      const when = first === undefined ? "" : `${shownAt(first.at, first.known.timeZone)} ${first.known.timeZone}`;
      const cells = rows.map(({ known, forecast }) => [
        targetName(known.key, known.label),
        valuesText(forecast.cells),
        reasonsText(forecast.cells),
        forecast.nextChangeAt === undefined ? "-" : shownAt(forecast.nextChangeAt, known.timeZone),
      ]);
      return `${style.head(`Store ${store} at ${when}`)}\n${table(style, ["target", "value", "because", "next change"], cells)}`;
    })
    .join("\n\n");
}
