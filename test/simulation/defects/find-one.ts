import { DEFECTS } from "./defects.ts";
import { plant } from "./planting.ts";

// node test/simulation/defects/find-one.ts <index of the defect> <most seeds>: prints the first seed that finds it, as JSON.

const [index, most] = process.argv.slice(2).map(Number);
const defect = DEFECTS[index ?? -1];
if (defect === undefined || most === undefined) throw new RangeError("name a defect by its index, and how many seeds to try");
plant(defect);
// Imported only now, so that the defect is in what it imports.
const { runSeed } = await import("../run-seeds.ts");
let found: { readonly seed: number; readonly invariant: string } | undefined;
for (let seed = 1; seed <= most && found === undefined; seed += 1) found = (await runSeed(seed)).failures[0];
process.stdout.write(`${JSON.stringify({ name: defect.name, seed: found?.seed, invariant: found?.invariant })}\n`);
