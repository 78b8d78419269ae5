import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { table } from "../../lib/cli/text/table.ts";
import { writeThousandCampaigns } from "./thousand-campaigns.ts";

// How long `doorman plan` takes for a year of a thousand weekly campaigns, as a process of its own: npm run bench:plan

interface Measured {
  readonly wallMs: number;
  readonly cpuMs: number;
  readonly peakMb: number;
  readonly kilobytes: number;
}

const RUNS = 5;
/** As in package.json's script `doorman`. */
const FLAGS = ["--max-semi-space-size=16"];
const MAIN = join(import.meta.dirname, "..", "..", "scripts", "doorman.mjs");
const REPORT = join(import.meta.dirname, "report-usage.mjs");

async function measure(folder: string, words: readonly string[]): Promise<Measured> {
  const usageFile = join(folder, ".usage");
  const began = performance.now();
  const child = spawn(process.execPath, [...FLAGS, "--import", REPORT, MAIN, ...words, "--folder", folder], {
    env: { PATH: process.env["PATH"], BENCH_USAGE_FILE: usageFile },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let bytes = 0;
  child.stdout.on("data", (chunk: Buffer) => {
    bytes += chunk.length;
  });
  const [code] = await once(child, "close");
  const wallMs = performance.now() - began;
  if (code !== 0) throw new Error(`doorman ${words.join(" ")} ended with ${String(code)}`);
  const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(readFileSync(usageFile, "utf8")) as NodeJS.ResourceUsage;
  return { wallMs, cpuMs: (userCPUTime + systemCPUTime) / 1_000, peakMb: maxRSS / 1_024, kilobytes: bytes / 1_024 };
}

/** The middle of the runs, and how far they lie apart. */
function spread(runs: readonly Measured[], show: (run: Measured) => string): string {
  const sorted = runs.map(show).toSorted((one, other) => Number(one) - Number(other));
  return `${sorted[Math.floor(sorted.length / 2)]} (${sorted[0]} to ${sorted.at(-1)})`;
}

const folder = mkdtempSync(join(tmpdir(), "doorman-bench-"));
try {
  writeThousandCampaigns(folder);
  const rows: string[][] = [];
  for (const words of [
    ["--help"],
    ["plan", "--from", "2026-01-01T00:00Z", "--for", "365d"],
    ["plan", "--from", "2026-01-01T00:00Z", "--for", "365d", "--json"],
  ]) {
    const runs: Measured[] = [];
    for (let run = 0; run < RUNS; run += 1) runs.push(await measure(folder, words));
    rows.push([
      words.join(" "),
      spread(runs, ({ wallMs }) => (wallMs / 1_000).toFixed(2)),
      spread(runs, ({ cpuMs }) => (cpuMs / 1_000).toFixed(2)),
      spread(runs, ({ peakMb }) => peakMb.toFixed(0)),
      String(Math.round(runs[0]?.kilobytes ?? 0)),
    ]);
  }
  const same = (text: string) => text;
  const style = { width: 160, head: same, good: same, bad: same, faint: same };
  process.stdout.write(`${table(style, ["doorman", "wall s", "CPU s", "peak RSS MB", "output KB"], rows)}\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
