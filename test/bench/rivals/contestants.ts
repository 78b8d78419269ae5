import { TWO_QUEUES } from "../world/limits.ts";
import type { Contestant } from "./contestant.ts";
import { doorman } from "./doorman.ts";
import { cronAndScan, periodTable } from "./scan.ts";
import { oneSchedulePerBoundary } from "./schedules.ts";

/** Doorman, and what one would otherwise build. */
export const CONTESTANTS: readonly Contestant[] = [
  doorman(),
  doorman("Doorman, 2 queues", TWO_QUEUES),
  cronAndScan,
  oneSchedulePerBoundary,
  periodTable(1),
  periodTable(5),
];
