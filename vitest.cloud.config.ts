import { defineConfig } from "vitest/config";

// What needs an endpoint like those of AWS to deploy the stack to: AWS_ENDPOINT_URL, or moto_server on this machine. Not part of npm test.
export default defineConfig({
  test: {
    name: "cloud",
    include: ["test/cloud/**/*.test.ts"],
    globalSetup: ["test/cloud/endpoint.ts", "test/cloud/ecwid.ts", "test/cloud/assembly.ts"],
    reporters: ["default", "./test/support/closing-line-reporter.ts"],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    pool: "forks",
    // Each file has a region of the endpoint to itself; one of them mostly waits for the clock.
    maxWorkers: 2,
  },
});
