import { createHash } from "node:crypto";
import { subscribe } from "node:diagnostics_channel";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { openDatabase, TABLE_NAMES } from "../../../infra/local/embedded-database.ts";
import { createDynamoCampaignTable } from "../../../lib/adapters/dynamo/campaign-table.ts";
import { createDynamoStateTable } from "../../../lib/adapters/dynamo/state-table.ts";
import { createSystemClock } from "../../../lib/adapters/system/clock.ts";
import { fingerprint } from "../../../lib/adapters/system/fingerprint.ts";
import { compileRecord } from "../../../lib/application/compile/compile-record.ts";
import { encodeStoreMessage } from "../../../lib/application/messages/store-message.ts";
import type { StoreMessage } from "../../../lib/application/ports/dispatcher.ts";
import { DAY, formatInstant, HOUR, plus } from "../../../lib/domain/instant.ts";
import type { Shape } from "./order.ts";
import { workerStores } from "./stores.ts";

// The tables, the secrets and the queue on ports of a process of its own: an embedded DynamoDB, and replies that are always the same.
// It is asked for the endpoints ("where"), for a round of saving every campaign so that its window is open now or over, whose answer is the bodies
// of the messages that this sends, and for what it was asked since the round ("requests").

/** A round of saving. */
export type Save = Shape & { readonly isOn: boolean };

const database = await openDatabase(undefined, 0);
const asked = new Map<string, number>();
subscribe("http.server.request.start", (event) => {
  const { request } = event as { readonly request: IncomingMessage };
  const operation = String(request.headers["x-amz-target"]).replace(/^.*\./, "");
  asked.set(operation, (asked.get(operation) ?? 0) + 1);
});

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = JSON.parse(await text(request));
  const digest = (of: unknown) => createHash("md5").update(String(of)).digest("hex");
  const reply = String(request.headers["x-amz-target"]).startsWith("AmazonSQS")
    ? { MessageId: "1", MD5OfMessageBody: digest(body.MessageBody) }
    : { SecretString: `secret_of_${String(body.SecretId).replace(/^.*\//, "")}`, VersionId: "1", Tags: [] };
  response.writeHead(200, { "content-type": "application/x-amz-json-1.1" }).end(JSON.stringify(reply));
}

const others = createServer((request, response) => void answer(request, response)).listen(0, "127.0.0.1");
await once(others, "listening");
const address = others.address();
const port = typeof address === "object" && address !== null ? address.port : 0;

const clock = createSystemClock();
const tables = { client: database.client, onBrokenItem: () => undefined };
const state = createDynamoStateTable({ ...tables, tableName: TABLE_NAMES.state });
const campaigns = createDynamoCampaignTable({ ...tables, tableName: TABLE_NAMES.campaigns });

async function save({ isOn, ...shape }: Save): Promise<readonly string[]> {
  const bodies: string[] = [];
  const send = async (message: StoreMessage) => {
    if (message.kind === "switch") bodies.push(encodeStoreMessage(message));
  };
  const compiling = { clock, campaigns, state, dispatcher: { send }, telemetry: { emit: () => undefined }, fingerprint };
  const now = clock.now();
  const window = { start: formatInstant(plus(now, -DAY)), end: formatInstant(plus(now, isOn ? DAY : -HOUR)) };
  for (const { id, record } of workerStores(shape)) {
    const { version } = await state.readStore(id);
    await state.writeStore(id, { pausedKinds: {}, timeZone: "UTC", profileReadAt: now, tokenProvenAt: now }, version);
    const { repeat: _once, ...once } = record;
    await campaigns.put({ ...once, ...window });
    await compileRecord(compiling, record);
  }
  asked.clear();
  return bodies;
}

process.on("message", (question: "where" | "requests" | Save) => {
  if (question === "where") process.send?.({ tables: database.endpoint, others: `http://127.0.0.1:${port}` });
  else if (question === "requests") process.send?.(Object.fromEntries(asked));
  else void save(question).then((bodies) => process.send?.(bodies));
});
process.once("disconnect", () => {
  others.close();
  others.closeAllConnections();
  void database.close();
});
