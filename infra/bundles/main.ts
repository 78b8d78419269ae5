import { functionNames, measure } from "./measure.ts";
import { complaintsAbout, reportOf } from "./report.ts";

const bundles = await Promise.all(functionNames().map(measure));
process.stdout.write(`${bundles.flatMap((bundle) => [...reportOf(bundle), ""]).join("\n")}`);
const complaints = bundles.flatMap((bundle) => complaintsAbout(bundle));
for (const complaint of complaints) process.stderr.write(`bundles: ${complaint}\n`);
process.exitCode = complaints.length === 0 ? 0 : 1;
