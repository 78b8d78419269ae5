import { type DynamoDBDocumentClient, QueryCommand, type QueryCommandInput, type QueryCommandOutput } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import { textCodecs } from "../../application/messages/text-codecs.ts";
import type { DueLook, DueTarget } from "../../application/ports/state-table.ts";
import { type Instant, sortableInstant } from "../../domain/instant.ts";
import type { Result } from "../../domain/result.ts";
import { failure, success } from "../../domain/result.ts";
import type { TableHandle } from "./conditional-write.ts";
import { dueShards, namedBy, stateKey } from "./keys.ts";
import { keyText, type OnBrokenItem, readable, readItem, StoredItemError } from "./stored-item.ts";
import { DUE_INDEX } from "./table-definitions.ts";

const indexItem = z.object({ pk: textCodecs.storeId, sk: z.string(), dueAt: textCodecs.instant });

/**
 * @param horizon targets and looks due at this instant or before are found.
 * @returns them shard by shard, soonest first within each. The first page of every shard is asked for at once, so that an idle minute
 *   costs the time of one query.
 */
export async function* dueEntries(table: TableHandle, horizon: Instant, onBrokenItem: OnBrokenItem): AsyncIterable<DueTarget | DueLook> {
  const shards = dueShards.all.map((shard) => shardQuery(table.tableName, shard, horizon));
  const firstPages = await Promise.all(shards.map(async (query) => ({ query, page: await table.client.send(new QueryCommand(query)) })));
  for (const { query, page } of firstPages) {
    for await (const each of pagesFrom(table.client, query, page)) {
      yield* readable(
        (each.Items ?? []).map((item) => readDue(table.tableName, item)),
        onBrokenItem,
      );
    }
  }
}

function shardQuery(tableName: string, shard: number, horizon: Instant): QueryCommandInput {
  return {
    TableName: tableName,
    IndexName: DUE_INDEX,
    KeyConditionExpression: "dueShard = :shard AND dueAt <= :horizon",
    ExpressionAttributeValues: { ":shard": shard, ":horizon": sortableInstant(horizon) },
  };
}

async function* pagesFrom(
  client: DynamoDBDocumentClient,
  query: QueryCommandInput,
  first: QueryCommandOutput,
): AsyncIterable<QueryCommandOutput> {
  let page = first;
  yield page;
  while (page.LastEvaluatedKey !== undefined) {
    page = await client.send(new QueryCommand({ ...query, ExclusiveStartKey: page.LastEvaluatedKey }));
    yield page;
  }
}

function readDue(tableName: string, item: Record<string, unknown>): Result<DueTarget | DueLook, StoredItemError> {
  const parsed = readItem(indexItem, tableName, item);
  if (!parsed.ok) return parsed;
  const { pk, sk, dueAt } = parsed.value;
  if (sk === stateKey.store(pk).sk) return success({ storeId: pk, dueAt });
  const target = namedBy.target(sk);
  if (target === undefined)
    return failure(new StoredItemError(tableName, keyText(item), "it is due, but its sort key names neither a target nor a store"));
  return success({ storeId: pk, target, dueAt });
}
