import type { KnownOutlook } from "../../application/commands/outlooks.ts";
import type { StoreView } from "../../application/commands/store-view.ts";
import type { Instant } from "../../domain/instant.ts";
import { calendarText } from "../calendar/calendar-text.ts";
import { type CalendarEntry, entriesOf } from "../calendar/entries.ts";
import { writeWhole } from "../files/write-whole.ts";
import type { Answer, Job } from "../frame/job.ts";
import { badUse } from "../frame/refusal.ts";
import { pageOf, type StorePlan } from "../page/page.ts";
import type { Span } from "../page/scale.ts";

/** Where a plan is written to, as typed; `-` is standard output. */
export interface PlanFiles {
  readonly html?: string;
  readonly ics?: string;
  readonly json?: boolean | undefined;
}

/** What the files are about. */
export interface PlanSubject {
  readonly views: readonly StoreView[];
  readonly outlooks: readonly KnownOutlook[];
  /** @returns the span of a store, whose zone it is read in. */
  readonly spanIn: (timeZone: string) => Span;
}

interface Output {
  readonly file: string;
  readonly kind: "page" | "calendar";
  readonly pieces: Iterable<string>;
}

const STANDARD_OUTPUT = "-";

/** Writes the page, the calendar, or both. @throws Refusal if a file cannot be written, or both want standard output. */
export async function writePlan(job: Job, files: PlanFiles, subject: PlanSubject): Promise<Answer> {
  const { surroundings, now } = job;
  const isPrinted = checkNames(files);
  const stores = storePlansOf(subject);
  const outputs: readonly Output[] = [
    ...(files.html === undefined ? [] : [{ file: files.html, kind: "page" as const, pieces: pageOf(stores, { now }) }]),
    ...(files.ics === undefined ? [] : [{ file: files.ics, kind: "calendar" as const, pieces: [calendarOf(stores, now)] }]),
  ];
  for (const { file, pieces } of outputs) {
    if (file !== STANDARD_OUTPUT) await writeWhole(surroundings.folder, file, pieces);
    else for (const piece of pieces) surroundings.terminal.print(piece);
  }
  const written = outputs.map(({ file, kind }) => ({ file, kind }));
  const lines = written.map(({ file, kind }) => `${file}: the ${kind} of the plan`);
  return { json: { ok: true, files: written }, text: () => (isPrinted ? "" : lines.join("\n")) };
}

/** @returns whether anything goes to standard output. */
function checkNames({ html, ics, json }: PlanFiles): boolean {
  const names = [html, ics].filter((file) => file !== undefined);
  if (names.includes("")) throw badUse("the file's name is empty: name a file, or - for standard output");
  const isPrinted = names.includes(STANDARD_OUTPUT);
  if (isPrinted && (names.length > 1 || json === true)) {
    throw badUse("standard output takes one thing only: name a file for --html or --ics, or leave --json and the other out");
  }
  return isPrinted;
}

/** Each store that has an outlook, and each that has none: a page says so. */
function storePlansOf({ views, outlooks, spanIn }: PlanSubject): readonly StorePlan[] {
  return views.map((view) => {
    const known = outlooks.filter(({ storeId }) => storeId === view.storeId);
    const timeZone = known[0]?.timeZone ?? view.timeZone ?? "UTC";
    return { view, timeZone, span: spanIn(timeZone), outlooks: known };
  });
}

function calendarOf(stores: readonly StorePlan[], now: Instant): string {
  const entries: CalendarEntry[] = stores.flatMap(({ outlooks, span }) => [...entriesOf(outlooks, span)]);
  return calendarText(entries, now);
}
