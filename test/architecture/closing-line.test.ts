import { describe, expect, it } from "vitest";
import { closingLine, tallyOf, withEarlier } from "../support/closing-line-reporter.ts";

type State = "passed" | "failed" | "skipped" | "pending";

function moduleOf(states: readonly State[], errors: { readonly own?: number; readonly suites?: readonly number[] } = {}) {
  const errorsOf = (count: number) => () => Array.from({ length: count }, () => ({ message: "planted" }));
  return {
    errors: errorsOf(errors.own ?? 0),
    children: {
      allTests: (wanted: State) => states.filter((state) => state === wanted),
      allSuites: () => (errors.suites ?? []).map((count) => ({ errors: errorsOf(count) })),
    },
  };
}

describe("the closing line", () => {
  it("counts tests over all files", () => {
    const tally = tallyOf([moduleOf(["passed", "passed"]), moduleOf(["passed", "failed", "skipped"])], 0, "failed");

    expect(closingLine(tally)).toBe("3 passed, 1 failed, 1 skipped");
  });

  it("says nothing of skipped tests where there are none", () => {
    expect(closingLine(tallyOf([moduleOf(["passed"])], 0, "passed"))).toBe("1 passed, 0 failed");
  });

  it.each([
    ["a file that did not load", [moduleOf(["passed"]), moduleOf([], { own: 1 })], 0, "failed", "1 passed, 1 failed"],
    ["a suite whose hook threw", [moduleOf(["passed", "skipped"], { suites: [0, 1] })], 0, "failed", "1 passed, 1 failed, 1 skipped"],
    ["an error outside any test", [moduleOf(["passed"])], 2, "failed", "1 passed, 2 failed"],
    ["a test that never ended", [moduleOf(["passed", "pending"])], 0, "interrupted", "1 passed, 1 failed"],
    ["no file at all", [], 0, "failed", "0 passed, 1 failed"],
    ["no test that ran", [moduleOf(["skipped"])], 0, "passed", "0 passed, 1 failed, 1 skipped"],
    ["a run that failed for another reason", [moduleOf(["passed"])], 0, "failed", "1 passed, 1 failed"],
  ] as const)("counts %s as failed", (_, modules, unhandledErrors, reason, expected) => {
    expect(closingLine(tallyOf(modules, unhandledErrors, reason))).toBe(expected);
  });

  it.each([
    ["none", undefined, "5 passed, 1 failed"],
    ["none that was told", "", "5 passed, 1 failed"],
    ["a good one", "99 passed, 0 failed", "104 passed, 1 failed"],
    ["a bad one", "97 passed, 2 failed, 3 skipped", "102 passed, 3 failed, 3 skipped"],
    ["one that broke off", "Error: the stack was not created", "5 passed, 2 failed"],
  ])("speaks for an earlier run too: %s", (_, before, expected) => {
    const tally = withEarlier({ passed: 5, failed: 1, skipped: 0 }, before);

    expect(closingLine(tally)).toBe(expected);
  });
});
