import type { Command } from "commander";
import type { KnownOutlook } from "../../application/commands/outlooks.ts";
import { zoneOfStore } from "../../application/commands/store-view.ts";
import { earliest, formatInstant, type Instant, plus } from "../../domain/instant.ts";
import { type Segment, timelineOf } from "../../domain/timeline/timeline.ts";
import { findTarget, TARGET_FORMS } from "../frame/find-target.ts";
import { type Answer, type GlobalOptions, type Job, oneByOne, type Run } from "../frame/job.ts";
import { refuseNotPlanned } from "../frame/not-planned.ts";
import { badUse } from "../frame/refusal.ts";
import { stopNote } from "../frame/stop.ts";
import { outlooksFrom, viewsOf } from "../frame/views.ts";
import type { Span } from "../page/scale.ts";
import { readDuration, readTime, shownAt } from "../text/moments.ts";
import { targetName } from "../text/names.ts";
import { cellJson, reasonsText, valuesText } from "../text/outlook-text.ts";
import type { Style } from "../text/style.ts";
import { table } from "../text/table.ts";

interface Options {
  readonly from?: string;
  readonly to?: string;
  readonly for: string;
  readonly target?: string;
  readonly html?: string;
  readonly ics?: string;
}

interface Plan {
  readonly known: KnownOutlook;
  readonly from: Instant;
  readonly to: Instant;
  readonly segments: readonly Segment[];
  readonly complete: boolean;
}

const MOST_SEGMENTS = 200;

/** Adds `plan`. */
export function addPlan(parent: Command, run: Run): void {
  parent
    .command("plan")
    .description("shows what every coupon and promotion will hold over a span of time, and why")
    .option("--from <time>", "from when; now unless given")
    .option("--to <time>", "until when")
    .option("--for <duration>", "for how long, if there is no --to", "7d")
    .option("--target <target>", TARGET_FORMS)
    .option("--html <file>", "a page with pictures, to open in a browser; - prints it")
    .option("--ics <file>", "a calendar file, to import or subscribe to; - prints it")
    .action((_options: Options, command: Command) => run(command, (job) => plan(job, command.optsWithGlobals<Options & GlobalOptions>())));
}

async function plan(job: Job, options: Options & GlobalOptions): Promise<Answer> {
  const views = await viewsOf(job);
  const all = views.flatMap((view) => outlooksFrom(job, [view], beginning(job, zoneOfStore(view), options)));
  if (all.length === 0) spanOf(job, job.zone ?? "UTC", options);
  const chosen = options.target === undefined ? all : [findTarget(all, options.target)];
  if (options.html !== undefined || options.ics !== undefined) {
    const stores = options.target === undefined ? views : views.filter(({ storeId }) => chosen.some((known) => known.storeId === storeId));
    // The page and the calendar library are loaded only for who asks for them.
    const { writePlan } = await import("./plan-files.ts");
    return writePlan(job, options, { views: stores, outlooks: chosen, spanIn: (timeZone) => spanOf(job, timeZone, options) });
  }
  if (chosen.length === 0) refuseNotPlanned(views);
  const halted = await stopNote(job);
  // One after the other: a year of a thousand campaigns need not be held at once.
  const each = <Piece>(piece: (plan: Plan, index: number) => Piece) =>
    oneByOne(chosen, (known, index) => piece(planOf(job, known, options), index));
  return {
    json: each((plan) => ({ ...planJson(plan), ...halted.json })),
    text: (style: Style) =>
      chosen.length === 0
        ? [...halted.lines, "no campaign names any coupon or promotion"].join("\n")
        : each((plan, index) => `${index === 0 ? halted.lines.map((line) => `${line}\n`).join("") : "\n\n"}${planText(plan, style)}`),
  };
}

/** The past is foretold from `--from` on, without what is held today. */
function beginning(job: Job, zone: string | undefined, { from }: Options): Instant {
  return from === undefined ? job.now : (earliest(readTime("--from", from, zone, job.now), job.now) ?? job.now);
}

function planOf(job: Job, known: KnownOutlook, options: Options): Plan {
  const { from, to } = spanOf(job, known.timeZone, options);
  return { known, from, to, ...timelineOf(known.outlook, from, to, MOST_SEGMENTS) };
}

/** Local times are read in each store's own zone. */
function spanOf(job: Job, timeZone: string, options: Options): Span {
  const read = (option: string, text: string) => readTime(option, text, timeZone, job.now);
  const from = options.from === undefined ? job.now : read("--from", options.from);
  const to = options.to === undefined ? plus(from, readDuration("--for", options.for)) : read("--to", options.to);
  if (to <= from) throw badUse("the span ends before it begins: --to has to be after --from");
  return { from, to };
}

function planText({ known, from, to, segments, complete }: Plan, style: Style): string {
  const { key, label, storeId, timeZone } = known;
  const span = `${shownAt(from, timeZone)} to ${shownAt(to, timeZone)} ${timeZone}`;
  const heading = `${style.head(`${targetName(key, label)} of store ${storeId}`)}
${style.faint(span)}`;
  let begins = shownAt(from, timeZone);
  const rows = stretchesOf(segments).map(({ to: end, value, because }) => {
    const ends = end === undefined ? "-" : shownAt(end, timeZone);
    const row = [begins, ends, value, because];
    // Each begins where the one before ends.
    begins = ends;
    return row;
  });
  const rest = complete ? [] : [style.faint(`… and more: only the first ${MOST_SEGMENTS} are shown`)];
  return [heading, table(style, ["from", "to", "value", "because"], rows), ...rest].join("\n");
}

interface Stretch extends Pick<Segment, "from" | "to"> {
  readonly value: string;
  readonly because: string;
}

/** Who loses may change while value and reason stay: to a person that is one stretch. */
function stretchesOf(segments: readonly Segment[]): readonly Stretch[] {
  const stretches: Stretch[] = [];
  for (const { from, to, cells } of segments) {
    const next = { from, to, value: valuesText(cells), because: reasonsText(cells) };
    const last = stretches.at(-1);
    if (last?.value === next.value && last.because === next.because) stretches[stretches.length - 1] = { ...next, from: last.from };
    else stretches.push(next);
  }
  return stretches;
}

function planJson({ known, from, to, segments, complete }: Plan): object {
  return {
    storeId: known.storeId,
    target: known.key,
    label: known.label ?? null,
    from: formatInstant(from),
    to: formatInstant(to),
    complete,
    segments: segments.map((segment) => ({
      from: formatInstant(segment.from),
      to: segment.to === undefined ? null : formatInstant(segment.to),
      cells: segment.cells.map(cellJson),
    })),
  };
}
