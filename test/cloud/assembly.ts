import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { ecwidUrl } from "./ecwid.ts";

const run = promisify(execFile);
const REPOSITORY = join(import.meta.dirname, "..", "..");
const VARIABLE = "DOORMAN_CLOUD_ASSEMBLY";

/**
 * Vitest's global set-up: synthesises the stack with its bundles, once for all files, as `cdk synth` does but for three values of its context: a
 * stage, so that nothing of an earlier run is met, the address of the simulated Ecwid, and two queues, since most other tests have one.
 */
export async function setup(): Promise<() => void> {
  const folder = mkdtempSync(join(tmpdir(), "doorman-cloud-assembly-"));
  const { context }: { readonly context: object } = JSON.parse(readFileSync(join(REPOSITORY, "cdk.json"), "utf8"));
  const choices = { stage: `t${process.pid}`, queues: 2, ecwidApiUrl: `${ecwidUrl()}/api/v3`, "aws:cdk:enable-asset-metadata": true };
  const env = {
    PATH: process.env["PATH"],
    HOME: folder,
    npm_config_offline: "true",
    // `npm run synth` and the tests of the bundles let aws-cdk-lib validate the template, which takes longer than all else here.
    CDK_VALIDATION: "false",
    CDK_OUTDIR: folder,
    CDK_CONTEXT_JSON: JSON.stringify({ ...context, ...choices }),
  };
  await run(process.execPath, [join("infra", "app.ts")], { cwd: REPOSITORY, env });
  process.env[VARIABLE] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}

/** What was synthesised: the name of the stack, its template, and the folder in which each asset has a folder. */
export function assembly(): { readonly stackName: string; readonly templateFile: string; readonly folder: string } {
  const folder = process.env[VARIABLE];
  if (folder === undefined) throw new Error(`${VARIABLE} is not set: nothing was synthesised`);
  const [stackName] = readdirSync(folder).flatMap((name) => name.match(/^(.+)\.template\.json$/)?.slice(1) ?? []);
  if (stackName === undefined) throw new Error(`there is no template in ${folder}`);
  return { stackName, templateFile: join(folder, `${stackName}.template.json`), folder };
}
