import { defineConfig } from "vitest/config";

const SUITES = ["unit", "property", "contract", "integration", "simulation", "infra", "architecture"];

export default defineConfig({
  test: {
    projects: SUITES.map((name) => ({ extends: true, test: { name, include: [`test/${name}/**/*.test.ts`] } })),
    reporters: ["default", "./test/support/closing-line-reporter.ts"],
    // Machines here stall for seconds at a time. A test that hangs still ends; one that is slow does not fail.
    testTimeout: 120_000,
    hookTimeout: 180_000,
    // Processes rather than threads: a thread cannot change the zone below. Two, because that is what CI has cores for.
    pool: "forks",
    maxWorkers: 2,
    env: {
      // A zone that no store, campaign or developer is in, so that a leak of the machine's zone shows. Any other has to do as well.
      TZ: process.env["DOORMAN_TEST_TZ"] ?? "Pacific/Apia",
      // aws-cdk-lib validates every synthesised template, which takes longer than the synthesis; `npm run synth` does it once.
      CDK_VALIDATION: "false",
    },
  },
});
