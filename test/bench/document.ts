import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { markdownTable } from "./costs/figures.ts";
import { type KeptResult, readKept } from "./kept.ts";
import type { Measure, Picture } from "./measure.ts";
import { MEASURES } from "./registry.ts";

const DOCS = join(import.meta.dirname, "..", "..", "docs");
const FILE = join(DOCS, "performance.md");
const PICTURES = join(DOCS, "performance");

const INTRO = `# How fast Doorman is, beside what one would otherwise build

Written by \`npm run bench -- --document\` from the figures last kept (\`npm run bench -- --keep\`); a test compares this page with them. No figure decides a test: machines differ, ratios hold.

**What is real and what is simulated.** No AWS account and no Ecwid store was used. Where a section says *simulated*, the code of \`lib/\` ran as it is (dispatch, reconcile, the gateway with its pacer, compile), on virtual time, over tables in memory, a queue with FIFO's rules, and the simulated Ecwid; what AWS and Ecwid do around it is a model, whose figures stand in \`test/bench/world/assumptions.ts\` and \`limits.ts\`, each with the page it is documented on, or marked as an assumption. The same seed gives the same figures on every machine; a spread is over seeds. The rivals (\`test/bench/rivals\`) are models too: they use Doorman's own domain to decide what should hold, so that only the architecture differs, and each was granted more than it would have in practice; what, stands at the head of its file.`;

/** A section of the page: what was measured, how, and what came out. */
function sectionOf(measure: Measure, { measuredOn, machine, command, data }: KeptResult): string {
  const { tables, pictures, remarks } = measure.present(data);
  const parts = [
    `## ${measure.title}`,
    measure.about,
    `\`${command}\`, ${measuredOn}, ${machine}.`,
    ...tables.map(({ caption, head, rows }) => `${caption}\n\n${markdownTable(head, rows)}`),
    ...pictures.map(({ name, alt }) => `![${alt}](performance/${name}.svg)`),
    ...remarks,
  ];
  return parts.join("\n\n");
}

function keptMeasures(): readonly (readonly [Measure, KeptResult])[] {
  return MEASURES.flatMap((measure) => {
    const kept = readKept(measure.name);
    return kept === undefined ? [] : [[measure, kept] as const];
  });
}

/** @returns the page, from the figures kept. */
export function performanceDocument(): string {
  return `${[INTRO, ...keptMeasures().map(([measure, kept]) => sectionOf(measure, kept))].join("\n\n")}\n`;
}

/** @returns its pictures. */
export function performancePictures(): readonly Picture[] {
  return keptMeasures().flatMap(([measure, { data }]) => measure.present(data).pictures);
}

/** @returns the page as it is kept. */
export function readPerformanceDocument(): string {
  return readFileSync(FILE, "utf8");
}

/** @returns a picture as it is kept. */
export function readPicture(name: string): string {
  return readFileSync(join(PICTURES, `${name}.svg`), "utf8");
}

export function writePerformanceDocument(): void {
  mkdirSync(PICTURES, { recursive: true });
  writeFileSync(FILE, performanceDocument());
  for (const { name, svg } of performancePictures()) writeFileSync(join(PICTURES, `${name}.svg`), svg);
}
