import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DescribeSecretCommand, GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { DynamoDBDocumentClient, GetCommand, PutCommand, QueryCommand } from "@aws-sdk/lib-dynamodb";
import { bareStore, switchBarely } from "./bare-fetch.ts";
import { type Order, whenOrdered } from "./order.ts";
import { reportOf, spend } from "./spending.ts";
import { type WorkerStore, workerStores } from "./stores.ts";

// As many bare requests to the tables as Doorman makes, one after the other, beside GET + PUT + GET. It is bundled as Doorman is.

export interface FloorWithTablesOrder extends Order {
  readonly tableName: string;
  readonly isShared: boolean;
  /** By operation, for one message: one store's targets. */
  readonly requests: Readonly<Record<string, number>>;
}

const tables = DynamoDBDocumentClient.from(new DynamoDBClient({}), { marshallOptions: { removeUndefinedValues: true } });
const secrets = new SecretsManagerClient({});

type Operation = (store: WorkerStore, tableName: string, n: number) => Promise<unknown>;

function targetKeyOf({ id, targets }: WorkerStore) {
  return { pk: id, sk: `TARGET#${targets[0]}` };
}

const OPERATIONS: Readonly<Record<string, Operation>> = {
  GetItem: (store, TableName) => tables.send(new GetCommand({ TableName, Key: targetKeyOf(store), ConsistentRead: true })),
  Query: ({ id }, TableName) =>
    tables.send(
      new QueryCommand({
        TableName,
        KeyConditionExpression: "pk = :pk and begins_with(sk, :beginning)",
        ExpressionAttributeValues: { ":pk": id, ":beginning": "LAYER#" },
        ConsistentRead: true,
      }),
    ),
  PutItem: async (store, TableName, n) => {
    const Item = { ...items.get(store.id), pk: store.id, sk: `BENCH#${n}` };
    await tables.send(
      new PutCommand({
        TableName,
        Item,
        ConditionExpression: "attribute_not_exists(#none)",
        ExpressionAttributeNames: { "#none": "none" },
      }),
    );
  },
  GetSecretValue: ({ id }) => secrets.send(new GetSecretValueCommand({ SecretId: `doorman/stores/${id}` })),
  DescribeSecret: ({ id }) => secrets.send(new DescribeSecretCommand({ SecretId: `doorman/stores/${id}` })),
};

/** What each store's first target is stored as, to be written again. */
const items = new Map<string, Record<string, unknown>>();

async function askTables({ tableName, requests }: FloorWithTablesOrder, store: WorkerStore): Promise<void> {
  for (const [name, count] of Object.entries(requests)) {
    const operation = OPERATIONS[name];
    if (operation === undefined) throw new TypeError(`nobody has said what ${name} is to ask`);
    for (let n = 0; n < count; n += 1) await operation(store, tableName, n);
  }
}

whenOrdered(async (order: FloorWithTablesOrder) => {
  const stores = workerStores(order);
  const switchSome = async (round: number, some: readonly WorkerStore[]) => {
    for (const store of some) {
      await askTables(order, store);
      await switchBarely(bareStore(order.ecwidUrl, store), order, round % 2 === 0, order.isShared);
    }
  };
  const first = await spend(order.targets, () => switchSome(0, stores.slice(0, 1)));
  for (const store of stores) {
    const { Item } = await tables.send(new GetCommand({ TableName: order.tableName, Key: targetKeyOf(store) }));
    if (Item !== undefined) items.set(store.id, { ...Item, dueShard: undefined });
  }
  await switchSome(0, stores.slice(1));
  const warm = await spend((order.rounds - 1) * order.stores * order.targets, async () => {
    for (let round = 1; round < order.rounds; round += 1) await switchSome(round, stores);
  });
  return reportOf(first, warm);
});
