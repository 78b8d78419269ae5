import { readFileSync } from "node:fs";
import { join } from "node:path";
import { UpdateItemCommand } from "@aws-sdk/client-dynamodb";
import { DeleteCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createDynamoStateTable } from "../../lib/adapters/dynamo/state-table.ts";
import { resumeAll } from "../../lib/application/commands/kill-switch.ts";
import type { StateTable } from "../../lib/application/ports/state-table.ts";
import { type EmbeddedDatabase, startEmbeddedDatabase } from "../support/dynalite.ts";
import { at } from "./state-table-subjects.ts";

const KEY = { pk: "SYSTEM", sk: "SYSTEM" };
const readme = readFileSync(join(import.meta.dirname, "..", "..", "README.md"), "utf8");

/** @returns what an option of an AWS CLI line says, between its single quotation marks. */
function optionOf(line: string, option: string): string | undefined {
  return new RegExp(`${option} '([^']*)'`).exec(line)?.[1];
}

/** The lines of the README that throw the switch without a checkout: first the one that stops, then the one that lets go on. */
const lines = readme.split("\n").filter((line) => line.startsWith("aws dynamodb update-item"));

describe("the kill switch, thrown by hand", { timeout: 60_000 }, () => {
  let database: EmbeddedDatabase;
  let table: StateTable;
  beforeAll(async () => {
    database = await startEmbeddedDatabase();
    table = createDynamoStateTable({ client: database.client, tableName: "state", onBrokenItem: () => {} });
  }, 60_000);
  beforeEach(() => database.client.send(new DeleteCommand({ TableName: "state", Key: KEY })));
  afterAll(() => database.stop());

  const plant = (item: Record<string, unknown>) =>
    database.client.send(new PutCommand({ TableName: "state", Item: { ...KEY, version: 4, deadAnswers: [], ...item } }));

  async function run(line: string | undefined): Promise<void> {
    if (line === undefined) throw new Error("the README has no such line");
    const values = optionOf(line, "--expression-attribute-values");
    await database.client.send(
      new UpdateItemCommand({
        TableName: "state",
        Key: JSON.parse(optionOf(line, "--key") ?? ""),
        UpdateExpression: optionOf(line, "--update-expression"),
        ...(values !== undefined && { ExpressionAttributeValues: JSON.parse(values) }),
      }),
    );
  }

  it("stops a deployment that has never written anything, by the README's line, and lets it go on by the other", async () => {
    await run(lines[0]);
    const stopped = await table.readSystem();
    await run(lines[1]);

    expect(stopped).toMatchObject({ stopped: { reason: "wrong prices", by: "ana" }, version: 1 });
    expect(await table.readSystem()).toEqual({ deadAnswers: [], version: 2 });
  });

  it("keeps by those lines what else is known of the deployment", async () => {
    const known = { deadAnswers: [at("2026-11-27T10:00:00Z")], refusals: [at("2026-11-27T10:00:00Z")] };
    await table.writeSystem(known, 0);

    await run(lines[0]);
    await run(lines[1]);

    expect(await table.readSystem()).toEqual({ ...known, version: 3 });
  });

  it.each([
    ["true", true, { reason: "no reason was given" }],
    ["a text", "wrong prices", { reason: "wrong prices" }],
    ["a reason without a time", { reason: "wrong prices" }, { reason: "wrong prices" }],
    ["a time that cannot be read", { reason: "wrong prices", since: "noon" }, { reason: "wrong prices" }],
    ["nothing that can be read", { why: 7 }, { reason: "no reason was given" }],
  ])("stops whatever was typed: %s", async (_what, typed, stopped) => {
    await plant({ stopped: typed });

    expect((await table.readSystem()).stopped).toEqual(stopped);
    expect(await resumeAll(table)).toEqual(stopped);
    expect((await table.readSystem()).stopped).toBeUndefined();
  });

  it.each([[false], [null]])("does not take %s for a stop", async (typed) => {
    await plant({ stopped: typed });

    expect((await table.readSystem()).stopped).toBeUndefined();
  });
});
