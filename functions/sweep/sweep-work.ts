import { runSweep, type SweepDependencies } from "../../lib/application/sweep/run-sweep.ts";
import type { Work } from "../runtime/house-handler.ts";

/** @returns what the sweep function does each hour; the event only says that the hour has come. */
export function createSweepWork(dependencies: SweepDependencies): Work<unknown, void> {
  return (_event, deadline) => runSweep(dependencies, deadline);
}
