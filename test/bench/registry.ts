import type { Measure } from "./measure.ts";
import { cold } from "./measures/cold.ts";
import { compile } from "./measures/compile.ts";
import { cost } from "./measures/cost.ts";
import { idle } from "./measures/idle.ts";
import { lateness } from "./measures/lateness.ts";
import { requests } from "./measures/requests.ts";
import { stores } from "./measures/stores.ts";
import { wave } from "./measures/wave.ts";
import { worker } from "./measures/worker.ts";

/** Everything that `npm run bench` measures, in the order of docs/performance.md. A new measure is a file and a line here. */
export const MEASURES: readonly Measure[] = [lateness, idle, wave, stores, requests, cost, worker, cold, compile];
