import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { UsageError } from "./options.ts";

const FILE = "running.pid";
const ENTRY = "main.ts";

/** @returns whether the process is a Doorman that still runs. A number alone may have been given to another process since. */
function isDoorman(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(ENTRY);
  } catch {
    // No such folder on this system: the process exists, and that has to do.
    return true;
  }
}

function claimedBy(file: string): number | undefined {
  try {
    const pid = Number(readFileSync(file, "utf8"));
    return Number.isInteger(pid) && pid > 0 && pid !== process.pid && isDoorman(pid) ? pid : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Claims the folder for this process, since the database in it can be open only once. The claim of a process that was killed is taken over.
 *
 * @returns what gives the folder back.
 * @throws UsageError if another Doorman has it.
 */
export function claimFolder(home: string): () => void {
  const file = join(home, FILE);
  const other = claimedBy(file);
  if (other !== undefined) {
    throw new UsageError(
      `${home} is in use by a Doorman that is running already (process ${other}); stop it, or choose another folder with DOORMAN_HOME`,
    );
  }
  writeFileSync(file, String(process.pid));
  return () => rmSync(file, { force: true });
}
