import type { Command } from "commander";
import type { StoreId } from "../../domain/identifiers.ts";
import { ask, DEFAULT_WAIT, WAIT_HELP } from "../frame/ask.ts";
import { type Answer, type Job, type Run, readStoreId } from "../frame/job.ts";
import { findingLines, findingsOf, storeJson } from "../text/store-text.ts";

interface Options {
  readonly wait: string;
}

/** Adds `store check`. */
export function addStoreCheck(parent: Command, run: Run): void {
  parent
    .command("check")
    .description("has Doorman look at a store in Ecwid, and shows token and zone, and what Ecwid has refused so far of plan and scopes")
    .argument("<storeId>")
    .option("--wait <duration>", WAIT_HELP, DEFAULT_WAIT)
    .action((typed: string, { wait }: Options, command: Command) =>
      run(command, async (job) => checked(job, readStoreId("the store", typed), wait)),
    );
}

/** @returns what a look at the store has shown; a failure if anything of it is not good. */
export async function checked(job: Job, storeId: StoreId, wait: string): Promise<Answer> {
  const { store } = await ask(job, storeId, { because: "doorman store check", wait });
  const findings = findingsOf(store, job.surroundings.clock.now());
  return {
    isFailure: findings.some(({ isGood }) => !isGood),
    json: { ok: findings.every(({ isGood }) => isGood), ...storeJson(storeId, store, findings) },
    text: () => [`store ${storeId}`, ...findingLines(findings)].join("\n"),
  };
}
