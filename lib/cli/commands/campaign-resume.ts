import type { Command } from "commander";
import { resumed } from "../../application/commands/shortcuts.ts";
import { success } from "../../domain/result.ts";
import type { Run } from "../frame/job.ts";
import { steer } from "../frame/steer.ts";

/** Adds `campaign resume`. */
export function addCampaignResume(parent: Command, run: Run): void {
  parent
    .command("resume")
    .description("undoes pause, skip and end: the campaign goes by its windows again")
    .argument("<campaignId>")
    .action((campaignId: string, _options: object, command: Command) =>
      run(command, (job) => steer(job, campaignId, (item, { present }) => success(resumed(item, present.ok ? present.value : undefined)))),
    );
}
