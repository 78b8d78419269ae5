import { checkRecord, isObject } from "../../application/commands/check-record.ts";
import type { KeyedItem } from "../../application/ports/campaign-table.ts";
import { isSameText, typedText } from "../../application/record/same-text.ts";
import type { Problem } from "../../domain/campaign/status.ts";
import { isNumericId, nameInCalendarRecordId, storeId } from "../../domain/identifiers.ts";
import type { Json, JsonObject } from "../../domain/live.ts";
import { plain } from "../text/plain.ts";
import { differenceJson, differenceText } from "../text/switch-difference.ts";
import type { Answer, Job } from "./job.ts";
import { foretoldOf, previewOf } from "./preview.ts";
import { badUse, conflict } from "./refusal.ts";

/** A record from a file, and how to say where a problem with it stands. */
export interface PlacedRecord {
  readonly value: Json;
  /** @param path of the field within the record, as {@link Problem} has it. @returns `campaigns.csv line 7`, say. */
  readonly where: (path: string) => string;
}

interface Good {
  readonly item: KeyedItem;
  readonly warnings: readonly string[];
}

export interface Bad extends Problem {
  readonly where: string;
}

export interface PutOptions {
  readonly dryRun?: boolean | undefined;
  /** What `campaign get` said of the version that the file was made from. */
  readonly lock?: string | undefined;
}

/** @returns the records that may be put and all that is wrong with the others. @param zoneOf the zone of a store, where it is known. */
export async function checkRecords(
  placed: readonly PlacedRecord[],
  job: Pick<Job, "storeId">,
  zoneOf: (store: string) => Promise<string | undefined>,
): Promise<{ readonly good: readonly Good[]; readonly bad: readonly Bad[] }> {
  const good: Good[] = [];
  const bad: Bad[] = [];
  const seen = new Set<string>();
  for (const { value, where } of placed) {
    const named =
      isObject(value) && value["storeId"] === undefined && job.storeId !== undefined ? { ...value, storeId: job.storeId } : value;
    const store = isObject(named) ? String(named["storeId"]) : "";
    const checked = checkRecord(named, await zoneOf(store));
    if (!checked.ok) {
      bad.push(...checked.problems.map((problem) => ({ ...problem, where: where(problem.path) })));
      continue;
    }
    const { item, warnings } = checked;
    const key = JSON.stringify([item.storeId, item.campaignId]);
    if (seen.has(key))
      bad.push({ where: where("campaignId"), path: "campaignId", message: `${item.campaignId} is there twice: name each only once` });
    seen.add(key);
    good.push({ item, warnings });
  }
  return { good, bad };
}

/** @param told for each record, in the same order. @returns the records with what was told added to their warnings, each once. */
export function withForetold(good: readonly Good[], told: readonly (readonly string[])[]): readonly Good[] {
  return good.map(({ item, warnings }, index) => ({ item, warnings: [...new Set([...warnings, ...(told[index] ?? [])])] }));
}

/** @returns a failure that names every problem, one a line. */
export function refusedRecords(bad: readonly Bad[], preface: string): Answer {
  return {
    isFailure: true,
    json: { ok: false, problems: bad.map(({ where, path, message }) => ({ where, path, message })) },
    text: () => [...(preface === "" ? [] : [preface]), ...bad.map(problemLine)].join("\n"),
  };
}

function problemLine({ where, path, message }: Bad): string {
  return plain(`${where}: ${path}: ${message}`);
}

/** @returns the zones of stores as Doorman knows them, each asked for once. */
export function zonesOf(job: Job): (store: string) => Promise<string | undefined> {
  const known = new Map<string, Promise<string | undefined>>();
  const ask = async (store: string): Promise<string | undefined> => {
    const { workings } = job.place();
    if (workings === undefined || !isNumericId(store)) return job.zone;
    return (await workings.state.readStore(storeId(store))).timeZone ?? job.zone;
  };
  return (store) => {
    const answer = known.get(store) ?? ask(store);
    known.set(store, answer);
    return answer;
  };
}

type Effect = "new" | "changed" | "unchanged";

interface Planned extends Good {
  readonly read: JsonObject | undefined;
  readonly effect: Effect;
}

/** Puts records, all or none of them: with one that is broken, nothing is written. @throws Refusal (3) if somebody else wrote meanwhile. */
export async function putRecords(job: Job, placed: readonly PlacedRecord[], { dryRun, lock }: PutOptions): Promise<Answer> {
  const { good, bad } = await checkRecords(placed, job, zonesOf(job));
  if (bad.length > 0) return refusedRecords(bad, "nothing was put:");
  if (lock !== undefined && good.length !== 1) throw badUse("--lock goes with one campaign at a time");
  const told = await foretoldOf(
    job,
    good.map(({ item }) => item),
    "in the store",
  );
  const planned = await planPuts(job, withForetold(good, told), lock);
  if (dryRun === true) return preview(job, planned);
  const { campaigns, afterwards } = job.place();
  const written: string[] = [];
  for (const { item, read, effect } of planned) {
    if (effect !== "unchanged" && !(await campaigns.replace(item, read))) throw conflict(lostText(item.campaignId, written));
    written.push(item.campaignId);
  }
  const isWritten = planned.some(({ effect }) => effect !== "unchanged");
  return {
    json: { ok: true, campaigns: planned.map(outcomeJson) },
    text: (style) =>
      [...planned.flatMap((each) => [outcomeText(each), ...warningLines(each)]), isWritten ? style.faint(afterwards) : ""]
        .filter((line) => line !== "")
        .join("\n"),
  };
}

async function planPuts(job: Job, good: readonly Good[], lock: string | undefined): Promise<readonly Planned[]> {
  const { campaigns } = job.place();
  const planned: Planned[] = [];
  for (const { item, warnings } of good) {
    const read = (await campaigns.get(item.storeId, item.campaignId))?.item;
    if (lock !== undefined && lock !== lockOf(job, read))
      throw conflict(`campaign ${item.campaignId} is no longer what --lock names: get it again`);
    const effect = read === undefined ? "new" : isSameText(read, item) ? "unchanged" : "changed";
    planned.push({ item, warnings, read, effect });
  }
  return planned;
}

const LOCK_LENGTH = 16;

/** @returns a short text that stands for what people typed of a record: another text has another. */
export function lockOf({ surroundings }: Pick<Job, "surroundings">, item: JsonObject | undefined): string {
  return item === undefined ? "none" : surroundings.fingerprint(typedText(item)).slice(0, LOCK_LENGTH);
}

async function preview(job: Job, planned: readonly Planned[]): Promise<Answer> {
  const differences = await previewOf(
    job,
    planned.map(({ item }) => ({ storeId: item.storeId, campaignId: item.campaignId, item })),
  );
  return {
    json: { ok: true, dryRun: true, campaigns: planned.map(outcomeJson), stores: differences.map(differenceJson) },
    text: (style) =>
      [
        ...planned.flatMap((each) => [`would be put: ${outcomeText(each)}`, ...warningLines(each)]),
        ...differences.map((each) => differenceText(each, job.now, style)),
        style.faint("Nothing was written."),
      ].join("\n"),
  };
}

/** @returns a record as people call it: `campaign sale`, `calendar holidays`. */
export function recordName(recordId: string): string {
  const calendar = nameInCalendarRecordId(recordId);
  return calendar === undefined ? `campaign ${recordId}` : `calendar ${calendar}`;
}

function outcomeText({ item, effect }: Planned): string {
  return `${recordName(item.campaignId)} of store ${item.storeId}: ${effect}`;
}

function warningLines({ warnings }: Planned): readonly string[] {
  return warnings.map((warning) => plain(`  warning: ${warning}`));
}

function outcomeJson({ item, effect, warnings }: Planned): object {
  return { storeId: item.storeId, campaignId: item.campaignId, effect, warnings };
}

function lostText(campaignId: string, written: readonly string[]): string {
  const done = written.length === 0 ? "nothing was put" : `put were ${written.join(", ")}`;
  return `somebody else changed campaign ${campaignId} meanwhile, so it was left as it is (${done}): try again`;
}
