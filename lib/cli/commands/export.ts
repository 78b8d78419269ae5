import type { Command } from "commander";
import { asTyped } from "../../application/commands/check-record.ts";
import type { History, HistoryEntry } from "../../application/ports/history.ts";
import { type Exported, exportJson } from "../files/export-format.ts";
import { writeWhole } from "../files/write-whole.ts";
import type { Answer, Job, Run } from "../frame/job.ts";
import { badUse } from "../frame/refusal.ts";
import { recordsOf, storesOf } from "../frame/views.ts";

interface Options {
  readonly output?: string;
}

/** Of one target; one a day for its 400 days would be fewer. */
const MOST_ENTRIES = 10_000;

/** Adds `export`. */
export function addExport(parent: Command, run: Run): void {
  parent
    .command("export")
    .description("writes everything into one JSON file: campaigns, what Doorman holds, history; no tokens")
    .argument("[file]", "standard output if there is none")
    .option("--output <file>", "the same")
    .action((file: string | undefined, options: Options, command: Command) => run(command, (job) => exportAll(job, file, options)));
}

async function exportAll(job: Job, typed: string | undefined, { output }: Options): Promise<Answer> {
  if (typed !== undefined && output !== undefined) throw badUse(`name one file: ${typed}, or ${output} with --output`);
  const file = typed ?? output;
  const everything = await gathered(job);
  const json = exportJson(everything);
  if (file === undefined) return { json, text: () => JSON.stringify(json, undefined, 2) };
  await writeWhole(job.surroundings.folder, file, [`${JSON.stringify(json, undefined, 2)}\n`]);
  const counts = { campaigns: everything.campaigns.length, targets: everything.targets.length, history: everything.history.length };
  return {
    json: { ok: true, file, ...counts },
    text: () => `${file}: ${counts.campaigns} campaigns, ${counts.targets} coupons and promotions, ${counts.history} entries of history`,
  };
}

async function gathered(job: Job): Promise<Omit<Exported, "format">> {
  const { workings } = job.place();
  const campaigns = (await recordsOf(job, job.storeId)).map(({ item }) => asTyped(item));
  if (workings === undefined) return { exportedAt: job.now, campaigns, stores: [], calendars: [], targets: [], history: [] };
  const stores: Exported["stores"][number][] = [];
  const calendars: Exported["calendars"][number][] = [];
  const targets: Exported["targets"][number][] = [];
  const history: HistoryEntry[] = [];
  for (const storeId of await storesOf(job)) {
    const { timeZone } = await workings.state.readStore(storeId);
    stores.push({ storeId, timeZone });
    for (const { name, version: _version, ...copy } of await workings.state.calendarsOf(storeId)) calendars.push({ storeId, name, copy });
    for (const { target, version: _version, ...state } of await workings.state.targetsOf(storeId)) {
      targets.push({ storeId, target, state });
      history.push(...(await entriesOf(workings.history, job, storeId, target)));
    }
  }
  return { exportedAt: job.now, campaigns, stores, calendars, targets, history };
}

async function entriesOf(history: History, job: Job, ...[storeId, target]: [HistoryEntry["storeId"], HistoryEntry["target"]]) {
  return history.of(storeId, target, MOST_ENTRIES, job.now);
}
