import { generatePlan } from "./plan/generate-plan.ts";
import { simulate } from "./world/simulate.ts";
const [from, n] = [Number(process.argv[2] ?? 1), Number(process.argv[3] ?? 10)];
const t0 = performance.now();
const by = new Map<string, number[]>();
const counts = new Map<string, number>();
for (let seed = from; seed < from + n; seed++) {
  const out = await simulate(generatePlan(seed), { isTraced: n === 1 });
  for (const [k, v] of out.counts) counts.set(k, (counts.get(k) ?? 0) + v);
  if (n === 1) console.log(out.trace.join("\n"));
  for (const v of out.violations.slice(0, 1)) {
    const list = by.get(v.invariant) ?? [];
    if (list.length < 2) console.log(seed, JSON.stringify(v).slice(0, 900));
    list.push(seed);
    by.set(v.invariant, list);
  }
}
console.log(n, (performance.now() - t0) / n, "ms/seed");
console.log([...by].map(([k, v]) => `${k}: ${v.length} ${v.slice(0, 20)}`).join("\n"));
if (process.argv[4]) console.log([...counts].sort().map(([k, v]) => `${v} ${k}`).join("\n"));
