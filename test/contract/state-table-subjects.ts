import { dueShards } from "../../lib/adapters/dynamo/keys.ts";
import { createDynamoStateTable } from "../../lib/adapters/dynamo/state-table.ts";
import { createMemoryStateTable } from "../../lib/adapters/memory/state-table.ts";
import type { StateTable, TargetState } from "../../lib/application/ports/state-table.ts";
import { campaignId, type StoreId, storeId, type TargetKey } from "../../lib/domain/identifiers.ts";
import { parseInstant } from "../../lib/domain/instant.ts";
import type { Layer } from "../../lib/domain/layers/layer.ts";
import { EMPTY_LEDGER } from "../../lib/domain/ledger/ledger.ts";
import { startEmbeddedDatabase } from "../support/dynalite.ts";

/** One implementation of the state table, opened for a test file. */
export interface StateTableSubject {
  readonly table: StateTable;
  readonly shardOf: (store: StoreId, target: TargetKey) => number;
  close(): Promise<void>;
}

/** The implementations that must behave alike. The last proves that every query goes on past its first page. */
export const stateTableSubjects = [
  { name: "in memory", open: async () => ({ table: createMemoryStateTable(), shardOf: () => 0, close: async () => undefined }) },
  { name: "in DynamoDB", open: () => openEmbedded(undefined) },
  { name: "in DynamoDB with one item a page", open: () => openEmbedded(1) },
] satisfies readonly { name: string; open: () => Promise<StateTableSubject> }[];

async function openEmbedded(pageSize: number | undefined): Promise<StateTableSubject> {
  const database = await startEmbeddedDatabase();
  if (pageSize !== undefined) {
    database.client.middlewareStack.add(
      (next, context) => (call) =>
        /Query|Scan/.test(context.commandName ?? "") ? next({ ...call, input: { ...call.input, Limit: pageSize } }) : next(call),
      { step: "initialize", priority: "high" },
    );
  }
  const onBrokenItem = (message: string) => {
    throw new Error(message);
  };
  const table = createDynamoStateTable({ client: database.client, tableName: database.tableNames.state, onBrokenItem });
  return { table, shardOf: dueShards.of, close: database.stop };
}

let storesMade = 0;

/** @returns a store that no other test of the file has used. */
export function freshStore(): StoreId {
  storesMade += 1;
  return storeId(String(1000 + storesMade));
}

export const at = parseInstant;

export const emptyTarget: TargetState = { ledger: EMPTY_LEDGER, attemptsBegun: 0, failuresInARow: 0, warnings: [] };

/** @returns a layer of the campaign named, with every optional field. */
export function layerOf(campaign: string): Layer {
  return {
    campaignId: campaignId(campaign),
    campaignName: "Black Friday for everyone",
    windows: {
      start: { kind: "local", dateTime: "2026-11-27T00:00" },
      end: { kind: "fixed", at: at("2026-11-28T05:00:00Z") },
      timeZone: "America/New_York",
      repeat: "FREQ=WEEKLY",
      except: ["2026-12-25"],
    },
    enabled: true,
    override: { state: "off", until: at("2026-11-28T12:00:00.123Z"), reason: "stock ran out", by: "ana" },
    priority: -2.5,
    onManualEdit: "enforce",
    ask: { kind: "promotion", form: "change", add: [0, 1006534], remove: [] },
  };
}

/** @returns everything that an asynchronous list yields. */
export async function collect<Each>(all: AsyncIterable<Each>): Promise<readonly Each[]> {
  const collected: Each[] = [];
  for await (const each of all) collected.push(each);
  return collected;
}
