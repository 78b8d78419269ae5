import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { ScanCommand } from "@aws-sdk/lib-dynamodb";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { localClient, openDatabase, TABLE_NAMES } from "../../infra/local/embedded-database.ts";
import { type ServedEcwid, serveSimulatedEcwid } from "../../infra/local/simulated-store/serve-simulated-ecwid.ts";
import { createSimulatedEcwid, type SimulatedEcwid } from "../../infra/local/simulated-store/simulated-ecwid.ts";
import { createDynamoCampaignTable } from "../../lib/adapters/dynamo/campaign-table.ts";
import { createSystemClock } from "../../lib/adapters/system/clock.ts";
import { formatInstant, plus, SECOND } from "../../lib/domain/instant.ts";
import type { JsonObject } from "../../lib/domain/live.ts";
import { type DoormanProcess, startDoorman } from "../support/doorman-process.ts";
import { COUPON, STORE, TOKEN } from "../support/world.ts";

const clock = createSystemClock();
let home: string;
let ecwid: SimulatedEcwid;
let served: ServedEcwid;
let running: DoormanProcess[];

beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), "doorman-"));
  ecwid = createSimulatedEcwid({ clock });
  ecwid.addStore({
    storeId: STORE,
    tokens: [TOKEN],
    coupons: [{ id: COUPON, code: "WELCOME10", applicationLimit: "REPEAT_CUSTOMER_ONLY" }],
  });
  served = await serveSimulatedEcwid(ecwid, { port: 0 });
  running = [];
});

afterEach(async () => {
  for (const doorman of running) doorman.signal("SIGKILL");
  await Promise.all(running.map((doorman) => doorman.ended()));
  await served.close();
  rmSync(home, { recursive: true, force: true });
});

function start(words: readonly string[] = []): DoormanProcess {
  const store = { ECWID_STORE_ID: STORE, ECWID_TOKEN: TOKEN, ECWID_API_URL: `${served.url}/api/v3` };
  const doorman = startDoorman({ ...store, DOORMAN_HOME: home, DOORMAN_DATABASE_PORT: "0" }, words);
  running.push(doorman);
  return doorman;
}

async function put(doorman: DoormanProcess, opensInMs: number, lastsMs: number): Promise<void> {
  const [, endpoint = ""] = await doorman.waitFor(/embedded DynamoDB at (http:\S+?)\.\s/);
  const client = localClient(endpoint);
  const startsAt = plus(clock.now(), opensInMs);
  await createDynamoCampaignTable({ client, tableName: TABLE_NAMES.campaigns }).put({
    storeId: STORE,
    campaignId: "sale",
    name: "Sale",
    start: formatInstant(startsAt),
    end: formatInstant(plus(startsAt, lastsMs)),
    coupons: [{ couponId: COUPON, applicationLimit: "UNLIMITED" }],
  } satisfies JsonObject & { storeId: string; campaignId: string });
  client.destroy();
}

function limit(): unknown {
  return ecwid.coupon(STORE, COUPON)?.["applicationLimit"];
}

/** Every file below a folder, as one text. */
function contentOf(folder: string): string {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile())
    .map((file) => readFileSync(file, "latin1"))
    .join("\n");
}

/** Every item of every table that a Doorman that is not running has left. */
async function itemsIn(folder: string): Promise<readonly unknown[]> {
  const { client, close } = await openDatabase(join(folder, "database"), 0);
  const tables = Object.values<string>({ ...TABLE_NAMES });
  const items = await Promise.all(tables.map(async (TableName) => (await client.send(new ScanCommand({ TableName }))).Items));
  await close();
  return items;
}

describe("Doorman on one machine", () => {
  it("opens and closes on a real API, tells each in a line, stops cleanly, and never shows the token", async () => {
    const doorman = start();
    await put(doorman, 3 * SECOND, 6 * SECOND);

    const [opened = ""] = await doorman.waitFor(/.*REPEAT_CUSTOMER_ONLY → UNLIMITED.*/);
    const [closed = ""] = await doorman.waitFor(/.*UNLIMITED → REPEAT_CUSTOMER_ONLY.*/);
    doorman.signal("SIGINT");

    expect(await doorman.ended()).toBe(0);
    for (const line of [opened, closed])
      expect(line).toMatch(
        /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d \S+ {2}coupon WELCOME10 \(162428889\) {2}.* {2}because .*"Sale".* {2}\(\d+ ms late\)$/,
      );
    expect(limit()).toBe("REPEAT_CUSTOMER_ONLY");
    expect(doorman.output()).not.toContain(TOKEN);
    expect(contentOf(home)).not.toContain(TOKEN);
  });

  it("killed in the middle of a window, it closes to the right base at the end after the next start", async () => {
    const first = start();
    await put(first, 2 * SECOND, 25 * SECOND);
    await first.waitFor(/→ UNLIMITED/);
    first.signal("SIGKILL");
    await first.ended();

    const second = start();
    await second.waitFor(/UNLIMITED → REPEAT_CUSTOMER_ONLY/);

    expect(limit()).toBe("REPEAT_CUSTOMER_ONLY");
  });

  it("killed across the end, it closes at once on the next start", async () => {
    const first = start();
    await put(first, 2 * SECOND, 8 * SECOND);
    await first.waitFor(/→ UNLIMITED/);
    first.signal("SIGKILL");
    await first.ended();
    await delay(10 * SECOND);
    expect(limit()).toBe("UNLIMITED");

    const second = start();
    await second.waitFor(/UNLIMITED → REPEAT_CUSTOMER_ONLY/);

    expect(limit()).toBe("REPEAT_CUSTOMER_ONLY");
  });

  it("as a dry run says what it would do, and writes nothing to the store or to disk", async () => {
    const real = start();
    // Long enough for the second process to be there before the window is over, however slow the machine.
    await put(real, 15 * SECOND, 20 * SECOND);
    await real.waitFor(/campaign sale: SCHEDULED/);
    real.signal("SIGINT");
    await real.ended();
    const before = await itemsIn(home);

    const dry = start(["--dry-run"]);
    await dry.waitFor(/would switch .* REPEAT_CUSTOMER_ONLY → UNLIMITED/);
    await dry.waitFor(/would switch .* UNLIMITED → REPEAT_CUSTOMER_ONLY/);
    dry.signal("SIGINT");
    await dry.ended();

    expect(ecwid.log.counts().writes).toBe(0);
    expect(limit()).toBe("REPEAT_CUSTOMER_ONLY");
    expect(await itemsIn(home)).toEqual(before);
  });

  it("refuses a second start on the same folder in one sentence", async () => {
    const first = start();
    await first.waitFor(/Ctrl-C stops/);

    const second = start();

    expect(await second.ended()).toBe(2);
    expect(second.output()).toMatch(/is in use by a Doorman that is running already/);
    expect(second.output()).not.toMatch(/\n\s+at /);
  });

  it("refuses half of a real store in one sentence", async () => {
    const doorman = startDoorman({ ECWID_STORE_ID: STORE, ECWID_TOKEN: "", DOORMAN_HOME: home });
    running.push(doorman);

    expect(await doorman.ended()).toBe(2);
    expect(doorman.output().trim()).toMatch(/^doorman: ECWID_STORE_ID is given without ECWID_TOKEN/);
  });
});
