import { parentPort } from "node:worker_threads";
import type { Instant } from "../../../lib/domain/instant.ts";
import { activeWindow } from "../../../lib/domain/windows/active-window.ts";
import { checkWindowRule } from "../../../lib/domain/windows/check-window-rule.ts";
import { lastEnd } from "../../../lib/domain/windows/last-end.ts";
import { nextChange } from "../../../lib/domain/windows/next-change.ts";
import type { Window, WindowRule } from "../../../lib/domain/windows/window-rule.ts";
import { windowsBetween } from "../../../lib/domain/windows/windows-between.ts";

export interface Question {
  readonly rule: WindowRule;
  readonly at: Instant;
}

/** Everything that can be asked of a rule at an instant. */
export interface Answers {
  readonly badFields: readonly string[];
  readonly change: Instant | undefined;
  readonly active: Window | undefined;
  readonly ended: Instant | undefined;
  /** The first window within a year. */
  readonly first: Window | undefined;
}

/** Instead of a question: keep more and more, as a search without bounds would. */
export const HOARD = "hoard";

const YEAR = 366 * 86_400_000;

parentPort?.on("message", (question: Question | typeof HOARD) => {
  if (question === HOARD) hoard();
  else parentPort?.postMessage(answersTo(question));
});

function answersTo({ rule, at }: Question): Answers {
  return {
    badFields: checkWindowRule(rule).problems.map(({ field }) => field),
    change: nextChange(rule, at),
    active: activeWindow(rule, at),
    ended: lastEnd(rule, at),
    first: windowsBetween(rule, at, (at + YEAR) as Instant, 1)[0],
  };
}

function hoard(): never {
  const kept: string[][] = [];
  for (;;) kept.push(Array.from({ length: 1_000 }, (_, index) => `kept ${kept.length} ${index}`));
}
