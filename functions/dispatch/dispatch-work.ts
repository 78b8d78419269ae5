import { runTick, type TickDependencies } from "../../lib/application/dispatch/run-tick.ts";
import type { Work } from "../runtime/house-handler.ts";

/** @returns what the dispatch function does each minute; the event only says that the minute has come. */
export function createDispatchWork(dependencies: TickDependencies): Work<unknown, void> {
  return (_event, deadline) => runTick(dependencies, deadline);
}
