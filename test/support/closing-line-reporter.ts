import type { SerializedError } from "vitest";
import type { Reporter, TestModule, TestRunEndReason } from "vitest/node";

/** What a run came to, in tests. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

type Collected = Pick<TestModule, "errors"> & {
  readonly children: {
    allTests(state: "passed" | "failed" | "skipped" | "pending"): Iterable<unknown>;
    allSuites(): Iterable<Pick<TestModule, "errors">>;
  };
};

/**
 * Counts a finished run. What is not a test and yet went wrong counts as failed: a file that did not load, a suite whose hook threw,
 * an error outside any test, a test that never ended, no test at all, and a run that Vitest itself calls failed for another reason.
 */
export function tallyOf(modules: readonly Collected[], unhandledErrors: number, reason: TestRunEndReason): Tally {
  const count = (state: "passed" | "failed" | "skipped" | "pending") =>
    modules.reduce((sum, each) => sum + [...each.children.allTests(state)].length, 0);
  const broken = modules.flatMap((each) => [each, ...each.children.allSuites()]).filter((each) => each.errors().length > 0).length;
  const passed = count("passed");
  const failed = count("failed") + count("pending") + broken + unhandledErrors;
  const nothingToShow = failed === 0 && (passed === 0 || reason !== "passed");
  return { passed, failed: nothingToShow ? 1 : failed, skipped: count("skipped") };
}

/** @returns `N passed, N failed`, with `, N skipped` where tests were skipped. CI reads this line. */
export function closingLine({ passed, failed, skipped }: Tally): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
}

/**
 * @param before the closing line of an earlier run that this one speaks for too; undefined or empty if there is none. Any other text is a run that
 * broke off, and counts as failed.
 * @returns what both came to.
 */
export function withEarlier(tally: Tally, before: string | undefined): Tally {
  if (before === undefined || before === "") return tally;
  const [, passed = 0, failed = 1, skipped = 0] = /^(\d+) passed, (\d+) failed(?:, (\d+) skipped)?$/.exec(before) ?? [];
  return { passed: tally.passed + Number(passed), failed: tally.failed + Number(failed), skipped: tally.skipped + Number(skipped) };
}

/** Prints the closing line as the last thing that the process says; `DOORMAN_TESTED_BEFORE` is that of a run before it, which .ci/run adds. */
export default class ClosingLineReporter implements Reporter {
  #tally: Tally = { passed: 0, failed: 1, skipped: 0 };

  onInit(): void {
    process.once("exit", () => {
      const tally = withEarlier(this.#tally, process.env["DOORMAN_TESTED_BEFORE"]);
      if (tally.failed > 0 && !process.exitCode) process.exitCode = 1;
      process.stdout.write(`\n${closingLine(tally)}\n`);
    });
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[], reason: TestRunEndReason): void {
    this.#tally = tallyOf(modules, unhandledErrors.length, reason);
  }
}
