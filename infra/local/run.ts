import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { createDynamoCampaignTable } from "../../lib/adapters/dynamo/campaign-table.ts";
import { createDynamoHistory } from "../../lib/adapters/dynamo/history.ts";
import { createDynamoStateTable } from "../../lib/adapters/dynamo/state-table.ts";
import { systemChance } from "../../lib/adapters/system/chance.ts";
import { createSystemClock } from "../../lib/adapters/system/clock.ts";
import { fingerprint } from "../../lib/adapters/system/fingerprint.ts";
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

/** A dry run works on a copy in memory, so that nothing on disk changes either. */
async function databaseFor(options: LocalOptions): Promise<EmbeddedDatabase> {
  const kept = await openHome(options);
  if (!options.dryRun) return kept;
  const scratch = await openDatabase(undefined, ANY_PORT);
  await copyTables(kept.client, scratch.client);
  await kept.close();
  return scratch;
}

function greet(write: (line: string) => void, options: LocalOptions, database: EmbeddedDatabase, store: StoreConnection): void {
  const { dryRun, home } = options;
  write(
    `Doorman runs for store ${store.storeId}${store.simulatedAt === undefined ? "" : `, simulated at ${store.simulatedAt}`} (process ${process.pid}).`,
  );
  if (dryRun) write("Dry run: it says what it would do, and writes nothing to the store or to disk.");
  else write(`Campaigns are kept in ${home}, in an embedded DynamoDB at ${database.endpoint}.`);
  write("");
  write("To add a campaign of your own, put it in a file and, in another terminal:   npm run campaign -- put my-campaign.json");
  write("docs/first-campaign.json is one to start from. Others: npm run campaign -- list, npm run campaign -- delete <campaignId>.");
  if (store.simulatedAt !== undefined)
    write(`To see the simulated store, or to edit it as a person would: curl ${store.simulatedAt}/simulated-admin/`);
  write("Ctrl-C stops.");
  write("");
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
  const store = await connectStore(options, clock);
  const complain = (message: string, error?: unknown) => write(`doorman: ${message}${error instanceof Error ? `: ${error.message}` : ""}`);
  const { client } = database;
  const state = createDynamoStateTable({ client, tableName: TABLE_NAMES.state, onBrokenItem: complain });
  const campaigns = createDynamoCampaignTable({ client, tableName: TABLE_NAMES.campaigns });
  const history = createDynamoHistory({ client, tableName: TABLE_NAMES.history, onBrokenItem: complain });
  const timeZone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const telemetry = createTerminalTelemetry({ write, now: clock.now, timeZone, dryRun: options.dryRun });
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
    fingerprint,
    complain,
  });
  greet(write, options, database, store);
  if (store.simulatedAt !== undefined) {
    const { isNew } = await startDemonstration(campaigns, state, clock.now());
    write(
      isNew
        ? "A demonstration: one campaign opens in 15 seconds and closes 30 seconds later."
        : "The demonstration of an earlier start goes on.",
    );
  }
  host.start();
  return {
    stop: async () => {
      await host.stop();
      await store.close();
      await database.close();
    },
  };
}
