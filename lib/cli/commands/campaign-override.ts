import { Argument, type Command } from "commander";
import { overridden } from "../../application/commands/shortcuts.ts";
import { formatLocal } from "../../domain/instant.ts";
import { success } from "../../domain/result.ts";
import type { Answer, Job, Run } from "../frame/job.ts";
import { type MotiveOptions, motiveOf, steer } from "../frame/steer.ts";
import { readUntil, untilAhead } from "../frame/until.ts";

interface Options extends MotiveOptions {
  readonly until: string;
}

type State = "on" | "off";

/** Adds `campaign override`. */
export function addCampaignOverride(parent: Command, run: Run): void {
  parent
    .command("override")
    .description("forces a campaign on or off until a time at which it lapses by itself")
    .argument("<campaignId>")
    .addArgument(new Argument("<state>", "what it is forced to").choices(["on", "off"]))
    .requiredOption("--until <time>", "required: when it lapses, or after how long (2h)")
    .requiredOption("--reason <text>", "required: why, for those who come after")
    .option("--by <name>", "who")
    .action((campaignId: string, state: State, options: Options, command: Command) =>
      run(command, async (job) => override(job, campaignId, state, options)),
    );
}

function override(job: Job, campaignId: string, state: State, options: Options): Promise<Answer> {
  const until = readUntil(options.until, job.now);
  const motive = motiveOf(options);
  return steer(job, campaignId, (item, { timeZone }) => {
    const at = untilAhead(until, timeZone, job.now);
    if (!at.ok) return at;
    const said = `is ${state === "on" ? "forced on" : "held off"} until ${formatLocal(at.value, timeZone ?? "UTC")}`;
    const changed = overridden(item, state, until, motive);
    if (!changed.ok) return changed;
    return success({ item: changed.value, said });
  });
}
