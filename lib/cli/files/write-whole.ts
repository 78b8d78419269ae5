import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { badUse, Refusal } from "../frame/refusal.ts";

/**
 * Writes beside the file first, so that whoever reads it meanwhile, and whoever has an old one, finds a whole one or the old one.
 *
 * @param folder where the person stands. @param file as typed. @param pieces asked for one by one, as fast as the disk takes them.
 * @throws Refusal if the file cannot be written. Whatever `pieces` throws leaves no file behind.
 */
export async function writeWhole(folder: string, file: string, pieces: Iterable<string>): Promise<void> {
  if (file === "") throw badUse("the file's name is empty: name a file");
  const path = resolve(folder, file);
  const unfinished = join(dirname(path), `.${basename(path)}.${process.pid}.unfinished`);
  try {
    await pipeline(Readable.from(pieces), createWriteStream(unfinished, { flags: "wx" }));
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => {});
    if (!isOfTheDisk(error)) throw error;
    throw new Refusal(`${file} cannot be written (${error.code})`, { cause: error });
  }
}

function isOfTheDisk(error: unknown): error is Error & { readonly code: string } {
  return error instanceof Error && "syscall" in error && "code" in error && typeof error.code === "string";
}
