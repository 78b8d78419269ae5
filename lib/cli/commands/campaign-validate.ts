import type { Command } from "commander";
import { readCampaignSheet } from "../files/campaign-sheet.ts";
import { readRecords } from "../files/read-records.ts";
import type { Job, Run } from "../frame/job.ts";
import { foretoldOf } from "../frame/preview.ts";
import { checkRecords, type PlacedRecord, refusedRecords, withForetold, zonesOf } from "../frame/put-records.ts";
import { plain } from "../text/plain.ts";

/** Adds `campaign validate`. */
export function addCampaignValidate(parent: Command, run: Run): void {
  parent
    .command("validate")
    .description("says what is wrong with campaign files, without putting them; needs no Doorman")
    .argument("<files...>", "JSON, YAML or CSV files")
    .action((files: string[], _options: object, command: Command) => run(command, (job) => validate(job, files)));
}

async function validate(job: Job, files: readonly string[]) {
  const placed: PlacedRecord[] = [];
  for (const file of files) {
    const isSheet = file.toLowerCase().endsWith(".csv");
    placed.push(...(isSheet ? await readCampaignSheet(job.surroundings, file) : await readRecords(job.surroundings, [file])));
  }
  const { local, aws } = job.choice;
  // Without a Doorman named, none is asked: files are checked where none runs, too.
  const isAlone = local !== true && aws !== true;
  const zoneOf = isAlone ? async () => job.zone : zonesOf(job);
  const { good, bad } = await checkRecords(placed, job, zoneOf);
  if (bad.length > 0) return refusedRecords(bad, "");
  const items = good.map(({ item }) => item);
  const told = withForetold(good, await foretoldOf(job, items, isAlone ? "by themselves" : "in the store"));
  const warnings = told.flatMap(({ item, warnings: each }) => each.map((message) => ({ campaignId: item.campaignId, message })));
  return {
    json: { ok: true, campaigns: good.map(({ item }) => ({ storeId: item.storeId, campaignId: item.campaignId })), warnings },
    text: () =>
      [
        ...warnings.map(({ campaignId, message }) => plain(`${campaignId}: warning: ${message}`)),
        `${good.length} ${good.length === 1 ? "record is" : "records are"} good`,
      ].join("\n"),
  };
}
