import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { createDynamoCampaignTable } from "../../lib/adapters/dynamo/campaign-table.ts";
import { createDynamoHistory } from "../../lib/adapters/dynamo/history.ts";
import { createLetterbox } from "../../lib/adapters/dynamo/letterbox.ts";
import { createDynamoStateTable } from "../../lib/adapters/dynamo/state-table.ts";
import { systemChance } from "../../lib/adapters/system/chance.ts";
import { createSystemClock } from "../../lib/adapters/system/clock.ts";
import { fingerprint } from "../../lib/adapters/system/fingerprint.ts";
import type { CampaignRecord, CampaignTable } from "../../lib/application/ports/campaign-table.ts";
import type { Clock } from "../../lib/application/ports/clock.ts";
import type { StateTable } from "../../lib/application/ports/state-table.ts";
import { isNumericId, nameInCalendarRecordId, storeId as storeIdOf } from "../../lib/domain/identifiers.ts";
import { formatLocal, type Instant, isInstantText, parseInstant } from "../../lib/domain/instant.ts";
import type { Json } from "../../lib/domain/live.ts";
import { isTimeZone } from "../../lib/domain/windows/time-zone.ts";
import { claimFolder } from "./claim-folder.ts";
import { startDemonstration } from "./demonstration.ts";
import { copyTables, type EmbeddedDatabase, openDatabase, TABLE_NAMES } from "./embedded-database.ts";
import { createHost } from "./host.ts";
import { type LocalOptions, UsageError } from "./options.ts";
import { connectStore, type StoreConnection } from "./store-connection.ts";
import { createTerminalTelemetry } from "./terminal-telemetry.ts";

/** Doorman at work on one machine. */
export interface Running {
  stop(): Promise<void>;
}

const ANY_PORT = 0;

const DEMONSTRATION_LINES = {
  started: "A demonstration: one campaign opens in 15 seconds and closes 30 seconds later.",
  "goes-on": "The demonstration of an earlier start goes on.",
  "left-out": "No demonstration this time: another campaign is at work on its coupon or its promotion.",
} as const;

function isCode(error: unknown, code: string): boolean {
  const codes = [error, error instanceof Error ? error.cause : undefined];
  return codes.some((each) => typeof each === "object" && each !== null && "code" in each && each.code === code);
}

async function openHome({ home, databasePort }: LocalOptions): Promise<EmbeddedDatabase> {
  mkdirSync(home, { recursive: true });
  const release = claimFolder(home);
  try {
    const database = await openDatabase(join(home, "database"), databasePort);
    const close = async () => {
      await database.close();
      release();
    };
    return { ...database, close };
  } catch (error) {
    release();
    if (!isCode(error, "EADDRINUSE")) throw error;
    throw new UsageError(
      `port ${databasePort} is taken, perhaps by a Doorman that is running already; stop it, or choose another with DOORMAN_DATABASE_PORT`,
      {
        cause: error,
      },
    );
  }
}

async function connectOrClose(options: LocalOptions, clock: Clock, database: EmbeddedDatabase): Promise<StoreConnection> {
  try {
    return await connectStore(options, clock);
  } catch (error) {
    await database.close();
    if (!isCode(error, "EADDRINUSE")) throw error;
    const port = options.simulatedStorePort;
    throw new UsageError(`port ${port} is taken; stop what uses it, or choose another for the simulated store with DOORMAN_STORE_PORT`, {
      cause: error,
    });
  }
}

/** A dry run works on a copy in memory, so that nothing on disk changes either. */
async function databaseFor(options: LocalOptions): Promise<EmbeddedDatabase> {
  const kept = await openHome(options);
  if (!options.dryRun) return kept;
  const copied = await openDatabase(undefined, ANY_PORT);
  await copyTables(kept.client, copied.client);
  await kept.close();
  // On the usual port, so that a campaign can be rehearsed by putting it while the dry run goes on.
  const scratch = await openDatabase(undefined, options.databasePort);
  await copyTables(copied.client, scratch.client);
  await copied.close();
  return scratch;
}

function greet(write: (line: string) => void, { dryRun, home }: LocalOptions, database: EmbeddedDatabase, store: StoreConnection): void {
  const where = store.simulatedAt === undefined ? "" : `, simulated at ${store.simulatedAt}`;
  write(`Doorman runs for store ${store.storeId}${where} (process ${process.pid}). Ctrl-C stops.`);
  if (dryRun) {
    write("Dry run: it says what it would do, and writes nothing to the store or to disk. Campaigns put now are forgotten when it stops.");
  } else {
    write(`Campaigns are kept in ${home}, in an embedded DynamoDB at ${database.endpoint}.`);
  }
  write("To add one of your own, start from docs/first-campaign.json and, in another terminal:  npm run campaign -- put my-campaign.json");
  write("To see them all:  npm run campaign -- list      All that can be done:  npm run doorman -- --help");
  if (store.simulatedAt !== undefined)
    write(`To edit the simulated store as a colleague would:  curl ${store.simulatedAt}/simulated-admin`);
}

function textOf(status: Json | undefined, field: string): string | undefined {
  if (typeof status !== "object" || status === null || !(field in status)) return undefined;
  const value = Object.entries(status).find(([name]) => name === field)?.[1];
  return typeof value === "string" ? value : undefined;
}

function nextSwitchText(next: string | undefined, timeZone: string, now: Instant): string {
  if (next === undefined) return "";
  if (!isInstantText(next)) return `, next switch ${next}`;
  const at = parseInstant(next);
  const shown = formatLocal(at, timeZone);
  return at <= now ? `, and its switch of ${shown} is overdue: it is done now` : `, next switch ${shown}`;
}

async function zoneOf({ storeId, item }: CampaignRecord, state: StateTable): Promise<string> {
  const { timeZone } = item;
  if (typeof timeZone === "string" && isTimeZone(timeZone)) return timeZone;
  return (isNumericId(storeId) ? (await state.readStore(storeIdOf(storeId))).timeZone : undefined) ?? "UTC";
}

/** What earlier starts have left, as it was then: whatever is overdue is done at once. */
async function tellCampaigns(write: (line: string) => void, campaigns: CampaignTable, state: StateTable, now: Instant): Promise<void> {
  for await (const record of campaigns.all()) {
    const { storeId, campaignId, item } = record;
    const calendar = nameInCalendarRecordId(campaignId);
    if (calendar !== undefined) {
      write(`Calendar ${calendar} of store ${storeId} is kept.`);
      continue;
    }
    const when = nextSwitchText(textOf(item["status"], "nextSwitch"), await zoneOf(record, state), now);
    write(`Campaign ${campaignId} of store ${storeId} was ${textOf(item["status"], "state") ?? "not compiled yet"}${when}.`);
  }
}

/**
 * Starts Doorman on one machine: embedded database, store, functions.
 *
 * @param write takes one line for a person.
 * @throws UsageError for what a person has to change.
 */
export async function run(options: LocalOptions, write: (line: string) => void): Promise<Running> {
  const clock = createSystemClock();
  const database = await databaseFor(options);
  const store = await connectOrClose(options, clock, database);
  const complain = (message: string, error?: unknown) => write(`doorman: ${message}${error instanceof Error ? `: ${error.message}` : ""}`);
  const { client } = database;
  const state = createDynamoStateTable({ client, tableName: TABLE_NAMES.state, onBrokenItem: complain });
  const campaigns = createDynamoCampaignTable({ client, tableName: TABLE_NAMES.campaigns });
  const history = createDynamoHistory({ client, tableName: TABLE_NAMES.history, onBrokenItem: complain });
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const telemetry = createTerminalTelemetry({ write, now: clock.now, timeZone });
  const { ecwid, tokens } = store;
  const host = createHost({
    clock,
    chance: systemChance,
    campaigns,
    state,
    history,
    ecwid,
    tokens,
    telemetry,
    deployment: undefined,
    isShadow: options.dryRun,
    fingerprint,
    letterbox: createLetterbox({ client, tableName: TABLE_NAMES.state }),
    complain,
  });
  greet(write, options, database, store);
  await tellCampaigns(write, campaigns, state, clock.now());
  if (store.simulatedAt !== undefined) {
    write(DEMONSTRATION_LINES[await startDemonstration(campaigns, state, clock.now())]);
  }
  host.start();
  if (options.store.kind === "real") await host.look(store.storeId, "Doorman has just been started");
  return {
    stop: async () => {
      await host.stop();
      await store.close();
      await database.close();
    },
  };
}
