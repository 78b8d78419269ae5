import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { contextOfCdkJson, FUNCTIONS, REPOSITORY } from "./synthesis.ts";

const run = promisify(execFile);
const TEN_MINUTES_MS = 600_000;

/** What each function finds around it in Lambda; nothing of this machine's own settings or credentials. */
const PLAIN = { PATH: process.env["PATH"] ?? "" };
const DEPLOYED = {
  ...PLAIN,
  AWS_REGION: "eu-central-1",
  CAMPAIGNS_TABLE: "campaigns",
  STATE_TABLE: "state",
  HISTORY_TABLE: "history",
  QUEUE_URL: "https://sqs.eu-central-1.amazonaws.com/1/Doorman-stores.fifo",
  SECRET_PREFIX: "doorman/stores/",
  DEPLOYMENT: "Doorman",
  TOPIC_ARN: "arn:aws:sns:eu-central-1:1:Doorman-Alerts",
  TICK_RULE: "Doorman-TicksEveryMinute",
};

const manifest = z.object({
  Resources: z.record(z.string(), z.looseObject({ Type: z.string(), Metadata: z.record(z.string(), z.unknown()).default({}) })),
});

let outdir: string;
beforeAll(async () => {
  outdir = await mkdtemp(join(tmpdir(), "doorman-bundles-"));
  // As `cdk synth` calls it, validator and all, but with npm kept from the network and no account in sight.
  await run(process.execPath, [join("infra", "app.ts")], {
    cwd: REPOSITORY,
    env: {
      ...PLAIN,
      HOME: outdir,
      npm_config_offline: "true",
      CDK_OUTDIR: outdir,
      CDK_CONTEXT_JSON: JSON.stringify(contextWithAssetPaths()),
    },
  });
}, TEN_MINUTES_MS);
afterAll(() => rm(outdir, { recursive: true, force: true }));

/** Makes the template name each function's asset, as the CDK command does for `sam local`. */
function contextWithAssetPaths(): Record<string, unknown> {
  return { ...contextOfCdkJson(), "aws:cdk:enable-asset-metadata": true };
}

async function assetOf(name: string): Promise<string> {
  const template = manifest.parse(JSON.parse(await readFile(join(outdir, "Doorman.template.json"), "utf8")));
  const found = Object.entries(template.Resources).find(
    ([id, { Type }]) => Type === "AWS::Lambda::Function" && id.toLowerCase().startsWith(name.replaceAll("-", "")),
  );
  return join(outdir, z.string().parse(found?.[1].Metadata["aws:asset:path"]));
}

describe("the synthesised bundles", () => {
  it.each(FUNCTIONS)("hold one module, with nothing left outside: %s", async (name) => {
    expect(await readdir(await assetOf(name))).toEqual(["index.mjs"]);
  });

  it.each(FUNCTIONS)(
    "export a handler, on the variables that the stack gives: %s",
    async (name) => {
      const module = join(await assetOf(name), "index.mjs");
      const script = "const { handler } = await import(process.argv[1]); console.log(typeof handler); process.exit(0);";

      const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", script, module], { env: DEPLOYED, cwd: outdir });

      expect(stdout.trim()).toBe("function");
    },
    TEN_MINUTES_MS,
  );
});
