import { MINUTE } from "../../../lib/domain/instant.ts";
import type { Conditions } from "./alarm-evaluation.ts";

/** What AWS does not promise, at both ends: an alarm has to be right in all of them. */
export const CONDITIONS: readonly Conditions[] = [0, 2, 10].flatMap((extraPeriods) =>
  [0, 2 * MINUTE].map((delayMs) => ({ extraPeriods, delayMs })),
);
