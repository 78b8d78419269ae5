import { parseArgs } from "node:util";
import { costsDocument, costsTable, writeCostsDocument } from "./document.ts";
import { measureUnits } from "./measure/measure-units.ts";
import { readMeasuredUnits, writeMeasuredUnits } from "./measured.ts";
import { readPrices } from "./prices.ts";

// npm run costs                  what Doorman costs a month, from the units last measured and docs/prices/us-east-1.json
// npm run costs -- --document    writes docs/costs.md from them
// npm run costs -- --write       measures the units anew (some minutes), keeps them, and writes the document

const { values } = parseArgs({ options: { write: { type: "boolean", default: false }, document: { type: "boolean", default: false } } });
if (values.write) {
  const today = new Date().toISOString().slice(0, "2026-11-22".length);
  writeMeasuredUnits(await measureUnits(today, (text) => process.stderr.write(`measuring: ${text}\n`)));
}
const [measured, prices] = [readMeasuredUnits(), readPrices()];
if (values.write || values.document) writeCostsDocument(costsDocument(measured, prices));
process.stdout.write(`${costsTable(measured, prices)}\n`);
