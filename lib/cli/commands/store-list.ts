import type { Command } from "commander";
import type { Job, Run } from "../frame/job.ts";
import { stopNote } from "../frame/stop.ts";
import { viewsOf } from "../frame/views.ts";
import { findingsOf, storeJson } from "../text/store-text.ts";
import type { Style } from "../text/style.ts";
import { table } from "../text/table.ts";

/** Adds `store list`. */
export function addStoreList(parent: Command, run: Run): void {
  parent
    .command("list")
    .description("shows every store that Doorman knows or that has a campaign")
    .action((_options: object, command: Command) => run(command, list));
}

async function list(job: Job) {
  const stores = (await viewsOf(job)).map(({ storeId, store, timeZone, copies }) => {
    const findings = store === undefined ? [] : findingsOf(store, job.now);
    const bad = findings.filter(({ isGood }) => !isGood).map(({ about, message }) => `${about}: ${message}`);
    return { storeId, store, timeZone, campaigns: copies.length, findings, bad };
  });
  const halted = await stopNote(job);
  return {
    json: stores.map(({ storeId, store, campaigns, findings }) => ({
      ...storeJson(storeId, store ?? { pausedKinds: {} }, findings),
      campaigns,
      ...halted.json,
    })),
    text: (style: Style) => {
      if (stores.length === 0) return [...halted.lines, "no store"].join("\n");
      const rows = stores.map(({ storeId, timeZone, campaigns, store, bad }) => {
        const state = store === undefined ? "-" : bad.length === 0 ? "good" : bad.join("; ");
        return [storeId, timeZone ?? "not known", String(campaigns), state];
      });
      return [...halted.lines, table(style, ["store", "zone", "campaigns", "state"], rows)].join("\n");
    },
  };
}
