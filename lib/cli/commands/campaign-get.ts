import type { Command } from "commander";
import { stringify } from "yaml";
import { findCampaign } from "../frame/find-campaign.ts";
import type { Job, Run } from "../frame/job.ts";
import { lockOf } from "../frame/put-records.ts";

interface Options {
  readonly yaml?: boolean;
  readonly status?: boolean;
}

/** Adds `campaign get`. */
export function addCampaignGet(parent: Command, run: Run): void {
  parent
    .command("get")
    .description("shows a campaign's record, ready to be edited and put again")
    .argument("<campaignId>")
    .option("--yaml", "as YAML")
    .option("--status", "with what Doorman says of it")
    .addHelpText("after", "\nWith --json the record comes with its lock, for campaign put --lock.")
    .action((campaignId: string, options: Options, command: Command) => run(command, (job) => get(job, campaignId, options)));
}

async function get(job: Job, campaignId: string, { yaml, status: withStatus }: Options) {
  const { storeId, item } = await findCampaign(job, campaignId);
  const { status, ...typed } = item;
  const shown = withStatus === true && status !== undefined ? { ...typed, status } : typed;
  return {
    json: { storeId, campaignId, lock: lockOf(job, item), record: typed, ...(status !== undefined && { status }) },
    text: () => (yaml === true ? stringify(shown) : JSON.stringify(shown, undefined, 2)),
  };
}
