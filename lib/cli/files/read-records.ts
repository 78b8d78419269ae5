import { readFile, stat } from "node:fs/promises";
import { resolve } from "node:path";
import { formatOf, recordsIn } from "../../adapters/files/record-file.ts";
import { utf8Text, withoutBanner } from "../../adapters/files/utf8-text.ts";
import type { PlacedRecord } from "../frame/put-records.ts";
import { badUse, Refusal } from "../frame/refusal.ts";
import type { Surroundings } from "../frame/surroundings.ts";

/** @returns a file's text. @throws Refusal if there is no such file, or it cannot be read. */
export async function readText({ folder, terminal }: Surroundings, name: string): Promise<string> {
  const text = name === "-" ? withoutBanner("standard input", await terminal.input()) : utf8Text(name, await bytesOf(folder, name));
  if (!text.ok) throw new Refusal(text.failure);
  return text.value;
}

async function bytesOf(folder: string, name: string): Promise<Uint8Array> {
  try {
    return await readFile(resolve(folder, name));
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT") throw new Refusal(`there is no file ${name}`, { cause: error });
    if (code === "EISDIR") throw badUse(folderText(name), { cause: error });
    throw new Refusal(`${name} cannot be read (${String(code ?? "unknown cause")})`, { cause: error });
  }
}

function folderText(name: string): string {
  return `${name} is a folder: name the files in it, or use --folder`;
}

async function isFolder({ folder }: Surroundings, name: string): Promise<boolean> {
  const found = await stat(resolve(folder, name)).catch(() => undefined);
  return found?.isDirectory() === true;
}

/** @param names of JSON or YAML files; `-` is standard input. @returns their records, in order. @throws Refusal for a file that is neither. */
export async function readRecords(surroundings: Surroundings, names: readonly string[]): Promise<readonly PlacedRecord[]> {
  const placed: PlacedRecord[] = [];
  for (const name of names) placed.push(...(await readFileOfRecords(surroundings, name)));
  return placed;
}

async function readFileOfRecords(surroundings: Surroundings, name: string): Promise<readonly PlacedRecord[]> {
  // YAML takes in JSON too, and what comes through a pipe has no name to tell by.
  const format = name === "-" ? "yaml" : formatOf(name);
  if (format === undefined && (await isFolder(surroundings, name))) throw badUse(folderText(name));
  if (format === undefined) throw badUse(`${name} is neither .json, .yaml nor .yml${name.endsWith(".csv") ? ": use campaign import" : ""}`);
  const shown = name === "-" ? "standard input" : name;
  const found = recordsIn(shown, await readText(surroundings, name), format);
  if (!found.ok) throw new Refusal(found.failure);
  if (found.value.length === 0) throw new Refusal(`${shown} holds no campaign: write one into it, or a list of them`);
  return found.value.map(({ value, where }) => ({ value, where: () => where }));
}
