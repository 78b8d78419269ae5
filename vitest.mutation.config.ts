import { defineConfig } from "vitest/config";

/** `MUTATION_SUITES=unit` asks the quick suites only; folders and files of them may be named too: `unit/record,integration/looks`. */
const SUITES = (process.env["MUTATION_SUITES"] ?? "unit,integration").split(",");

/** What mutants are tried against: the suites that say how domain and application behave, without those that start processes or servers. */
export default defineConfig({
  test: {
    include: SUITES.flatMap((suite) => [`test/${suite}/**/*.test.ts`, `test/${suite}.test.ts`]),
    exclude: ["test/integration/cli*.test.ts", "test/integration/one-machine.test.ts"],
    testTimeout: 120_000,
    hookTimeout: 180_000,
    pool: "forks",
  },
});
