import { defineConfig } from "vitest/config";

// What needs a DynamoDB, SQS and Secrets Manager to talk to: AWS_ENDPOINT_URL, or moto_server on this machine. Not part of npm test.
export default defineConfig({
  test: {
    name: "cloud",
    include: ["test/cloud/**/*.test.ts"],
    globalSetup: ["test/cloud/endpoint.ts", "test/cloud/deployment.ts"],
    reporters: ["default", "./test/support/closing-line-reporter.ts"],
    testTimeout: 300_000,
    hookTimeout: 300_000,
    pool: "forks",
  },
});
