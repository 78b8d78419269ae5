import type { Command } from "commander";
import { stopAll } from "../../application/commands/kill-switch.ts";
import type { Answer, Job, Run } from "../frame/job.ts";
import { type MotiveOptions, motiveOf } from "../frame/steer.ts";
import { stopJson, stopText } from "../text/stop-text.ts";

/** Adds `halt`. */
export function addHalt(program: Command, run: Run): void {
  program
    .command("halt")
    .description("stops all of Doorman within a minute: nothing is asked of Ecwid and nothing is put back, until somebody resumes it")
    .requiredOption("--reason <text>", "why")
    .option("--by <name>", "who")
    .addHelpText("after", "\nTo stop one campaign, and have it put back what it holds: doorman campaign pause.")
    .action((options: MotiveOptions, command: Command) => run(command, (job) => halt(job, options)));
}

async function halt(job: Job, options: MotiveOptions): Promise<Answer> {
  const stop = { ...motiveOf(options), since: job.now };
  const before = await stopAll(job.workings().state, stop);
  const said =
    before === undefined
      ? `Doorman is stopped${stopText(stop)}\nWhat it holds stays as it is in Ecwid, and what falls due stays due. To go on: doorman resume`
      : `Doorman was stopped already${stopText(before)}`;
  return {
    json: { ok: true, effect: before === undefined ? "stopped" : "unchanged", stopped: stopJson(before ?? stop) },
    text: () => said,
  };
}
