import { createSystemClock } from "../adapters/system/clock.ts";
import { fingerprint } from "../adapters/system/fingerprint.ts";
import { openPlace } from "./open-place.ts";
import { runCli } from "./run-cli.ts";
import { createSystemTerminal } from "./system-terminal.ts";

// Whoever reads the output may stop reading (`| head`): that ends the command, and is nobody's mistake.
process.stdout.on("error", () => process.exit());

const terminal = createSystemTerminal(process);
// npm runs scripts in the project's folder; where the person stands, it says in INIT_CWD.
const folder = process.env["INIT_CWD"] || process.cwd();
const complain = (message: string) => terminal.complain(`doorman: ${message}\n`);

process.exitCode = await runCli(process.argv.slice(2), {
  variables: process.env,
  folder,
  clock: createSystemClock(),
  terminal,
  fingerprint,
  open: (choice) => openPlace(choice, { variables: process.env, folder, complain }),
});
