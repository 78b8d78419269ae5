import { execFile } from "node:child_process";
import { statSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import * as z from "zod";
import { bundleOptions } from "../../../infra/bundles/bundling.ts";
import { DEPLOYED_VARIABLES } from "../../support/deployed-variables.ts";

const run = promisify(execFile);
const SCRIPT = join(import.meta.dirname, "start.mjs");

const start = z.object({ importCpuMs: z.number(), processCpuMs: z.number(), importWallMs: z.number(), residentMb: z.number() });

/** What it took a fresh process to come to the handler. */
export type Start = z.output<typeof start>;

/** A bundle that may be started. */
export interface Startable {
  readonly name: string;
  readonly file: string;
  readonly kilobytes: number;
}

/** What each function finds in Lambda, in one: nothing is called with it. */
export const VARIABLES = { ...DEPLOYED_VARIABLES, AWS_ACCESS_KEY_ID: "local", AWS_SECRET_ACCESS_KEY: "local" };

/**
 * Bundles as CDK does for the stack.
 *
 * @param entryPoint as a path from the repository's root. @param standIns as in BUNDLING unless told.
 */
export async function bundleInto(
  folder: string,
  name: string,
  entryPoint: string,
  standIns?: Readonly<Record<string, string>>,
): Promise<Startable> {
  const file = join(folder, `${name}.mjs`);
  await build(bundleOptions(entryPoint, file, standIns));
  return { name, file, kilobytes: statSync(file).size / 1_000 };
}

/** Starts each once a round, one after the other, so that what disturbs the machine disturbs all. @returns the rounds by name. */
export async function startInTurns(
  all: readonly Startable[],
  rounds: number,
  tell: (text: string) => void,
): Promise<ReadonlyMap<string, readonly Start[]>> {
  const starts = new Map<string, Start[]>(all.map(({ name }) => [name, []]));
  for (let round = 1; round <= rounds; round += 1) {
    tell(`round ${round} of ${rounds}`);
    for (const { name, file } of all) {
      const { stdout } = await run(process.execPath, [SCRIPT, file], { env: { PATH: process.env["PATH"], ...VARIABLES } });
      starts.get(name)?.push(start.parse(JSON.parse(stdout)));
    }
  }
  return starts;
}
