import { execFile } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import * as z from "zod";
import { type Bundle, functionNames, measure, OWN } from "../../infra/bundles/measure.ts";
import { MOST_BYTES, WORTH_A_REASON_BYTES } from "../../infra/bundles/reasons.ts";
import { complaintsAbout, reportOf } from "../../infra/bundles/report.ts";
import { DEPLOYED_VARIABLES } from "../support/deployed-variables.ts";
import { contextOfCdkJson, FUNCTIONS, REPOSITORY } from "./synthesis.ts";

const run = promisify(execFile);
const TEN_MINUTES_MS = 600_000;

/** What each function finds around it in Lambda; nothing of this machine's own settings or credentials. */
const PLAIN = { PATH: process.env["PATH"] ?? "" };
const DEPLOYED = { ...PLAIN, ...DEPLOYED_VARIABLES };

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

/** What the script measures; CDK has to have made the same. */
const measured = new Map<string, Bundle>();
beforeAll(async () => {
  for (const name of FUNCTIONS) measured.set(name, await measure(name));
}, TEN_MINUTES_MS);

function bundleOf(name: string): Bundle {
  const bundle = measured.get(name);
  if (bundle === undefined) throw new Error(`${name} was not measured`);
  return bundle;
}

describe("the synthesised bundles", () => {
  it.each(FUNCTIONS)("are what npm run bundles measures, to the byte: %s", async (name) => {
    const { size } = await stat(join(await assetOf(name), "index.mjs"));

    expect(size).toBe(bundleOf(name).bytes);
  });

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

/** Every module of Node's own that is loaded, once the bundle is. */
async function loadedWith(name: string): Promise<readonly string[]> {
  const module = join(await assetOf(name), "index.mjs");
  const script = "await import(process.argv[1]); console.log(JSON.stringify(process.moduleLoadList)); process.exit(0);";
  const { stdout } = await run(process.execPath, ["--input-type=module", "--eval", script, module], { env: DEPLOYED, cwd: outdir });
  return z.array(z.string()).parse(JSON.parse(stdout));
}

describe("a bundle's start", () => {
  it.each(FUNCTIONS)(
    "does not load Node's own fetch, which nothing in it uses: %s",
    async (name) => {
      const loaded = await loadedWith(name);

      expect(loaded).toContain("NativeModule internal/url");
      expect(loaded.filter((module) => module.includes("undici"))).toEqual([]);
    },
    TEN_MINUTES_MS,
  );
});

describe("a bundle's weight", () => {
  it("is held for each function there is", () => {
    expect(functionNames().toSorted()).toEqual(FUNCTIONS.toSorted());
  });

  it.each(FUNCTIONS)("is under 700 KB, with a reason for every package over 20, and nothing of the command line in it: %s", (name) => {
    expect(complaintsAbout(bundleOf(name))).toEqual([]);
  });

  it.each(FUNCTIONS)("is not made up of what the recurrence rules, the command line or the tests need: %s", (name) => {
    const packages = bundleOf(name).packages.map(([of]) => of);

    for (const stray of ["rrule-temporal", "yaml", "commander", "csv-parse", "cli-table3", "web-streams-polyfill", "dynalite"]) {
      expect(packages).not.toContain(stray);
    }
  });

  it("holds the call of Ecwid in reconcile alone", () => {
    const calling = FUNCTIONS.filter((name) => bundleOf(name).packages.some(([of]) => of === "node-fetch"));

    expect(calling).toEqual(["reconcile"]);
  });

  it("would be complained of: too much of it, a package that nobody argues, a file from elsewhere", () => {
    const heavy = { ...bundleOf("dispatch"), bytes: MOST_BYTES + 1, ownFiles: ["lib/cli/main.ts"] };

    expect(complaintsAbout(heavy, {})).toEqual([
      expect.stringMatching(/^dispatch weighs 700001 bytes/),
      ...heavy.packages
        .filter(([of, bytes]) => of !== OWN && bytes > WORTH_A_REASON_BYTES)
        .map(([of]) => expect.stringContaining(`${of} weighs`)),
      "lib/cli/main.ts is in dispatch, where it does not belong",
    ]);
  });

  it("is printed with the reasons", () => {
    const [head, ...lines] = reportOf(bundleOf("reconcile"));

    expect(head).toMatch(/^reconcile {2}\d+\.\d KB of 700\.0 KB$/);
    expect(lines).toContainEqual(expect.stringMatching(/KB {2}node-fetch: every call of Ecwid/));
    expect(lines.at(-1)).toMatch(/packages of at most 20 KB$/);
  });
});
