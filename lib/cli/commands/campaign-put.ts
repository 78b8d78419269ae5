import type { Command } from "commander";
import { readRecords } from "../files/read-records.ts";
import type { Run } from "../frame/job.ts";
import { putRecords } from "../frame/put-records.ts";

interface Options {
  readonly dryRun?: boolean;
  readonly lock?: string;
}

/** Adds `campaign put`. */
export function addCampaignPut(parent: Command, run: Run): void {
  parent
    .command("put")
    .description("puts campaigns from JSON or YAML files, one or many; with one that is broken, none is put")
    .argument("<files...>", "a file each with a campaign, a list, or YAML documents; - is standard input")
    .option("--dry-run", "writes nothing, and shows which switches would change")
    .option("--lock <text>", "only if the campaign is still what campaign get showed")
    .action((files: string[], options: Options, command: Command) =>
      run(command, async (job) => putRecords(job, await readRecords(job.surroundings, files), options)),
    );
}
