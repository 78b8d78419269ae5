import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";

/**
 * What to try mutants against, separated by commas: suites ("unit"), folders or files of them ("unit/record", "integration/looks*").
 * Fewer suites are quicker, and a mutant that they leave alive may still be killed by another.
 */
const SUITES = (process.env["MUTATION_SUITES"] ?? "unit,integration").split(",");

/** A mutant that leaves a test waiting for ever is found out after so long; the slowest test takes a third of it. */
const LONGEST_TEST_MS = Number(process.env["MUTATION_TEST_MS"] ?? 120_000);

/** The first test that fails ends a mutant's run, and Vitest's own order begins with the slowest file: here examples come before laws. */
class QuickFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return files.toSorted((one, other) => other.moduleId.localeCompare(one.moduleId));
  }
}

/** What mutants are tried against: the suites that say how domain and application behave, without those that start processes or servers. */
export default defineConfig({
  test: {
    include: SUITES.flatMap((suite) => [`test/${suite}/**/*.test.ts`, `test/${suite}.test.ts`]),
    exclude: ["test/integration/cli*.test.ts", "test/integration/one-machine.test.ts", "test/unit/windows/bounded-search.test.ts"],
    setupFiles: ["test/support/few-cases.ts"],
    sequence: { sequencer: QuickFirst },
    testTimeout: LONGEST_TEST_MS,
    hookTimeout: 180_000,
    pool: "forks",
    isolate: process.env["MUTATION_ISOLATE"] !== "no",
  },
});
