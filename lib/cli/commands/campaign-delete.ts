import type { Command } from "commander";
import { findCampaign } from "../frame/find-campaign.ts";
import type { Job, Run } from "../frame/job.ts";
import { previewOf } from "../frame/preview.ts";
import type { Style } from "../text/style.ts";
import { differenceJson, differenceText } from "../text/switch-difference.ts";

interface Options {
  readonly dryRun?: boolean;
}

/** Adds `campaign delete`. */
export function addCampaignDelete(parent: Command, run: Run): void {
  parent
    .command("delete")
    .description("removes a campaign; what it holds goes back at once")
    .argument("<campaignId>")
    .option("--dry-run", "writes nothing, and shows which switches would change")
    .action((campaignId: string, options: Options, command: Command) => run(command, (job) => remove(job, campaignId, options)));
}

async function remove(job: Job, campaignId: string, { dryRun }: Options) {
  const { storeId } = await findCampaign(job, campaignId);
  const name = `campaign ${campaignId} of store ${storeId}`;
  if (dryRun === true) {
    const differences = await previewOf(job, [{ storeId, campaignId, item: undefined }]);
    return {
      json: { ok: true, dryRun: true, storeId, campaignId, stores: differences.map(differenceJson) },
      text: (style: Style) =>
        [
          `would be removed: ${name}`,
          ...differences.map((each) => differenceText(each, job.now, style)),
          style.faint("Nothing was written."),
        ].join("\n"),
    };
  }
  const { campaigns, afterwards } = job.place();
  await campaigns.remove(storeId, campaignId);
  return {
    json: { ok: true, storeId, campaignId, effect: "removed" },
    text: (style: Style) => [`${name}: removed`, style.faint(afterwards)].filter((line) => line !== "").join("\n"),
  };
}
