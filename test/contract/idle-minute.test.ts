import { afterAll, beforeAll, expect, it } from "vitest";
import { createDynamoStateTable } from "../../lib/adapters/dynamo/state-table.ts";
import { runTick } from "../../lib/application/dispatch/run-tick.ts";
import { couponId, storeId, targetKey } from "../../lib/domain/identifiers.ts";
import { DAY, MINUTE, parseInstant, plus } from "../../lib/domain/instant.ts";
import { EMPTY_LEDGER } from "../../lib/domain/ledger/ledger.ts";
import { type EmbeddedDatabase, startEmbeddedDatabase } from "../support/dynalite.ts";
import { createVirtualClock } from "../support/virtual-clock.ts";

const NOW = parseInstant("2026-11-27T10:00:00Z");
const END = plus(NOW, 2 * MINUTE);

interface Query {
  readonly units: number | undefined;
  readonly scanned: number | undefined;
}

let database: EmbeddedDatabase;
const queries: Query[] = [];
beforeAll(async () => {
  database = await startEmbeddedDatabase();
  const { middlewareStack } = database.client;
  middlewareStack.add((next) => (args) => next({ ...args, input: { ...args.input, ReturnConsumedCapacity: "TOTAL" } }), {
    step: "initialize",
    name: "askForCapacity",
  });
  middlewareStack.add(
    (next, { commandName }) =>
      async (args) => {
        const result = await next(args);
        const { ConsumedCapacity, ScannedCount } = result.output as {
          readonly ConsumedCapacity?: { readonly CapacityUnits?: number };
          readonly ScannedCount?: number;
        };
        if (["QueryCommand", "GetCommand", "GetItemCommand"].includes(commandName ?? ""))
          queries.push({ units: ConsumedCapacity?.CapacityUnits, scanned: ScannedCount });
        return result;
      },
    { step: "deserialize", priority: "high", name: "noteQueries" },
  );
});
afterAll(() => database.stop());

it("a minute in which nothing is due takes the same queries and the same units however many campaigns there are", async () => {
  const state = createDynamoStateTable({ client: database.client, tableName: database.tableNames.state, onBrokenItem: () => undefined });
  const send = async () => {
    throw new Error("something is due in a minute that should be idle");
  };
  const idle: (readonly Query[])[] = [];
  let filled = 0;

  for (const campaigns of [1, 40, 400]) {
    for (; filled < campaigns; filled += 1) {
      const target = targetKey({ kind: "coupon", id: couponId(String(filled + 1)) });
      const dueAt = plus(NOW, DAY + filled * MINUTE);
      const known = { ledger: EMPTY_LEDGER, attemptsBegun: 0, failuresInARow: 0, warnings: [], dueAt };
      await state.writeTarget(storeId(String(1_001 + (filled % 7))), target, known, 0);
    }
    queries.length = 0;
    await runTick({ clock: createVirtualClock(NOW), state, dispatcher: { send }, telemetry: { emit: () => undefined } }, END);
    idle.push([...queries]);
  }

  // The sixteen shards of the index, and the deployment's own item.
  expect(idle[0]).toHaveLength(17);
  expect(idle[0]?.filter(({ scanned }) => scanned === 0)).toHaveLength(16);
  expect(idle[1]).toEqual(idle[0]);
  expect(idle[2]).toEqual(idle[0]);
});
