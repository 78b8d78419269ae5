import type { Command } from "commander";
import { isNumericId, nameInCalendarRecordId, storeId } from "../../domain/identifiers.ts";
import { findCampaign } from "../frame/find-campaign.ts";
import type { Job, Run } from "../frame/job.ts";
import { previewOf } from "../frame/preview.ts";
import { lockOf, recordName } from "../frame/put-records.ts";
import { conflict } from "../frame/refusal.ts";
import { recordsOf } from "../frame/views.ts";
import type { Style } from "../text/style.ts";
import { differenceJson, differenceText } from "../text/switch-difference.ts";

interface Options {
  readonly dryRun?: boolean;
  readonly lock?: string;
}

/** Adds `campaign delete`. */
export function addCampaignDelete(parent: Command, run: Run): void {
  parent
    .command("delete")
    .description("removes a campaign; what it holds goes back at once")
    .argument("<campaignId>")
    .option("--dry-run", "writes nothing, and shows which switches would change")
    .option("--lock <text>", "only if the campaign is still what campaign get showed")
    .action((campaignId: string, options: Options, command: Command) => run(command, (job) => remove(job, campaignId, options)));
}

async function remove(job: Job, campaignId: string, { dryRun, lock }: Options) {
  const { storeId: store, item } = await findCampaign(job, campaignId);
  if (lock !== undefined && lock !== lockOf(job, item))
    throw conflict(`campaign ${campaignId} is no longer what --lock names: get it again`);
  const name = `${recordName(campaignId)} of store ${store}`;
  if (dryRun === true) {
    const differences = await previewOf(job, [{ storeId: store, campaignId, item: undefined }]);
    const usedBy = await usersOf(job, store, campaignId);
    return {
      json: {
        ok: true,
        dryRun: true,
        storeId: store,
        campaignId,
        ...(usedBy.length > 0 && { usedBy }),
        stores: differences.map(differenceJson),
      },
      text: (style: Style) =>
        [
          `would be removed: ${name}`,
          ...(usedBy.length === 0
            ? []
            : [`  warning: ${usedBy.join(", ")} ${usedBy.length === 1 ? "names" : "name"} it in except: take it out there first`]),
          ...differences.map((each) => differenceText(each, job.now, style)),
          style.faint("Nothing was written."),
        ].join("\n"),
    };
  }
  const { campaigns, afterwards } = job.place();
  if (!(await campaigns.remove(store, campaignId, item)))
    throw conflict(`somebody else changed campaign ${campaignId} meanwhile, so it was left as it is: try again`);
  return {
    json: { ok: true, storeId: store, campaignId, effect: "removed" },
    text: (style: Style) => [`${name}: removed`, style.faint(afterwards)].filter((line) => line !== "").join("\n"),
  };
}

/** The campaigns that name a calendar in `except`; none for a campaign. */
async function usersOf(job: Job, store: string, recordId: string): Promise<readonly string[]> {
  const name = nameInCalendarRecordId(recordId);
  if (name === undefined || !isNumericId(store)) return [];
  const records = await recordsOf(job, storeId(store));
  return records.filter(({ item: { except } }) => Array.isArray(except) && except.includes(name)).map(({ campaignId }) => campaignId);
}
