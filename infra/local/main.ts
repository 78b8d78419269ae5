import { parseOptions, USAGE, UsageError } from "./options.ts";
import { type Running, run } from "./run.ts";

/** A stop that hangs is ended after this long: what is in hand is a read, a write and a read back. */
const LONGEST_STOP_MS = 20_000;
const PARENT_WATCH_MS = 1_000;

function print(line: string): void {
  console.log(line);
}

function refuse(error: unknown): never {
  if (!(error instanceof UsageError)) throw error;
  console.error(`doorman: ${error.message}`);
  process.exit(2);
}

async function stop(running: Running): Promise<void> {
  print("Stopping: finishing what is in hand.");
  setTimeout(() => process.exit(1), LONGEST_STOP_MS).unref();
  await running.stop();
  print("Stopped. What is due meanwhile is done at the next start.");
  process.exit(0);
}

/** If npm is killed outright nobody is left to pass a Ctrl-C on, and a second start would find the folder in use. */
function watchParent(onGone: () => void): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) onGone();
  }, PARENT_WATCH_MS).unref();
}

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2), process.env);
  if (options === "help") {
    print(USAGE);
    return;
  }
  const running = await run(options, print);
  let isStopping = false;
  const stopOnce = () => {
    if (isStopping) return;
    isStopping = true;
    void stop(running);
  };
  process.on("SIGINT", stopOnce);
  process.on("SIGTERM", stopOnce);
  watchParent(() => process.exit(1));
}

await main().catch(refuse);
