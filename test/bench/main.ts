import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { table } from "../../lib/cli/text/table.ts";
import { writePerformanceDocument } from "./document.ts";
import { readKept, rounded, writeKept } from "./kept.ts";
import type { Measure } from "./measure.ts";
import { MEASURES } from "./registry.ts";

// npm run bench                          measures everything, and prints each as a table and as JSON
// npm run bench -- lateness wave         measures these
//   --quick                              at a fraction of the size, to see whether it runs
//   --repeats 5                          with so many seeds or runs
//   --keep                               keeps the figures, and writes docs/performance.md from all that are kept
//   --kept                               prints the figures kept, and measures nothing
//   --document                           writes docs/performance.md from the figures kept, and measures nothing

const SAME = (text: string) => text;
const STYLE = { width: 200, head: SAME, good: SAME, bad: SAME, faint: SAME };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: "boolean", default: false },
    repeats: { type: "string", default: "3" },
    keep: { type: "boolean", default: false },
    kept: { type: "boolean", default: false },
    document: { type: "boolean", default: false },
  },
});

function asked(): readonly Measure[] {
  const unknown = positionals.filter((name) => !MEASURES.some((measure) => measure.name === name));
  if (unknown.length > 0) {
    const names = MEASURES.map(({ name }) => name).join(", ");
    process.stderr.write(`nothing here is called ${unknown.join(", ")}; there are ${names}\n`);
    process.exit(2);
  }
  return positionals.length === 0 ? MEASURES : MEASURES.filter(({ name }) => positionals.includes(name));
}

function print({ title, present }: Measure, data: unknown): void {
  process.stdout.write(`\n${title}\n`);
  for (const { caption, head, rows } of present(data).tables) {
    process.stdout.write(
      `\n${caption}\n${table(
        STYLE,
        [...head],
        rows.map((row) => [...row]),
      )}\n`,
    );
  }
  process.stdout.write(`\n${JSON.stringify(data, rounded)}\n`);
}

async function measureOne(measure: Measure): Promise<void> {
  const repeats = Math.max(1, Number.parseInt(values.repeats, 10) || 1);
  const tell = (text: string) => process.stderr.write(`${measure.name}: ${text}\n`);
  const data = await measure.run({ repeats, isQuick: values.quick, tell });
  print(measure, data);
  if (!values.keep) return;
  writeKept(measure.name, {
    measuredOn: new Date().toISOString().slice(0, "2026-11-22".length),
    machine: `${cpus()[0]?.model ?? "unknown processor"}, Node ${process.versions.node}`,
    command: `npm run bench -- ${measure.name} --repeats ${repeats}${values.quick ? " --quick" : ""}`,
    data,
  });
}

if (values.kept) {
  for (const measure of asked()) {
    const kept = readKept(measure.name);
    if (kept !== undefined) print(measure, kept.data);
  }
} else if (!values.document) for (const measure of asked()) await measureOne(measure);
if (values.keep || values.document) writePerformanceDocument();
