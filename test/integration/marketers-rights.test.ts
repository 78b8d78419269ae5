import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { MARKETER_RIGHTS } from "../../infra/constructs/marketer-rights.ts";
import { createDynamoCampaignTable } from "../../lib/adapters/dynamo/campaign-table.ts";
import { createDynamoHistory } from "../../lib/adapters/dynamo/history.ts";
import { createDynamoStateTable } from "../../lib/adapters/dynamo/state-table.ts";
import { compileRecord } from "../../lib/application/compile/compile-record.ts";
import { type EmbeddedDatabase, startEmbeddedDatabase } from "../support/dynalite.ts";
import { sale } from "../support/world.ts";
import { createDesk, type Desk } from "../unit/cli/desk.ts";

/** What a marketer does from day to day. */
const USES: readonly (readonly string[])[] = [
  ["campaign", "validate", "sale.json"],
  ["campaign", "put", "sale.json"],
  ["campaign", "get", "sale"],
  ["campaign", "list"],
  ["campaign", "pause", "sale"],
  ["campaign", "resume", "sale"],
  ["plan"],
  ["at", "now"],
  ["why", "coupon:162428889"],
  ["history", "coupon:162428889"],
  ["export", "all.json"],
  ["store", "list"],
  ["campaign", "delete", "sale"],
];

let database: EmbeddedDatabase;
const used = new Set<string>();
/** Doorman's own reads and writes are not the marketer's. */
let isMarketer = false;

/** @returns the right that a command of the document client asks for: `PutCommand` asks for `PutItem`. */
function actionOf(commandName: string): string {
  const verb = commandName.replace(/Command$/, "");
  return /^(Query|Scan)$|Item$/.test(verb) ? verb : `${verb}Item`;
}

beforeAll(async () => {
  database = await startEmbeddedDatabase();
  database.client.middlewareStack.add(
    (next, context) => (call) => {
      const table = "TableName" in call.input ? String(call.input.TableName) : "?";
      if (isMarketer) used.add(`${table} dynamodb:${actionOf(context.commandName ?? "")}`);
      return next(call);
    },
    { step: "initialize", priority: "high" },
  );
});
afterAll(() => database.stop());

function tables() {
  const { client, tableNames } = database;
  const onBrokenItem = () => {};
  return {
    campaigns: createDynamoCampaignTable({ client, tableName: tableNames.campaigns }),
    state: createDynamoStateTable({ client, tableName: tableNames.state, onBrokenItem }),
    history: createDynamoHistory({ client, tableName: tableNames.history, onBrokenItem }),
  };
}

/** A marketer before tables that note what is asked of them, and without a queue. */
function marketersDesk(): Desk {
  const { campaigns, state, history } = tables();
  const send = async () => {
    throw new Error("a marketer may send no message");
  };
  return createDesk({ place: (place) => ({ ...place, campaigns, workings: { state, history, dispatcher: { send } } }) });
}

describe("the marketer's policy", () => {
  it("is enough for what a marketer does with the command, and none of its rights on the tables is for nothing", async () => {
    const rights = Object.entries(MARKETER_RIGHTS).flatMap(([table, actions]) => actions.map((action) => `${table} ${action}`));
    const desk = marketersDesk();
    desk.file("sale.json", sale());

    const codes: (readonly [string, number, string])[] = [];
    for (const words of USES) {
      isMarketer = true;
      const { code, err } = await desk.run([...words, "--zone", "UTC"]);
      isMarketer = false;
      codes.push([words.join(" "), code, err]);
      if (words[1] === "put") await compileRecord({ ...desk.world.compiling, ...tables() }, { storeId: "1003", campaignId: "sale" });
    }

    expect(codes.filter(([, code]) => code !== 0)).toEqual([]);
    // The console alone asks for a description of the table.
    const asked = rights.filter((each) => each !== "campaigns dynamodb:DescribeTable");
    expect([...used].toSorted()).toEqual(asked.toSorted());
  });
});
