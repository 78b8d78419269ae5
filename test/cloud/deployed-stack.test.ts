import { execFile, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, describe, expect, it } from "vitest";
import { assembly } from "./assembly.ts";
import { type DeployedStack, deployStack } from "./deploy-stack.ts";
import { NOT_KEPT } from "./template-adaptations.ts";
import { zipOf } from "./zip-file.ts";

const run = promisify(execFile);
/** The names that the command line, the runbook and these tests go by (design.md, section 9). */
const OUTPUTS = [
  "CampaignsTableName",
  "StateTableName",
  "HistoryTableName",
  "QueueUrl",
  "AlertTopicArn",
  "CompileFunctionName",
  "DispatchFunctionName",
  "ReconcileFunctionName",
  "Reconcile2FunctionName",
  "SweepFunctionName",
  "FollowUpFunctionName",
];
const hasCfnLint = spawnSync("cfn-lint", ["--version"]).status === 0;

let stack: DeployedStack;

beforeAll(async () => {
  stack = await deployStack("eu-north-1");
  const endpoint = process.env["AWS_ENDPOINT_URL"];
  const told = [`Left out of the template for ${endpoint}:`, ...stack.leftOut, "Taken and not kept:", ...NOT_KEPT];
  process.stdout.write(`${told.join("\n- ")}\n`);
  if (!hasCfnLint)
    process.stdout.write("cfn-lint is not on this machine, so the template was not looked at by it (pip install cfn-lint)\n");
});

describe("the stack as CloudFormation at the endpoint made it", () => {
  it("has every resource that the endpoint was handed", () => {
    expect(stack.notMade).toEqual([]);
  });

  it("has every output, with a value", () => {
    for (const name of OUTPUTS) expect(stack.outputs, name).toHaveProperty(name, expect.stringMatching(/./));
  });

  it("has in each function the bundle that is run here", async () => {
    for (const { folder, codeSha256 } of Object.values(stack.functions)) {
      const archive = zipOf("index.mjs", await readFile(join(folder, "index.mjs")));
      expect(codeSha256).toBe(createHash("sha256").update(archive).digest("base64"));
    }
  });

  it("leads each rule and each mapping to one of the functions", () => {
    const functions = Object.values(stack.functions);
    const called = [
      ...stack.rules.flatMap(({ targets }) => targets.map(({ arn }) => arn)),
      ...stack.mappings.map((each) => each.functionName),
    ];

    expect(stack.rules.length).toBeGreaterThanOrEqual(2);
    expect(stack.mappings).toHaveLength(3);
    expect(called.filter((name) => !functions.some(({ arn, name: own }) => name === arn || name === own))).toEqual([]);
  });

  if (hasCfnLint) {
    it("comes from a template in which cfn-lint finds nothing", async () => {
      // W3005: a `DependsOn` that a reference makes needless, which aws-cdk-lib writes all the same.
      const findings = await run("cfn-lint", ["--ignore-checks", "W3005", "--", assembly().templateFile]).then(
        () => "",
        ({ stdout, stderr }) => `${stdout}${stderr}`,
      );

      expect(findings).toBe("");
    });
  }
});
