import type { Command } from "commander";
import { skipped } from "../../application/commands/shortcuts.ts";
import type { Run } from "../frame/job.ts";
import { type MotiveOptions, motiveOf, steer } from "../frame/steer.ts";

/** Adds `campaign skip`. */
export function addCampaignSkip(parent: Command, run: Run): void {
  parent
    .command("skip")
    .description("leaves out a campaign's next window")
    .argument("<campaignId>")
    .option("--reason <text>", "why", "skipped once")
    .option("--by <name>", "who")
    .action((campaignId: string, options: MotiveOptions, command: Command) =>
      run(command, async (job) => {
        const motive = motiveOf(options);
        return steer(job, campaignId, (item, { present }) => (present.ok ? skipped(item, present.value, motive) : present));
      }),
    );
}
