import { runCommand, USAGE } from "./campaign-command.ts";

const result = await runCommand(process.argv.slice(2), process.env);
if (result.kind === "usage") {
  console.error(result.message);
  console.error(USAGE);
  process.exitCode = 2;
} else if (result.kind === "failed") {
  console.error(`doorman: ${result.message}`);
  process.exitCode = 1;
} else console.log(result.text);
