import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type EmbeddedDatabase, openDatabase, TABLE_NAMES } from "../../infra/local/embedded-database.ts";
import { createDynamoCampaignTable } from "../../lib/adapters/dynamo/campaign-table.ts";
import { createLetterbox, type Letterbox } from "../../lib/adapters/dynamo/letterbox.ts";
import { createDynamoStateTable } from "../../lib/adapters/dynamo/state-table.ts";
import { fingerprint } from "../../lib/adapters/system/fingerprint.ts";
import { compileRecord } from "../../lib/application/compile/compile-record.ts";
import type { CampaignTable } from "../../lib/application/ports/campaign-table.ts";
import type { Clock } from "../../lib/application/ports/clock.ts";
import type { StateTable } from "../../lib/application/ports/state-table.ts";
import { openPlace } from "../../lib/cli/open-place.ts";
import { runCli } from "../../lib/cli/run-cli.ts";
import { parseInstant, plus } from "../../lib/domain/instant.ts";
import { type ServiceCall, startStandInService } from "../contract/queue-and-secrets-service.ts";
import { STORE, sale, TOKEN } from "../support/world.ts";

const START = parseInstant("2026-11-27T11:00:00Z");

let database: EmbeddedDatabase;
let campaigns: CampaignTable;
let state: StateTable;
let letterbox: Letterbox;
let folder: string;
let clock: Clock;

beforeAll(async () => {
  database = await openDatabase(undefined, 0);
  const { client } = database;
  campaigns = createDynamoCampaignTable({ client, tableName: TABLE_NAMES.campaigns });
  state = createDynamoStateTable({ client, tableName: TABLE_NAMES.state, onBrokenItem: () => {} });
  letterbox = createLetterbox({ client, tableName: TABLE_NAMES.state });
  folder = mkdtempSync(join(tmpdir(), "doorman-cli-"));
  let now = START;
  clock = {
    now: () => now,
    sleepUntil: async (at) => {
      now = at > now ? at : now;
    },
  };
});

afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

afterEach(async () => {
  for await (const { storeId, campaignId } of campaigns.all()) await campaigns.remove(storeId, campaignId);
});

/** The command line on this database, in process; only terminal and time are not real. */
async function doorman(...words: readonly string[]): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
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
    input: async () => "",
    secret: async () => "",
  };
  const variables = { DOORMAN_DATABASE_PORT: new URL(database.endpoint).port };
  const open = (choice: Parameters<typeof openPlace>[0]) => openPlace(choice, { variables, folder, complain: terminal.complain });
  const code = await runCli(words, { variables, folder, clock, terminal, fingerprint, open });
  return { code, out, err };
}

function file(name: string, content: unknown): string {
  writeFileSync(join(folder, name), JSON.stringify(content));
  return name;
}

async function compile(): Promise<void> {
  const telemetry = { emit: () => {} };
  for await (const record of campaigns.all())
    await compileRecord({ clock, campaigns, state, telemetry, fingerprint, dispatcher: { send: async () => {} } }, record);
}

describe("doorman on an embedded database", { timeout: 120_000 }, () => {
  it("puts, shows, steers, plans and deletes a campaign", async () => {
    const ended = [await doorman("campaign", "put", file("sale.json", sale()))];
    await compile();

    for (const words of [
      ["campaign", "extend", "sale", "1h"],
      ["campaign", "end", "sale", "--by", "ana"],
      ["campaign", "resume", "sale"],
      ["campaign", "pause", "sale"],
      ["campaign", "resume", "sale"],
    ]) {
      ended.push(await doorman(...words));
    }
    await compile();
    const planned = await doorman("plan", "--for", "2h");
    const listed = await doorman("campaign", "list");
    const removed = await doorman("campaign", "delete", "sale");

    expect(ended.map(({ code, err }) => ({ code, err }))).toEqual(ended.map(() => ({ code: 0, err: "" })));
    expect(planned.out).toMatch(/2026-11-27 11:00 +2026-11-27 12:00 +UNLIMITED/);
    expect(listed.out).toMatch(/sale +ACTIVE/);
    expect(removed.code).toBe(0);
    expect(await campaigns.get(STORE, "sale")).toBeUndefined();
  });

  it("one of two people who change a campaign at the same time wins, and the other is told", async () => {
    await campaigns.put(sale({ coupons: sale()["coupons"] ?? [] }));

    const ended = await Promise.all([
      doorman("campaign", "pause", "sale"),
      doorman("campaign", "override", "sale", "on", "--until", "2026-11-28T00:00", "--reason", "x"),
    ]);

    const record = (await campaigns.get(STORE, "sale"))?.item;
    const codes = ended.map(({ code }) => code).toSorted();
    // Where one was done before the other began to read, both went through, or the pause was in the way of the override.
    expect([
      [0, 0],
      [0, 1],
      [0, 3],
    ]).toContainEqual(codes);
    expect(record?.["enabled"] === false || record?.["override"] !== undefined).toBe(true);
    if (codes[1] === 3) expect(record?.["enabled"] === false && record["override"] !== undefined).toBe(false);
  });

  it("leaves a request for a look where the Doorman on this machine finds it, once", async () => {
    const { code, err } = await doorman("store", "check", STORE, "--wait", "2s");

    expect(code).toBe(1);
    expect(err).toMatch(/no answer about store 1003 within 2 seconds/);
    expect(await letterbox.collect()).toMatchObject([{ kind: "look", storeId: STORE, because: "doorman store check" }]);
    expect(await letterbox.collect()).toEqual([]);
  });

  it("shows what the look has found", async () => {
    const { version, ...store } = await state.readStore(STORE as Parameters<StateTable["readStore"]>[0]);
    const later = plus(clock.now(), 1);
    await state.writeStore(
      STORE as Parameters<StateTable["readStore"]>[0],
      { ...store, timeZone: "Europe/Berlin", profileReadAt: later, tokenProvenAt: later },
      version,
    );

    const { code, out } = await doorman("store", "check", STORE);

    expect(code).toBe(0);
    expect(out).toMatch(/good {2}zone +Europe\/Berlin/);
  });

  it("says in one sentence that no Doorman runs there", async () => {
    const other = await openDatabase(undefined, 0);
    const { port } = new URL(other.endpoint);
    await other.close();
    const child = start(["campaign", "list"], { DOORMAN_DATABASE_PORT: port });

    expect(await child.ended).toEqual({
      code: 1,
      out: "",
      err: expect.stringMatching(/^doorman: no Doorman runs on this machine [^\n]*\n$/),
    });
  });
});

function start(words: readonly string[], variables: Readonly<Record<string, string>>, input = "") {
  const child: ChildProcess = spawn(process.execPath, ["scripts/doorman.mjs", ...words], {
    env: { PATH: process.env["PATH"], ...variables },
    stdio: ["pipe", "pipe", "pipe"],
  });
  child.stdin?.end(input);
  const { stdout, stderr } = child;
  if (stdout === null || stderr === null) throw new Error("the process has no output");
  const ended = Promise.all([text(stdout), text(stderr), once(child, "close")]).then(([out, err]) => ({ code: child.exitCode, out, err }));
  return { ended };
}

const ON_AWS = {
  AWS_REGION: "eu-west-1",
  AWS_ACCESS_KEY_ID: "local",
  AWS_SECRET_ACCESS_KEY: "local",
  DOORMAN_CAMPAIGNS_TABLE: "c",
  DOORMAN_STATE_TABLE: "s",
  DOORMAN_HISTORY_TABLE: "h",
  DOORMAN_QUEUE_URL: "https://sqs.eu-west-1.amazonaws.com/1/stores.fifo",
};

describe("doorman store add on AWS, as a process", { timeout: 120_000 }, () => {
  async function add(answer: (call: ServiceCall) => { readonly status: number; readonly body: object }, input: string) {
    const service = await startStandInService(answer);
    const variables = { ...ON_AWS, AWS_ENDPOINT_URL: service.configuration.endpoint };
    const ended = await start(["store", "add", "1003", "--aws", "--no-check"], variables, input).ended;
    await service.stop();
    return { ...ended, calls: service.calls };
  }

  it("creates the secret from standard input, and shows the token nowhere", async () => {
    const { code, out, err, calls } = await add(() => ({ status: 200, body: { Name: "doorman/stores/1003" } }), `${TOKEN}\n`);

    expect({ code, out, err }).toEqual({ code: 0, out: "store 1003: token added\n", err: "" });
    expect(calls).toMatchObject([{ operation: "CreateSecret", input: { Name: "doorman/stores/1003", SecretString: TOKEN } }]);
  });

  it("puts a new value where there is a secret already", async () => {
    const { out, calls } = await add(
      ({ operation }) =>
        operation === "CreateSecret"
          ? { status: 400, body: { __type: "ResourceExistsException", message: "there is one" } }
          : { status: 200, body: {} },
      JSON.stringify({ token: TOKEN }),
    );

    expect(out).toBe("store 1003: token replaced\n");
    expect(calls.at(-1)).toMatchObject({ operation: "PutSecretValue", input: { SecretId: "doorman/stores/1003", SecretString: TOKEN } });
  });

  it.each([
    ["with spaces in it", `${TOKEN} and more`, /its token is empty or has characters that no Ecwid token has/],
    ["that is JSON of another kind", `{"secret": "${TOKEN}"}`, /it looks like JSON but is not/],
  ])("refuses a token %s without a call and without repeating it", async (_name, input, message) => {
    const { code, out, err, calls } = await add(() => ({ status: 200, body: {} }), input);

    expect({ code, out, calls }).toEqual({ code: 1, out: "", calls: [] });
    expect(err).toMatch(message);
    expect(err).not.toContain(TOKEN);
  });

  it("says what Secrets Manager said, in one line", async () => {
    const { code, err } = await add(() => ({ status: 400, body: { __type: "AccessDeniedException", message: "not allowed" } }), TOKEN);

    expect(code).toBe(1);
    expect(err).toBe("doorman: the secret doorman/stores/1003 could not be written (AccessDeniedException: not allowed)\n");
  });
});

describe("doorman on AWS", { timeout: 120_000 }, () => {
  it("is refused in one line where what should name the queue names none", async () => {
    const { code, out, err } = await start(["campaign", "list", "--aws"], { ...ON_AWS, DOORMAN_QUEUE_URL: " , " }, "").ended;

    expect({ code, out }).toEqual({ code: 2, out: "" });
    expect(err).toBe("doorman: --queue-url and DOORMAN_QUEUE_URL name no queue: take the stack's output QueueUrl as it is\n");
  });
});
