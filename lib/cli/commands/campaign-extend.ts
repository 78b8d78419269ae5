import type { Command } from "commander";
import { extended } from "../../application/commands/shortcuts.ts";
import { parseMoment, placeMoment } from "../../application/record/moment.ts";
import { failure } from "../../domain/result.ts";
import type { Answer, Job, Run } from "../frame/job.ts";
import { badUse } from "../frame/refusal.ts";
import { type MotiveOptions, motiveOf, steer } from "../frame/steer.ts";
import { durationOf, momentText } from "../text/moments.ts";

/** Adds `campaign extend`. */
export function addCampaignExtend(parent: Command, run: Run): void {
  parent
    .command("extend")
    .description("keeps a campaign that is on open for longer than its window")
    .argument("<campaignId>")
    .argument("<howLong>", "a duration such as 90m, 2h or 1d, or the time at which it is to close")
    .option("--reason <text>", "why", "extended")
    .option("--by <name>", "who")
    .action((campaignId: string, howLong: string, options: MotiveOptions, command: Command) =>
      run(command, async (job) => extend(job, campaignId, howLong, options)),
    );
}

function extend(job: Job, campaignId: string, howLong: string, options: MotiveOptions): Promise<Answer> {
  const motive = motiveOf(options);
  const ms = durationOf(howLong);
  const moment = parseMoment(momentText(howLong));
  if (ms === undefined && moment === undefined)
    throw badUse(`"${howLong}" is neither a duration such as 2h nor a time such as 2026-11-28T12:00`);
  return steer(job, campaignId, (item, { present, timeZone }) => {
    if (!present.ok) return present;
    if (ms !== undefined) return extended(item, present.value, { ms }, motive);
    const to = moment === undefined ? undefined : placeMoment(moment, timeZone);
    return to === undefined ? failure("the time has no zone to be read in") : extended(item, present.value, { to }, motive);
  });
}
