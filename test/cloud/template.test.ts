import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { synthesise } from "../infra/synthesis.ts";

const TEMPLATES = {
  plain: {},
  chosen: {
    stage: "test",
    alertEmail: "ops@example.com",
    contact: "shop-tech@agency.example, +49 30 1234567",
    alertKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab",
    memoryMiB: "1024",
    queues: "3",
    maxConcurrency: "50",
    warmReads: "20000",
    warmWrites: "8000",
    shadow: "true",
    logLevel: "DEBUG",
  },
} as const;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "doorman-lint-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// Here and not in the stack's own suite, because cfn-lint is not on every machine. W3005 is about `DependsOn` that CDK writes beside a reference.
describe("cfn-lint", () => {
  it.for(["plain", "chosen"] as const)("finds nothing in the template: %s", (name, { skip }) => {
    const file = join(folder, `${name}.template.json`);
    writeFileSync(file, JSON.stringify(synthesise(TEMPLATES[name]).toJSON()));

    const { error, status, stdout } = spawnSync("cfn-lint", ["--ignore-checks", "W3005", "--", file], { encoding: "utf8" });

    if (error !== undefined) return skip(`cfn-lint is not on this machine (pip install cfn-lint): ${error.message}`);
    expect(stdout).toBe("");
    expect(status).toBe(0);
  });
});
