import { GetItemCommand } from "@aws-sdk/client-dynamodb";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { plus } from "../../../../lib/domain/instant.ts";
import { capacityOf, type Item } from "./capacity.ts";
import { underWay } from "./invocation.ts";
import { LATENCY_MS } from "./latencies.ts";
import type { StageClock } from "./stage-clock.ts";

interface CountOptions {
  /** A client that nobody counts, to look at items before and after; undefined where only time is measured. */
  readonly plain: DynamoDBDocumentClient | undefined;
  readonly clock: StageClock;
  /** Told of each write that went through, as a stream is. */
  readonly onWrite: (tableName: string, key: Item) => void;
}

interface CallInput {
  readonly TableName: string;
  readonly Key?: Item;
  readonly Item?: Item;
  readonly ConsistentRead?: boolean;
}

const KEY_NAMES = ["pk", "sk", "storeId", "campaignId"];

function keyOf({ Key, Item: item = {} }: CallInput): Item {
  return Key ?? Object.fromEntries(Object.entries(item).filter(([name]) => KEY_NAMES.includes(name) && isKeyName(name, item)));
}

/** The campaigns table has keys of its own names; an item of the others may hold attributes called so. */
function isKeyName(name: string, item: Item): boolean {
  const isPrivate = item["pk"] !== undefined;
  return isPrivate ? name === "pk" || name === "sk" : true;
}

/** Makes every call of the client count for the invocation that makes it, and take its time on the stage's clock. */
export function countCalls(client: DynamoDBDocumentClient, { plain, clock, onWrite }: CountOptions): void {
  const read = async (input: CallInput) => {
    if (plain === undefined) return undefined;
    const { Item: item } = await plain.send(
      new GetItemCommand({ TableName: input.TableName, Key: { ...keyOf(input) }, ConsistentRead: true }),
    );
    return item;
  };
  client.middlewareStack.add((next) => (args) => next({ ...args, input: { ...args.input, ReturnConsumedCapacity: "TOTAL" } }), {
    step: "initialize",
    name: "askForCapacity",
  });
  client.middlewareStack.add(
    (next, context) => async (args) => {
      const operation = String(context.commandName).replace(/Command$/, "");
      const input = args.input as unknown as CallInput;
      const isWrite = ["PutItem", "UpdateItem", "DeleteItem"].includes(operation);
      const counting = underWay.getStore();
      const call = { operation, isConsistent: input.ConsistentRead === true };
      const replied = clock.sleepUntil(plus(clock.now(), LATENCY_MS.database));
      const count = (reported: number | undefined, before?: Item, after?: Item) => {
        for (const [unit, units] of Object.entries(capacityOf({ ...call, reported, before, after })))
          counting?.add(unit as "reads" | "writes" | "indexWrites", units);
      };
      try {
        return await clock.real(async () => {
          const before = isWrite ? await read(input) : undefined;
          try {
            const result = await next(args);
            const after = isWrite ? await read(input) : undefined;
            const { ConsumedCapacity } = result.output as unknown as { readonly ConsumedCapacity?: { readonly CapacityUnits?: number } };
            count(ConsumedCapacity?.CapacityUnits, before, after);
            if (isWrite) onWrite(input.TableName, keyOf(input));
            return result;
          } catch (error) {
            count(undefined, before, before);
            throw error;
          }
        });
      } finally {
        await replied;
      }
    },
    // After the document client has turned the input into DynamoDB's own types.
    { step: "build", priority: "high", name: "countCalls" },
  );
}
