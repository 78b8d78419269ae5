import { Command, Option } from "commander";
import packageJson from "../../package.json" with { type: "json" };
import { addAt } from "./commands/at.ts";
import { addCampaignCommands } from "./commands/campaign.ts";
import { addExport } from "./commands/export.ts";
import { addHalt } from "./commands/halt.ts";
import { addHistory } from "./commands/history.ts";
import { addImport } from "./commands/import.ts";
import { addNow } from "./commands/now.ts";
import { addPlan } from "./commands/plan.ts";
import { addResume } from "./commands/resume.ts";
import { addStoreCommands } from "./commands/store.ts";
import { addWhy } from "./commands/why.ts";
import type { Run } from "./frame/job.ts";
import type { Terminal } from "./frame/surroundings.ts";

const CLOSING = `
Exit codes: 0 done; 1 it could not be done; 2 asked for wrongly;
3 somebody else wrote first.
Times: 2026-11-27T18:00 on the campaign's or the store's wall clock, or with an
offset or Z.`;

/** @returns the `doorman` command with all that is below it; nothing is printed and no process ended but through what is handed in. */
export function createProgram(run: Run, terminal: Terminal): Command {
  const program = new Command("doorman");
  program
    .description("Decides who an Ecwid store's discounts are open to, and when.")
    .version(packageJson.version, "--version", "the version of Doorman")
    .configureHelp({ showGlobalOptions: true, helpWidth: terminal.columns })
    .configureOutput({
      writeOut: (text) => terminal.print(text),
      // What is wrong is said once, in one line, by whoever catches the error.
      writeErr: () => {},
      getOutHelpWidth: () => terminal.columns,
      getOutHasColors: () => false,
    })
    .exitOverride()
    .addHelpText("after", CLOSING);
  addGlobalOptions(program);
  addStoreCommands(program, run);
  addCampaignCommands(program, run);
  for (const add of [addPlan, addAt, addWhy, addHistory, addNow, addExport, addImport, addHalt, addResume]) add(program, run);
  return program;
}

function addGlobalOptions(program: Command): void {
  const options: readonly (readonly [flags: string, description: string])[] = [
    ["--local", "the Doorman on this machine, at DOORMAN_DATABASE_PORT (the default)"],
    ["--aws", "the one on AWS, by the tables and queues named below"],
    ["--folder <dir>", "a plain folder of campaign files; nothing runs there"],
    ["--store <id>", "the store's number, such as 1003 (ECWID_STORE_ID)"],
    ["--zone <name>", "the time zone where neither campaign nor store has one"],
    ["--json", "one JSON document, for machines"],
  ];
  for (const [flags, description] of options) program.option(flags, description);
  const onAws: readonly (readonly [flags: string, variable: string])[] = [
    ["--campaigns-table <name>", "DOORMAN_CAMPAIGNS_TABLE"],
    ["--state-table <name>", "DOORMAN_STATE_TABLE"],
    ["--history-table <name>", "DOORMAN_HISTORY_TABLE"],
    ["--queue-url <urls>", "DOORMAN_QUEUE_URL, the stack's output QueueUrl as it is"],
  ];
  for (const [flags, variable] of onAws) program.addOption(new Option(flags, `with --aws (${variable})`));
}
