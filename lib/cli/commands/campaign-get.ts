import type { Command } from "commander";
import { stringify } from "yaml";
import { formatOf } from "../../adapters/files/record-file.ts";
import { writeWhole } from "../files/write-whole.ts";
import { findCampaign } from "../frame/find-campaign.ts";
import type { Job, Run } from "../frame/job.ts";
import { lockOf } from "../frame/put-records.ts";

interface Options {
  readonly yaml?: boolean;
  readonly status?: boolean;
  readonly output?: string;
}

/** Adds `campaign get`. */
export function addCampaignGet(parent: Command, run: Run): void {
  parent
    .command("get")
    .description("shows a campaign's record, ready to be edited and put again")
    .argument("<campaignId>")
    .option("--yaml", "as YAML")
    .option("--output <file>", "into a file, instead of showing it; .yaml makes it YAML")
    .option("--status", "with what Doorman says of it")
    .addHelpText("after", "\nWith --json the record comes with its lock, for campaign put --lock.")
    .action((campaignId: string, options: Options, command: Command) => run(command, (job) => get(job, campaignId, options)));
}

async function get(job: Job, campaignId: string, { yaml, status: withStatus, output }: Options) {
  const { storeId, item } = await findCampaign(job, campaignId);
  const { status, ...typed } = item;
  const shown = withStatus === true && status !== undefined ? { ...typed, status } : typed;
  const text =
    yaml === true || (output !== undefined && formatOf(output) === "yaml") ? stringify(shown) : JSON.stringify(shown, undefined, 2);
  if (output !== undefined) {
    await writeWhole(job.surroundings.folder, output, [`${text.trimEnd()}\n`]);
    return { json: { ok: true, file: output }, text: () => `${output}: campaign ${campaignId} of store ${storeId}` };
  }
  return {
    json: { storeId, campaignId, lock: lockOf(job, item), record: typed, ...(status !== undefined && { status }) },
    text: () => text,
  };
}
