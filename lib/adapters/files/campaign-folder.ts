import { existsSync, readFileSync } from "node:fs";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { statusJson } from "../../application/messages/status-json.ts";
import type { CampaignRecord, CampaignTable, KeyedItem } from "../../application/ports/campaign-table.ts";
import { isSameText } from "../../application/record/same-text.ts";
import type { Json, JsonObject } from "../../domain/live.ts";
import { newFile, withoutRecord, withRecord } from "./edit-record-file.ts";
import { type FileFormat, type FoundRecord, formatOf, recordsIn } from "./record-file.ts";
import { utf8Text } from "./utf8-text.ts";

/** Something in the folder that a person has to put right. */
class FolderError extends Error {
  override readonly name = "FolderError";
}

interface Stored extends CampaignRecord {
  readonly found: FoundRecord;
  readonly file: string;
  readonly format: FileFormat;
}

/**
 * A plain folder of campaign files as the table that marketers edit: each JSON or YAML file in it, or below it, holds one record or a list.
 * A record that is new gets a file of its own. The optimistic lock is read, compare, write: it does not hold between two computers.
 *
 * @param folder made with the first record, if it is not there yet. @throws FolderError for a file that cannot be read, for two records of
 * the same name, and if all records are asked for and there is no such folder: its name is misspelt then.
 */
export function createCampaignFolder(folder: string): CampaignTable {
  const find = async (storeId: string, campaignId: string): Promise<Stored | undefined> =>
    (await readAll(folder)).find((each) => each.storeId === storeId && each.campaignId === campaignId);

  const save = async (item: KeyedItem, stored: Stored | undefined): Promise<void> => {
    if (item.storeId === "" || item.campaignId === "") throw new TypeError("a record needs a storeId and a campaignId");
    if (stored === undefined) return saveNew(folder, item);
    const text = withRecord(textOf(folder, stored.file), stored.format, stored.found, withoutUndefined(item));
    await writeWhole(stored.file, text);
  };

  return {
    async get(storeId, campaignId) {
      const stored = await find(storeId, campaignId);
      return stored && { storeId, campaignId, item: stored.item };
    },
    async *all(store) {
      if (!existsSync(folder)) throw new FolderError(`there is no folder ${folder}`);
      for (const { storeId, campaignId, item } of await readAll(folder))
        if (store === undefined || storeId === store) yield { storeId, campaignId, item };
    },
    async writeStatus(storeId, campaignId, status) {
      const stored = await find(storeId, campaignId);
      if (stored === undefined) return false;
      await save({ ...stored.item, storeId, campaignId, status: statusJson(status) }, stored);
      return true;
    },
    put: async (item) => save(item, await find(item.storeId, item.campaignId)),
    async replace(item, read) {
      const stored = await find(item.storeId, item.campaignId);
      if (stored === undefined ? read !== undefined : read === undefined || !isSameText(stored.item, read)) return false;
      const { status: _notTyped, ...typed } = item;
      const status = stored?.item["status"];
      const { storeId, campaignId } = item;
      await save({ ...typed, storeId, campaignId, ...(status !== undefined && { status }) }, stored);
      return true;
    },
    async remove(storeId, campaignId, read) {
      const stored = await find(storeId, campaignId);
      if (read !== undefined && (stored === undefined || !isSameText(stored.item, read))) return false;
      if (stored === undefined) return true;
      const left = withoutRecord(textOf(folder, stored.file), stored.format, stored.found);
      if (left === undefined) await rm(stored.file);
      else await writeWhole(stored.file, left);
      return true;
    },
  };
}

async function readAll(folder: string): Promise<readonly Stored[]> {
  const records: Stored[] = [];
  for (const file of await filesIn(folder)) {
    const name = relative(folder, file);
    const format = formatOf(file);
    if (format === undefined) continue;
    const found = recordsIn(name, textOf(folder, file), format);
    if (!found.ok) throw new FolderError(found.failure);
    for (const each of found.value) records.push({ ...recordOf(each), found: each, file, format });
  }
  const seen = new Map<string, string>();
  for (const { storeId, campaignId, found } of records) {
    const key = JSON.stringify([storeId, campaignId]);
    const other = seen.get(key);
    if (other !== undefined) throw new FolderError(`${found.where}: campaign ${campaignId} of store ${storeId} is in ${other} already`);
    seen.set(key, found.where);
  }
  return records;
}

/** Small files one after the other: through the thread pool each takes ten times as long. */
function textOf(folder: string, file: string): string {
  const text = utf8Text(relative(folder, file), readFileSync(file));
  if (!text.ok) throw new FolderError(text.failure);
  return text.value;
}

async function filesIn(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && !entry.name.startsWith("."))
      .map((entry) => join(entry.parentPath, entry.name))
      .toSorted();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "ENOENT") return [];
    if (code === "ENOTDIR") throw new FolderError(`${folder} is no folder, but a file: name the folder that it is in`, { cause: error });
    throw error;
  }
}

function recordOf(found: FoundRecord): CampaignRecord {
  const { value, where } = found;
  if (!isObject(value)) throw new FolderError(`${where}: it is not a campaign: write an object with the fields of one`);
  const { storeId, campaignId } = value;
  const isKey = (key: Json | undefined) => (typeof key === "string" || Number.isSafeInteger(key)) && key !== "";
  if (!isKey(storeId) || !isKey(campaignId))
    throw new FolderError(`${where}: a campaign needs "storeId", the store's number, and "campaignId", a text: write them`);
  const keys = { storeId: String(storeId), campaignId: String(campaignId) };
  return { ...keys, item: { ...value, ...keys } };
}

function isObject(value: Json): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

async function saveNew(folder: string, item: KeyedItem): Promise<void> {
  await mkdir(folder, { recursive: true });
  const name = [item.storeId, item.campaignId].map((key) => encodeURIComponent(key)).join("-");
  await writeWhole(join(folder, `${name}.json`), newFile(withoutUndefined(item), "json"));
}

/** A crash leaves the old text or the new one, never half of either. */
async function writeWhole(file: string, text: string): Promise<void> {
  const draft = `${file}.draft`;
  await writeFile(draft, text);
  await rename(draft, file);
}

function withoutUndefined(item: JsonObject): JsonObject {
  return JSON.parse(JSON.stringify(item));
}
