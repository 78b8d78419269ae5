import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeThousandCampaigns } from "../thousand-campaigns.ts";

/** What one run of the command took. */
export interface PlanRun {
  /** By the wall, from the start of the process to its end. */
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakMb: number;
  readonly kilobytes: number;
}

/** As in package.json's script `doorman`. */
const FLAGS = ["--max-semi-space-size=16"];
const MAIN = join(import.meta.dirname, "..", "..", "..", "scripts", "doorman.mjs");
const REPORT = join(import.meta.dirname, "..", "report-usage.mjs");
const YEAR = ["plan", "--from", "2026-01-01T00:00Z", "--for", "365d"];

/** What the command is asked; the first does nothing, and is what any command takes to start. */
export const PLAN_COMMANDS = [["--help"], YEAR, [...YEAR, "--json"]] as const;

async function runOnce(folder: string, words: readonly string[]): Promise<PlanRun> {
  const usageFile = join(folder, ".usage");
  const startedAt = performance.now();
  const child = spawn(process.execPath, [...FLAGS, "--import", REPORT, MAIN, ...words, "--folder", folder], {
    env: { PATH: process.env["PATH"], BENCH_USAGE_FILE: usageFile },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let bytes = 0;
  child.stdout.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
  });
  const [code] = await once(child, "close");
  const wallMs = performance.now() - startedAt;
  if (code !== 0) throw new Error(`doorman ${words.join(" ")} ended with ${String(code)}`);
  const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(readFileSync(usageFile, "utf8")) as NodeJS.ResourceUsage;
  return { wallMs, cpuMs: (userCPUTime + systemCPUTime) / 1_000, peakMb: maxRSS / 1_024, kilobytes: bytes / 1_024 };
}

/** Plans a year of a thousand weekly campaigns, as processes of their own, the commands in turns. @returns the runs of each command. */
export async function runPlans(repeats: number, tell: (text: string) => void): Promise<readonly (readonly PlanRun[])[]> {
  const folder = mkdtempSync(join(tmpdir(), "doorman-bench-"));
  try {
    writeThousandCampaigns(folder);
    const runs: PlanRun[][] = PLAN_COMMANDS.map(() => []);
    for (let repeat = 1; repeat <= repeats; repeat += 1) {
      tell(`plan, ${repeat} of ${repeats}`);
      for (const [n, words] of PLAN_COMMANDS.entries()) runs[n]?.push(await runOnce(folder, words));
    }
    return runs;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
