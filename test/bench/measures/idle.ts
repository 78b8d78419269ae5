import { setImmediate as nextTurn } from "node:timers/promises";
import type { ScanCommandOutput } from "@aws-sdk/client-dynamodb";
import { BatchWriteCommand, type DynamoDBDocumentClient, ScanCommand } from "@aws-sdk/lib-dynamodb";
import { localClient, TABLE_NAMES } from "../../../infra/local/embedded-database.ts";
import { createDynamoStateTable } from "../../../lib/adapters/dynamo/state-table.ts";
import { runTick } from "../../../lib/application/dispatch/run-tick.ts";
import { couponId, storeId, targetKey } from "../../../lib/domain/identifiers.ts";
import { DAY, type Instant, MINUTE, parseInstant, plus } from "../../../lib/domain/instant.ts";
import { EMPTY_LEDGER } from "../../../lib/domain/ledger/ledger.ts";
import { withDatabase } from "../costs/measure/database.ts";
import { inWords, ratio } from "../figures.ts";
import { lineChart } from "../line-chart.ts";
import { defineMeasure, type RunOptions } from "../measure.ts";
import { RECORD_BYTES } from "../rivals/scan.ts";
import { DATABASE_MS, SCAN_PAGE } from "../world/assumptions.ts";
import { createEventClock } from "../world/event-clock.ts";
import { COUPON_FROM, recordOf } from "../world/scene.ts";

/** What a minute takes in which nothing is due. */
interface Work {
  readonly queries: number;
  readonly readUnits: number;
  readonly bytes: number;
}

interface Row {
  readonly campaigns: number;
  /** Asked of a real engine; else worked out from what was. */
  readonly isCounted: boolean;
  readonly doorman: Work;
  readonly scan: Work;
}

interface Idle {
  readonly rows: readonly Row[];
  /** Bytes of a record, as counted. */
  readonly recordBytes: number;
}

const COUNTED = [10, 100, 1_000, 10_000] as const;
const COMPUTED = [100_000, 1_000_000] as const;
const CAMPAIGNS_A_STORE = 10;
const AT: Instant = parseInstant("2026-11-27T10:00:00Z");
const MOST_IN_A_BATCH = 25;

async function putAll(client: DynamoDBDocumentClient, tableName: string, items: readonly object[]): Promise<void> {
  for (let first = 0; first < items.length; first += MOST_IN_A_BATCH) {
    const some = items.slice(first, first + MOST_IN_A_BATCH).map((Item) => ({ PutRequest: { Item: { ...Item } } }));
    await client.send(new BatchWriteCommand({ RequestItems: { [tableName]: some } }));
  }
}

/** Campaigns of the next days: what each leaves in the state table is a target that is due then. */
async function fill(client: DynamoDBDocumentClient, from: number, to: number): Promise<void> {
  const numbers = Array.from({ length: to - from }, (_each, n) => from + n);
  const storeOf = (n: number) => storeId(String(100_001 + Math.floor(n / CAMPAIGNS_A_STORE)));
  const window = (n: number) => ({ from: plus(AT, DAY + n * MINUTE), to: plus(AT, 2 * DAY + n * MINUTE) });
  await putAll(
    client,
    TABLE_NAMES.campaigns,
    numbers.map((n) => recordOf(storeOf(n), `campaign-${n}`, window(n), { coupons: [n] })),
  );
  const state = createDynamoStateTable({ client, tableName: TABLE_NAMES.state, onBrokenItem: () => undefined });
  for (const n of numbers) {
    const target = targetKey({ kind: "coupon", id: couponId(String(COUPON_FROM + n)) });
    const known = { ledger: EMPTY_LEDGER, attemptsBegun: 0, failuresInARow: 0, warnings: [], dueAt: window(n).from };
    await state.writeTarget(storeOf(n), target, known, 0);
  }
}

/** A client that counts what it asks: DynamoDB's own units, and the bytes of the replies. */
function countingClient(endpoint: string): { readonly client: DynamoDBDocumentClient; readonly taken: () => Work } {
  const client = localClient(endpoint);
  let work: Work = { queries: 0, readUnits: 0, bytes: 0 };
  client.middlewareStack.add((next) => (args) => next({ ...args, input: { ...args.input, ReturnConsumedCapacity: "TOTAL" } }), {
    step: "initialize",
    name: "askForCapacity",
  });
  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const { ConsumedCapacity, Items } = result.output as unknown as Pick<ScanCommandOutput, "ConsumedCapacity" | "Items">;
      // A query that finds nothing is billed as half a unit (see costs/measure/capacity.ts).
      const units = Math.max(0.5, ConsumedCapacity?.CapacityUnits ?? 0);
      work = {
        queries: work.queries + 1,
        readUnits: work.readUnits + units,
        bytes: work.bytes + (Items === undefined ? 0 : Buffer.byteLength(JSON.stringify(Items))),
      };
      return result;
    },
    { step: "deserialize", priority: "high", name: "countReplies" },
  );
  return {
    client,
    taken: () => {
      const taken = work;
      work = { queries: 0, readUnits: 0, bytes: 0 };
      return taken;
    },
  };
}

/** As cron + scan and the period table read it: everything, page by page. */
async function readAll(client: DynamoDBDocumentClient): Promise<void> {
  let from: Record<string, unknown> | undefined;
  do {
    const page: { readonly LastEvaluatedKey?: Record<string, unknown> | undefined } = await client.send(
      new ScanCommand({ TableName: TABLE_NAMES.campaigns, ...(from && { ExclusiveStartKey: from }) }),
    );
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
}

async function count(endpoint: string): Promise<Pick<Row, "doorman" | "scan">> {
  const { client, taken } = countingClient(endpoint);
  const state = createDynamoStateTable({ client, tableName: TABLE_NAMES.state, onBrokenItem: () => undefined });
  const clock = createEventClock(AT);
  const send = async () => {
    throw new Error("something is due in a minute that should be idle");
  };
  await runTick({ clock, state, dispatcher: { send }, telemetry: { emit: () => undefined } }, plus(AT, 2 * MINUTE));
  const doorman = taken();
  await readAll(client);
  const scan = taken();
  client.destroy();
  return { doorman, scan };
}

/** What a million takes, from what ten thousand took: pages and units grow with bytes; Doorman's queries end before the first entry that is not due. */
function compute(campaigns: number, last: Row): Row {
  const times = campaigns / last.campaigns;
  const bytes = last.scan.bytes * times;
  const pages = Math.ceil((campaigns * RECORD_BYTES) / SCAN_PAGE.bytes);
  return { campaigns, isCounted: false, doorman: last.doorman, scan: { queries: pages, readUnits: last.scan.readUnits * times, bytes } };
}

async function run({ isQuick, tell }: RunOptions): Promise<Idle> {
  return withDatabase(async (endpoint) => {
    const client = localClient(endpoint);
    const rows: Row[] = [];
    let filled = 0;
    for (const campaigns of COUNTED.filter((each) => !isQuick || each <= 1_000)) {
      tell(`${campaigns} campaigns`);
      await fill(client, filled, campaigns);
      filled = campaigns;
      rows.push({ campaigns, isCounted: true, ...(await count(endpoint)) });
      await nextTurn();
    }
    client.destroy();
    const last = rows.at(-1);
    if (last === undefined) throw new Error("nothing was counted");
    return {
      rows: [...rows, ...COMPUTED.map((each) => compute(each, last))],
      recordBytes: (last.scan.readUnits * 2 * 4_096) / last.campaigns,
    };
  });
}

/** Sixteen pages at a time where the reader may; one after the other where it is one partition's query. */
function readingMs({ queries }: Work, atOnce: number): number {
  return Math.ceil(queries / atOnce) * SCAN_PAGE.milliseconds;
}

function workInWords({ queries, readUnits, bytes }: Work): readonly string[] {
  return [inWords(queries), inWords(readUnits), inWords(bytes)];
}

export const idle = defineMeasure<Idle>({
  name: "idle",
  title: "What a minute takes in which nothing is due",
  about: `Counted over a real DynamoDB engine (dynalite) up to 10,000 campaigns, with the units that it reports and the corrections of \`test/bench/costs/measure/capacity.ts\`; beyond that computed. Doorman's rows above 10,000 are the counted ones: a tick reads the deployment's one item and asks 16 queries, and each of these asks for \`dueAt <= horizon\` so that it ends before the first entry that is not due (\`lib/adapters/dynamo/due-index.ts\`), and \`test/unit/bench/idle.test.ts\` holds that at three sizes. Both readers of whole tables (cron + scan, the period table) read the same bytes; the period table pays them once in five minutes on its default, and then invokes a function for each store as well. A schedule per boundary does nothing in an idle minute.`,
  run,
  present: ({ rows, recordBytes }) => ({
    tables: [
      {
        caption: `Work of an idle minute by the number of campaigns (a record has ${inWords(recordBytes)} bytes).`,
        head: [
          "campaigns",
          "",
          "Doorman: calls",
          "read units",
          "bytes",
          "time",
          "whole table: pages",
          "read units",
          "bytes",
          "time, 16 at once",
          "time, one by one",
          "units, Doorman = 1",
        ],
        rows: rows.map(({ campaigns, isCounted, doorman, scan }) => [
          campaigns.toLocaleString("en-GB"),
          isCounted ? "counted" : "computed",
          ...workInWords(doorman),
          `${DATABASE_MS} ms`,
          ...workInWords(scan),
          `${inWords(readingMs(scan, 16))} ms`,
          `${inWords(readingMs(scan, 1))} ms`,
          ratio(scan.readUnits, doorman.readUnits),
        ]),
      },
    ],
    pictures: [
      {
        name: "idle",
        alt: "Read units of an idle minute by the number of campaigns",
        svg: lineChart({
          title: "Read units of an idle minute",
          x: {
            label: "campaigns",
            isLogarithmic: true,
            ticks: [10, 100, 1_000, 10_000, 100_000, 1_000_000].map((each) => [each, each.toLocaleString("en-GB")] as const),
          },
          y: {
            label: "read request units",
            isLogarithmic: true,
            ticks: [0.1, 1, 10, 100, 1_000, 10_000, 100_000].map((each) => [each, each.toLocaleString("en-GB")] as const),
          },
          series: [
            { name: "Doorman", points: rows.map(({ campaigns, doorman }) => [campaigns, doorman.readUnits] as const) },
            { name: "whole table", points: rows.map(({ campaigns, scan }) => [campaigns, scan.readUnits] as const) },
          ],
        }),
      },
    ],
    remarks: [
      `The times are not measured: a query is taken to answer in ${DATABASE_MS} ms and a page of a megabyte in ${SCAN_PAGE.milliseconds} ms. The work of reading a million records is not in them; it is in the cost.`,
      "Up to some hundred campaigns a scan costs less than Doorman's sixteen queries and one item. The sixteen are for the wave, and do not grow.",
    ],
  }),
});
