import type { CreateTableCommandInput } from "@aws-sdk/client-dynamodb";

/** The tables' names in one deployment. */
export interface TableNames {
  readonly campaigns: string;
  readonly state: string;
  readonly history: string;
}

/** The index of targets (and stores) with something to do: sparse, because only one with a `dueAt` has its two attributes. */
export const DUE_INDEX = "due";

/** The history attribute that holds when an entry expires, in seconds since 1970 as DynamoDB's time to live wants it. */
export const EXPIRY_ATTRIBUTE = "expiresAt";

/** @returns what `CreateTable` needs for each table; the deployed stack must have the same keys and index. */
export function tableDefinitions(names: TableNames): readonly CreateTableCommandInput[] {
  return [campaignsTable(names.campaigns), stateTable(names.state), historyTable(names.history)];
}

function campaignsTable(name: string): CreateTableCommandInput {
  return {
    TableName: name,
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: [
      { AttributeName: "storeId", AttributeType: "S" },
      { AttributeName: "campaignId", AttributeType: "S" },
    ],
    KeySchema: [
      { AttributeName: "storeId", KeyType: "HASH" },
      { AttributeName: "campaignId", KeyType: "RANGE" },
    ],
  };
}

function stateTable(name: string): CreateTableCommandInput {
  return {
    TableName: name,
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: [
      { AttributeName: "pk", AttributeType: "S" },
      { AttributeName: "sk", AttributeType: "S" },
      { AttributeName: "dueShard", AttributeType: "N" },
      { AttributeName: "dueAt", AttributeType: "S" },
    ],
    KeySchema: [
      { AttributeName: "pk", KeyType: "HASH" },
      { AttributeName: "sk", KeyType: "RANGE" },
    ],
    GlobalSecondaryIndexes: [
      {
        IndexName: DUE_INDEX,
        KeySchema: [
          { AttributeName: "dueShard", KeyType: "HASH" },
          { AttributeName: "dueAt", KeyType: "RANGE" },
        ],
        Projection: { ProjectionType: "KEYS_ONLY" },
      },
    ],
  };
}

function historyTable(name: string): CreateTableCommandInput {
  return {
    TableName: name,
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: [
      { AttributeName: "pk", AttributeType: "S" },
      { AttributeName: "sk", AttributeType: "S" },
    ],
    KeySchema: [
      { AttributeName: "pk", KeyType: "HASH" },
      { AttributeName: "sk", KeyType: "RANGE" },
    ],
  };
}
