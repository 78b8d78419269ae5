import { writeFileSync } from "node:fs";

// Loaded before a process that is measured: what it used is known only to itself, and only at its end.
process.on("exit", () => writeFileSync(process.env["BENCH_USAGE_FILE"], JSON.stringify(process.resourceUsage())));
