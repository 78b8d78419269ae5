import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSystemClock } from "../../lib/adapters/system/clock.ts";
import { type Use, usesOf, writeUsedFiles, wrongWith } from "../support/cli-uses.ts";
import { STORE } from "../support/world.ts";
import { deployStack } from "./deploy-stack.ts";
import { type Host, startHost } from "./host/start-host.ts";
import { removeTokens } from "./tokens.ts";

const MAIN = join(import.meta.dirname, "..", "..", "scripts", "doorman.mjs");
const MOST_TRIES = 20;

const clock = createSystemClock();
const place = { isAws: true, folder: mkdtempSync(join(tmpdir(), "doorman-cloud-")), now: clock.now() };
const REGION = "eu-west-1";

let deployment: Readonly<Record<`DOORMAN_${string}`, string | undefined>>;
let host: Host;

beforeAll(async () => {
  const stack = await deployStack(REGION);
  host = startHost(stack);
  deployment = {
    DOORMAN_CAMPAIGNS_TABLE: stack.outputs["CampaignsTableName"],
    DOORMAN_STATE_TABLE: stack.outputs["StateTableName"],
    DOORMAN_HISTORY_TABLE: stack.outputs["HistoryTableName"],
    DOORMAN_QUEUE_URL: stack.outputs["QueueUrl"],
  };
  writeUsedFiles(place);
});

afterAll(async () => {
  await host.stop();
  await removeTokens(REGION, [STORE]);
  rmSync(place.folder, { recursive: true, force: true });
});

async function doorman(words: readonly string[], input = "", variables: Readonly<Record<string, string>> = {}) {
  const { PATH, AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = process.env;
  const aws = { AWS_ENDPOINT_URL, AWS_REGION: REGION, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY };
  const environment = { PATH, ...aws, ...deployment, ...variables };
  const child = spawn(process.execPath, [MAIN, ...words, "--aws"], { cwd: place.folder, env: environment });
  child.stdin.end(input);
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
  return { code: child.exitCode, out, err };
}

async function tried(use: Use): Promise<string | undefined> {
  const { words, input, comes } = use;
  for (let left = comes === true ? MOST_TRIES : 1; ; left -= 1) {
    const wrong = wrongWith(use, await doorman(words, input));
    if (wrong === undefined || left <= 1) return wrong;
    await delay(1_000);
  }
}

describe("doorman --aws as a process, on what the endpoint serves", () => {
  it.each(usesOf(place).map((use, index) => [`${index + 1}: ${use.words.join(" ")}`, use.code, use] as const))(
    "%s ends with %i",
    async (_title, _code, use) => {
      expect(await tried(use)).toBeUndefined();
    },
  );

  it("one of two people who delete and change a campaign at the same time wins, and the other is told", async () => {
    const ended = await Promise.all([doorman(["campaign", "delete", "later"]), doorman(["campaign", "pause", "later"])]);

    const codes = ended.map(({ code }) => code);
    expect([
      [0, 0],
      [0, 1],
      [0, 3],
      [3, 0],
    ]).toContainEqual(codes);
  });

  it.each([
    ["a table that is not named", { DOORMAN_STATE_TABLE: "" }, 2, /with --aws, say --state-table or set DOORMAN_STATE_TABLE/],
    ["a table that is not there", { DOORMAN_CAMPAIGNS_TABLE: "nope" }, 1, /there is no such table or queue/],
    ["an endpoint where nothing answers", { AWS_ENDPOINT_URL: "http://127.0.0.1:9", AWS_MAX_ATTEMPTS: "1" }, 1, /AWS does not answer/],
  ])("says in one line of %s what is wrong", async (_name, variables, code, message) => {
    const ended = await doorman(["campaign", "list"], "", variables);

    expect(ended).toMatchObject({ code, out: "" });
    expect(ended.err).toMatch(message);
    expect(ended.err).toMatch(/^doorman: [^\n]+\n$/);
  });

  it("says in one line that there is no such queue", async () => {
    const ended = await doorman(["store", "check", STORE], "", {
      DOORMAN_QUEUE_URL: String(deployment["DOORMAN_QUEUE_URL"]).replaceAll(".fifo", "x.fifo"),
    });

    expect(ended).toMatchObject({ code: 1, out: "" });
    expect(ended.err).toMatch(/^doorman: there is no such [^\n]+\n$/);
  });

  it("had every invocation of the functions end well, and none complain of what no event has a name for", () => {
    const isComplaint = (line: string) => line.includes('"level":"ERROR"') && !line.includes('"event":');

    expect(host.lines().filter(isComplaint)).toEqual([]);
    expect(host.failed()).toEqual([]);
    expect(host.troubles).toEqual([]);
  });
});
