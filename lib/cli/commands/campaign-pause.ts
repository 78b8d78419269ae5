import type { Command } from "commander";
import { overridden, paused } from "../../application/commands/shortcuts.ts";
import { formatLocal } from "../../domain/instant.ts";
import { success } from "../../domain/result.ts";
import type { Answer, Job, Run } from "../frame/job.ts";
import { badUse } from "../frame/refusal.ts";
import { type MotiveOptions, motiveOf, steer } from "../frame/steer.ts";
import { readUntil, untilAhead } from "../frame/until.ts";

interface Options extends MotiveOptions {
  readonly until?: string;
}

/** Adds `campaign pause`. */
export function addCampaignPause(parent: Command, run: Run): void {
  parent
    .command("pause")
    .description("switches a campaign off: until it is resumed or, with --until, until then; what it holds goes back")
    .argument("<campaignId>")
    .option("--until <time>", "when the pause ends by itself, or after how long (2h)")
    .option("--reason <text>", "why; goes with --until")
    .option("--by <name>", "who; goes with --until")
    .action((campaignId: string, options: Options, command: Command) => run(command, (job) => pause(job, campaignId, options)));
}

function pause(job: Job, campaignId: string, options: Options): Promise<Answer> {
  if (options.until === undefined) {
    const stray = options.reason === undefined ? options.by : options.reason;
    if (stray !== undefined) throw badUse("a pause without --until keeps neither reason nor name: add --until, or leave them out");
    return steer(job, campaignId, (item) => success(paused(item)));
  }
  const until = readUntil(options.until, job.now);
  const motive = motiveOf(options);
  return steer(job, campaignId, (item, { timeZone }) => {
    const at = untilAhead(until, timeZone, job.now);
    if (!at.ok) return at;
    const changed = overridden(item, "off", until, motive);
    if (!changed.ok) return changed;
    return success({ item: changed.value, said: `is held off until ${formatLocal(at.value, timeZone ?? "UTC")}` });
  });
}
