import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type EmbeddedDatabase, openDatabase, TABLE_NAMES } from "../../infra/local/embedded-database.ts";
import { createHost, type Host } from "../../infra/local/host.ts";
import { createInProcessFetch } from "../../infra/local/simulated-store/in-process-fetch.ts";
import { createSimulatedEcwid } from "../../infra/local/simulated-store/simulated-ecwid.ts";
import { createDynamoCampaignTable } from "../../lib/adapters/dynamo/campaign-table.ts";
import { createDynamoHistory } from "../../lib/adapters/dynamo/history.ts";
import { createLetterbox } from "../../lib/adapters/dynamo/letterbox.ts";
import { createDynamoStateTable } from "../../lib/adapters/dynamo/state-table.ts";
import { createEcwidGateway } from "../../lib/adapters/ecwid/ecwid-gateway.ts";
import { createFixedTokenSource } from "../../lib/adapters/memory/fixed-token-source.ts";
import { systemChance } from "../../lib/adapters/system/chance.ts";
import { createSystemClock } from "../../lib/adapters/system/clock.ts";
import { fingerprint } from "../../lib/adapters/system/fingerprint.ts";
import { openPlace } from "../../lib/cli/open-place.ts";
import { runCli } from "../../lib/cli/run-cli.ts";
import { type Use, usesOf, writeUsedFiles, wrongWith } from "../support/cli-uses.ts";
import { COUPON, PROMOTION, STORE, TOKEN } from "../support/world.ts";

const MOST_TRIES = 60;

const clock = createSystemClock();
const place = { isAws: false, folder: mkdtempSync(join(tmpdir(), "doorman-uses-")), now: clock.now() };
const complaints: string[] = [];
let database: EmbeddedDatabase;
let host: Host;

beforeAll(async () => {
  database = await openDatabase(undefined, 0);
  const { client } = database;
  const ecwid = createSimulatedEcwid({ clock });
  ecwid.addStore({
    storeId: STORE,
    timeZone: "UTC",
    tokens: [TOKEN],
    coupons: [{ id: COUPON, code: "WELCOME10", applicationLimit: "NEW_CUSTOMER_ONLY" }],
    promotions: [{ id: PROMOTION, name: "Early access", triggers: { subtotal: 25, customerGroups: [0, 1] } }],
    groups: [1, 2, 3, 4, 5].map((id) => ({ id, name: `Group ${id}` })),
  });
  const complain = (message: string, error?: unknown) => {
    complaints.push(`${message}: ${String(error)}`);
  };
  host = createHost({
    clock,
    chance: systemChance,
    campaigns: createDynamoCampaignTable({ client, tableName: TABLE_NAMES.campaigns }),
    state: createDynamoStateTable({ client, tableName: TABLE_NAMES.state, onBrokenItem: complain }),
    history: createDynamoHistory({ client, tableName: TABLE_NAMES.history, onBrokenItem: complain }),
    ecwid: createEcwidGateway({ fetch: createInProcessFetch(ecwid), clock }),
    tokens: createFixedTokenSource(new Map([[STORE, { token: TOKEN }]])),
    telemetry: { emit: () => {} },
    deployment: undefined,
    fingerprint,
    letterbox: createLetterbox({ client, tableName: TABLE_NAMES.state }),
    complain,
  });
  writeUsedFiles(place);
  host.start();
});

afterAll(async () => {
  await host.stop();
  await database.close();
  rmSync(place.folder, { recursive: true, force: true });
});

/** In this process, but through the database's own port. */
async function doorman(words: readonly string[], input = "") {
  let [out, err] = ["", ""];
  const terminal = {
    print: (part: string) => {
      out += part;
    },
    complain: (part: string) => {
      err += part;
    },
    isTerminal: false,
    columns: 80,
    input: async () => input,
    secret: async () => input,
  };
  const { folder } = place;
  const variables = { DOORMAN_DATABASE_PORT: new URL(database.endpoint).port };
  const open = (choice: Parameters<typeof openPlace>[0]) => openPlace(choice, { variables, folder, complain: terminal.complain });
  const code = await runCli(words, { variables, folder, clock, terminal, fingerprint, open });
  return { code, out, err };
}

async function tried(use: Use): Promise<string | undefined> {
  const { words, input, comes } = use;
  for (let left = comes === true ? MOST_TRIES : 1; ; left -= 1) {
    const wrong = wrongWith(use, await doorman(words, input));
    if (wrong === undefined || left <= 1) return wrong;
    await delay(500);
  }
}

describe("doorman on the embedded database, with a Doorman at work", { timeout: 180_000 }, () => {
  it.each(usesOf(place).map((use, index) => [`${index + 1}: ${use.words.join(" ")}`, use.code, use] as const))(
    "%s ends with %i",
    async (_title, _code, use) => {
      expect(await tried(use)).toBeUndefined();
    },
  );

  it("had the Doorman complain of nothing", () => {
    expect(complaints).toEqual([]);
  });
});
