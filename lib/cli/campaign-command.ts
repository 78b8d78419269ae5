import { readFile } from "node:fs/promises";
import { createDynamoCampaignTable } from "../adapters/dynamo/campaign-table.ts";
import { createDocumentClient } from "../adapters/dynamo/document-client.ts";
import { createDynamoStateTable } from "../adapters/dynamo/state-table.ts";
import type { CampaignTable } from "../application/ports/campaign-table.ts";
import type { StateTable } from "../application/ports/state-table.ts";
import { parseCampaignRecord } from "../application/record/parse-campaign-record.ts";
import { isNumericId, storeId } from "../domain/identifiers.ts";
import type { Json, JsonObject } from "../domain/live.ts";

export const USAGE = `Usage: npm run campaign -- put <file.json>       puts a campaign, or a list of them
       npm run campaign -- list                   shows every campaign and its status
       npm run campaign -- delete <campaignId>    removes it; what it holds goes back at once
Works on the Doorman that runs on this machine (port DOORMAN_DATABASE_PORT, default 8765). Another store than 1003: ECWID_STORE_ID.`;

export type CommandResult =
  | { readonly kind: "done"; readonly text: string }
  | { readonly kind: "usage"; readonly message: string }
  | { readonly kind: "failed"; readonly message: string };

type Variables = Readonly<Record<string, string | undefined>>;

const DEMONSTRATION_STORE = "1003";

interface Tables {
  readonly campaigns: CampaignTable;
  readonly state: StateTable;
}

function openTables(variables: Variables): Tables {
  const endpoint = `http://127.0.0.1:${variables["DOORMAN_DATABASE_PORT"] || "8765"}`;
  const credentials = { accessKeyId: "local", secretAccessKey: "local" };
  const client = createDocumentClient({ endpoint, region: "eu-central-1", credentials, maxAttempts: 1 });
  const complain = (message: string) => console.error(`doorman: ${message}`);
  return {
    campaigns: createDynamoCampaignTable({ client, tableName: "doorman-campaigns" }),
    state: createDynamoStateTable({ client, tableName: "doorman-state", onBrokenItem: complain }),
  };
}

function isRecord(value: Json): value is JsonObject & { readonly storeId: string; readonly campaignId: string } {
  return (
    typeof value === "object" &&
    value !== null &&
    "storeId" in value &&
    typeof value["storeId"] === "string" &&
    "campaignId" in value &&
    typeof value["campaignId"] === "string"
  );
}

/** The table's own keys are texts; a store id typed as a number is the same id. */
function withTextKeys(value: Json): Json {
  if (typeof value !== "object" || value === null || !("storeId" in value) || typeof value["storeId"] !== "number") return value;
  return { ...value, storeId: String(value["storeId"]) };
}

/** The store's own zone, where Doorman knows it already; otherwise what depends on it is checked when the record is compiled. */
async function zoneOf(state: StateTable, store: string): Promise<string | undefined> {
  return isNumericId(store) ? (await state.readStore(storeId(store))).timeZone : undefined;
}

async function put({ campaigns, state }: Tables, file: string): Promise<CommandResult> {
  const content: Json = JSON.parse(await readFile(file, "utf8"));
  const records = (Array.isArray(content) ? content : [content]).map(withTextKeys);
  const lines: string[] = [];
  for (const record of records) {
    if (!isRecord(record)) return { kind: "failed", message: `${file}: a campaign needs "storeId" and "campaignId", both as text` };
    const parsed = parseCampaignRecord(record, await zoneOf(state, record.storeId));
    if (parsed.kind === "broken") {
      const problems = parsed.problems.map(({ path, message }) => `  ${path}: ${message}`);
      return { kind: "failed", message: [`${file}: campaign ${record.campaignId} was not put:`, ...problems].join("\n") };
    }
    await campaigns.put(record);
    lines.push(`campaign ${record.campaignId} of store ${record.storeId} was put; Doorman takes it up within a second or two`);
  }
  return { kind: "done", text: lines.join("\n") };
}

async function list({ campaigns }: Tables): Promise<CommandResult> {
  const lines: string[] = [];
  for await (const { storeId, campaignId, item } of campaigns.all())
    lines.push(`${storeId} ${campaignId}\n${JSON.stringify(item["status"] ?? "not compiled yet", undefined, 2)}`);
  return { kind: "done", text: lines.length === 0 ? "no campaign yet" : lines.join("\n") };
}

async function act(words: readonly string[], variables: Variables): Promise<CommandResult> {
  const [command, argument, ...rest] = words;
  if (rest.length > 0) return { kind: "usage", message: `too many words: ${rest.join(" ")}` };
  const tables = openTables(variables);
  if (command === "put" && argument !== undefined) return put(tables, argument);
  if (command === "list" && argument === undefined) return list(tables);
  if (command === "delete" && argument !== undefined) {
    await tables.campaigns.remove(variables["ECWID_STORE_ID"] || DEMONSTRATION_STORE, argument);
    return { kind: "done", text: `campaign ${argument} is removed; what it holds goes back within a second or two` };
  }
  return { kind: "usage", message: command === undefined ? "say what to do" : `"${words.join(" ")}" is not something this command knows` };
}

function codeOf(error: unknown): unknown {
  return typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
}

/**
 * The first of the command line: campaigns of the Doorman on this machine.
 *
 * @returns what to print, or one sentence on what is wrong.
 */
export async function runCommand(words: readonly string[], variables: Variables): Promise<CommandResult> {
  try {
    return await act(words, variables);
  } catch (error) {
    if (codeOf(error) === "ECONNREFUSED") return { kind: "failed", message: "no Doorman runs on this machine; start one with npm start" };
    if (codeOf(error) === "ENOENT") return { kind: "failed", message: `there is no file ${words[1]}` };
    if (error instanceof SyntaxError) return { kind: "failed", message: `${words[1]} is not JSON: ${error.message}` };
    throw error;
  }
}
