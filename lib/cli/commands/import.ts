import type { Command } from "commander";
import type { KeyedItem } from "../../application/ports/campaign-table.ts";
import { isSameText } from "../../application/record/same-text.ts";
import { MINUTE, plus } from "../../domain/instant.ts";
import type { JsonObject } from "../../domain/live.ts";
import { type Exported, readExport } from "../files/export-format.ts";
import { readText } from "../files/read-records.ts";
import type { Answer, Job, Run } from "../frame/job.ts";
import { conflict, Refusal } from "../frame/refusal.ts";
import type { Workings } from "../frame/surroundings.ts";
import type { Style } from "../text/style.ts";

interface Options {
  readonly replace?: boolean;
}

interface Planned {
  readonly item: KeyedItem;
  readonly read: JsonObject | undefined;
}

/** Until then every campaign is compiled; a target that none names any more is put back. */
const SETTLES_MS = 5 * MINUTE;
const ROOMS = "\nStop the Doorman that the file is from first: two that hold one store would undo each other.";

/** Adds `import`. */
export function addImport(parent: Command, run: Run): void {
  parent
    .command("import")
    .description("takes in what export wrote: campaigns, and what was held where nothing is held here yet")
    .argument("<file>", "- is standard input")
    .option("--replace", "puts campaigns in place of others of the same name")
    .addHelpText("after", ROOMS)
    .action((file: string, options: Options, command: Command) => run(command, (job) => importAll(job, file, options)));
}

async function importAll(job: Job, file: string, { replace }: Options): Promise<Answer> {
  const everything = readExport(file, await readText(job.surroundings, file));
  const planned = await plan(job, everything.campaigns);
  const others = planned.filter(({ item, read }) => read !== undefined && !isSameText(item, read)).map(({ item }) => item.campaignId);
  if (others.length > 0 && replace !== true) {
    throw conflict(`nothing was imported: ${others.join(", ")} differ here from the file; --replace puts the file's in their place`);
  }
  // What is held has to be there before the campaigns are: one that is on would take its own value for the base.
  const { workings, campaigns, afterwards } = job.place();
  const targets = workings === undefined ? 0 : await takeUp(job, workings, everything);
  for (const { item, read } of planned) {
    if (!(await campaigns.replace(item, read))) throw conflict(`somebody else changed campaign ${item.campaignId} meanwhile: import again`);
  }
  const counts = { campaigns: planned.length, targets, history: workings === undefined ? 0 : everything.history.length };
  return {
    json: { ok: true, ...counts },
    text: (style: Style) =>
      [
        `${counts.campaigns} campaigns, ${counts.targets} coupons and promotions, ${counts.history} entries of history were imported`,
        style.faint(afterwards),
      ]
        .filter((line) => line !== "")
        .join("\n"),
  };
}

async function plan(job: Job, items: Exported["campaigns"]): Promise<readonly Planned[]> {
  const planned: Planned[] = [];
  for (const item of items) {
    const { storeId, campaignId } = item;
    if (typeof storeId !== "string" || typeof campaignId !== "string")
      throw new Refusal('the file holds a campaign without "storeId" or "campaignId"');
    planned.push({ item: { ...item, storeId, campaignId }, read: (await job.place().campaigns.get(storeId, campaignId))?.item });
  }
  return planned;
}

/** @returns how many targets were not held here, and now are as the file says. */
async function takeUp(job: Job, { state, history }: Workings, { stores, calendars, targets, history: entries }: Exported): Promise<number> {
  for (const { storeId, timeZone } of stores) await state.writeStore(storeId, { timeZone, pausedKinds: {} }, 0);
  // Without a fingerprint it counts as not compiled.
  for (const { storeId, name, copy } of calendars) await state.writeCalendar(storeId, name, { ...copy, fingerprint: "" }, 0);
  let taken = 0;
  for (const { storeId, target, state: held } of targets) {
    const fresh = { ...held, dueAt: plus(job.now, SETTLES_MS), owedSince: undefined, attemptsBegun: 0, failuresInARow: 0 };
    if (await state.writeTarget(storeId, target, fresh, 0)) taken += 1;
  }
  for (const entry of entries) await history.record(entry);
  return taken;
}
