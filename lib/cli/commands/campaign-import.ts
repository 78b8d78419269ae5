import type { Command } from "commander";
import { readCampaignSheet } from "../files/campaign-sheet.ts";
import type { Run } from "../frame/job.ts";
import { putRecords } from "../frame/put-records.ts";

interface Options {
  readonly dryRun?: boolean;
}

const COLUMNS = `
The first row names the columns: campaignId, name, start, end, timeZone, repeat, except, couponId, applicationLimit, afterwards,
promotionId, addGroups, removeGroups, setGroups, priority, onManualEdit, ignoreFreeze, enabled, note; storeId too, unless --store names it.
A campaign has a row for each of its coupons and promotions; lists in a cell are parted by blanks.`;

/** Adds `campaign import`. */
export function addCampaignImport(parent: Command, run: Run): void {
  parent
    .command("import")
    .description("puts campaigns from a spreadsheet saved as CSV; with one row that is wrong, none is put")
    .argument("<file>", "commas, semicolons or tabs; - is standard input")
    .option("--dry-run", "writes nothing, and shows which switches would change")
    .addHelpText("after", COLUMNS)
    .action((file: string, options: Options, command: Command) =>
      run(command, async (job) => putRecords(job, await readCampaignSheet(job.surroundings, file), options)),
    );
}
