import type { Command } from "commander";
import { ended } from "../../application/commands/shortcuts.ts";
import type { Run } from "../frame/job.ts";
import { type MotiveOptions, motiveOf, steer } from "../frame/steer.ts";

/** Adds `campaign end`. */
export function addCampaignEnd(parent: Command, run: Run): void {
  parent
    .command("end")
    .description("closes the window that is open now; later ones open as planned")
    .argument("<campaignId>")
    .option("--reason <text>", "why", "ended early")
    .option("--by <name>", "who")
    .action((campaignId: string, options: MotiveOptions, command: Command) =>
      run(command, async (job) => {
        const motive = motiveOf(options);
        return steer(job, campaignId, (item, { present }) => (present.ok ? ended(item, present.value, motive) : present));
      }),
    );
}
