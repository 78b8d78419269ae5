import type { Command } from "commander";
import { DEFAULT_WAIT, WAIT_HELP } from "../frame/ask.ts";
import { type Answer, type Job, type Run, readStoreId } from "../frame/job.ts";
import { badUse, Refusal } from "../frame/refusal.ts";
import { checked } from "./store-check.ts";

interface Options {
  readonly check: boolean;
  readonly wait: string;
}

/** Adds `store add`. */
export function addStoreAdd(parent: Command, run: Run): void {
  parent
    .command("add")
    .description("puts a store's Ecwid token, read from standard input, into Secrets Manager; then checks the store")
    .argument("<storeId>")
    .option("--no-check", "does not have Doorman look at the store")
    .option("--wait <duration>", WAIT_HELP, DEFAULT_WAIT)
    .addHelpText("after", "\nThe token is typed unseen or piped in, and is never an argument:  doorman store add 1003 --aws < token.txt")
    .action((typed: string, options: Options, command: Command) => run(command, (job) => add(job, typed, options)));
}

async function add(job: Job, typed: string, { check, wait }: Options): Promise<Answer> {
  const storeId = readStoreId("the store", typed);
  const { tokens } = job.place();
  if (typeof tokens === "string") throw badUse(tokens);
  const token = await job.surroundings.terminal.secret(`Ecwid token of store ${storeId} (it is not shown): `);
  if (token.trim() === "") throw badUse("no token came in through standard input");
  const put = await tokens.put(storeId, token);
  if (!put.ok) throw new Refusal(put.failure);
  const said = `store ${storeId}: token ${put.value}`;
  if (!check) return { json: { ok: true, storeId, token: put.value }, text: () => said };
  const answer = await checked(job, storeId, wait);
  const json = typeof answer.json === "object" && answer.json !== null ? answer.json : {};
  return { ...answer, json: { ...json, token: put.value }, text: (style) => `${said}\n${answer.text(style)}` };
}
