import type { Instant } from "../../../lib/domain/instant.ts";
import { activeWindow } from "../../../lib/domain/windows/active-window.ts";
import { checkWindowRule } from "../../../lib/domain/windows/check-window-rule.ts";
import { lastEnd } from "../../../lib/domain/windows/last-end.ts";
import { nextChange } from "../../../lib/domain/windows/next-change.ts";
import { windowsBetween } from "../../../lib/domain/windows/windows-between.ts";
import { type Answers, HOARD, type Question } from "./bounded-search-questions.ts";

const YEAR = 366 * 86_400_000;

process.on("message", (question: Question | typeof HOARD) => {
  if (question === HOARD) hoard();
  else process.send?.(answersTo(question));
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
