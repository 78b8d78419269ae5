import { parseArgs } from "node:util";
import { costsDocument, costsTable, writeCostsDocument } from "./document.ts";
import { measureUnits } from "./measure/measure-units.ts";
import { differencesOf, type MeasuredUnits, readMeasuredUnits, writeMeasuredUnits } from "./measured.ts";
import { readPrices } from "./prices.ts";

// npm run costs                  what Doorman costs a month, from the units last measured and docs/prices/us-east-1.json
// npm run costs -- --document    writes docs/costs.md from them
// npm run costs -- --check       counts the units anew (some minutes); ends with 1 if they differ from those kept
// npm run costs -- --write       measures them anew, keeps them, and writes the document

const { values } = parseArgs({
  options: {
    write: { type: "boolean", default: false },
    document: { type: "boolean", default: false },
    check: { type: "boolean", default: false },
  },
});

function measure(): Promise<MeasuredUnits> {
  const today = new Date().toISOString().slice(0, "2026-11-22".length);
  return measureUnits(today, (text) => process.stderr.write(`measuring: ${text}\n`));
}

if (values.check) {
  const differences = differencesOf(await measure(), readMeasuredUnits());
  process.stdout.write(differences.length === 0 ? "the units kept still hold\n" : `${differences.join("\n")}\n`);
  process.exitCode = differences.length === 0 ? 0 : 1;
} else {
  if (values.write) writeMeasuredUnits(await measure());
  const [measured, prices] = [readMeasuredUnits(), readPrices()];
  if (values.write || values.document) writeCostsDocument(costsDocument(measured, prices));
  process.stdout.write(`${costsTable(measured, prices)}\n`);
}
