import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { SimulatedEcwid } from "./simulated-ecwid.ts";

/** A reader sees the whole old file or the whole new one, whenever the process is killed. It holds tokens: for its owner only. */
function writeAtomically(file: string, text: string): void {
  const temporary = `${file}.new`;
  const handle = openSync(temporary, "w", 0o600);
  try {
    writeFileSync(handle, text);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(temporary, file);
  const folder = openSync(dirname(file), "r");
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/**
 * Keeps the simulated Ecwid in a file: takes over what the file holds, if it exists, and writes it after every change, before the
 * request that made the change is answered.
 * @returns whether something was taken over.
 * @throws Error where the file cannot be read as such, or written.
 */
export function keepInFile(ecwid: SimulatedEcwid, file: string): boolean {
  mkdirSync(dirname(file), { recursive: true });
  const exists = existsSync(file);
  if (exists) {
    try {
      ecwid.fromJson(readFileSync(file, "utf8"));
    } catch (cause) {
      throw new Error(`${file} cannot be read; delete it to begin with a fresh simulated store`, { cause });
    }
  }
  ecwid.subscribe(() => writeAtomically(file, ecwid.toJson()));
  if (!exists) writeAtomically(file, ecwid.toJson());
  return exists;
}
