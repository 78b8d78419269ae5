import type { Command } from "commander";
import type { Run } from "../frame/job.ts";
import { addStoreAdd } from "./store-add.ts";
import { addStoreCheck } from "./store-check.ts";
import { addStoreList } from "./store-list.ts";

/** Adds `store` and all that can be done with one. */
export function addStoreCommands(program: Command, run: Run): void {
  const store = program.command("store").description("adds, lists and checks stores");
  for (const add of [addStoreAdd, addStoreList, addStoreCheck]) add(store, run);
}
