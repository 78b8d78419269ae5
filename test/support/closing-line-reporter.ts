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

/** Prints the closing line as the last thing that the process says. */
export default class ClosingLineReporter implements Reporter {
  #tally: Tally = { passed: 0, failed: 1, skipped: 0 };

  onInit(): void {
    process.once("exit", () => {
      if (this.#tally.failed > 0 && !process.exitCode) process.exitCode = 1;
      process.stdout.write(`\n${closingLine(this.#tally)}\n`);
    });
  }

  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[], reason: TestRunEndReason): void {
    this.#tally = tallyOf(modules, unhandledErrors.length, reason);
  }
}
