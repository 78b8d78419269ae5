import type { Command } from "commander";
import { resumeAll } from "../../application/commands/kill-switch.ts";
import type { Answer, Job, Run } from "../frame/job.ts";
import { stopJson, stopText } from "../text/stop-text.ts";

/** Adds `resume`. */
export function addResume(program: Command, run: Run): void {
  program
    .command("resume")
    .description("lets Doorman go on after a halt: what is overdue is done within a minute or so")
    .action((_options: object, command: Command) => run(command, resume));
}

async function resume(job: Job): Promise<Answer> {
  const before = await resumeAll(job.workings().state);
  const said =
    before === undefined
      ? "Doorman is not stopped"
      : `Doorman goes on; it was stopped${stopText(before)}\nThe next tick takes up all that is overdue: doorman history shows it, and how late it came.`;
  return {
    json: { ok: true, effect: before === undefined ? "unchanged" : "resumed", was: before === undefined ? null : stopJson(before) },
    text: () => said,
  };
}
