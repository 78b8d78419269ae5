import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { DEFECTS } from "./defects.ts";

// npm run simulate:defects [-- <most seeds>]: plants each defect in turn and prints the first seed that finds it; ends with 1 if one is missed.

const run = promisify(execFile);
const most = process.argv[2] ?? "5000";
const findOne = fileURLToPath(new URL("find-one.ts", import.meta.url));

let missed = 0;
for (const index of DEFECTS.keys()) {
  const { stdout } = await run(process.execPath, [findOne, String(index), most]);
  const { name, seed, invariant }: { name: string; seed?: number; invariant?: string } = JSON.parse(stdout);
  if (seed === undefined) missed += 1;
  process.stdout.write(`${seed === undefined ? "not found" : `seed ${seed}`.padEnd(9)} | ${name} | ${invariant ?? `in ${most} seeds`}\n`);
}
process.exitCode = missed === 0 ? 0 : 1;
