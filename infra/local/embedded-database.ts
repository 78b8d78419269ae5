import { once } from "node:events";
import { CreateTableCommand, DescribeTableCommand, ResourceInUseException } from "@aws-sdk/client-dynamodb";
import { BatchWriteCommand, type DynamoDBDocumentClient, paginateScan } from "@aws-sdk/lib-dynamodb";
import dynalite from "dynalite";
import { createDocumentClient } from "../../lib/adapters/dynamo/document-client.ts";
import { type TableNames, tableDefinitions } from "../../lib/adapters/dynamo/table-definitions.ts";

export const TABLE_NAMES: TableNames = { campaigns: "doorman-campaigns", state: "doorman-state", history: "doorman-history" };

/** An embedded DynamoDB with Doorman's tables, that anything speaking DynamoDB on this machine can talk to. */
export interface EmbeddedDatabase {
  readonly client: DynamoDBDocumentClient;
  readonly endpoint: string;
  close(): Promise<void>;
}

/** Any will do: the embedded database asks for some, and believes all. */
const CREDENTIALS = { accessKeyId: "local", secretAccessKey: "local" };
const BATCH = 25;

/** @returns a client for a DynamoDB endpoint on this machine. */
export function localClient(endpoint: string): DynamoDBDocumentClient {
  return createDocumentClient({ endpoint, region: "eu-central-1", credentials: CREDENTIALS });
}

async function createTables(client: DynamoDBDocumentClient): Promise<void> {
  for (const definition of tableDefinitions(TABLE_NAMES)) {
    try {
      await client.send(new CreateTableCommand(definition));
    } catch (error) {
      if (!(error instanceof ResourceInUseException)) throw error;
    }
    for (;;) {
      const { Table } = await client.send(new DescribeTableCommand({ TableName: definition.TableName }));
      if (Table?.TableStatus === "ACTIVE") break;
    }
  }
}

/**
 * @param folder where the tables are kept; undefined: in memory, gone with the process.
 * @param port 0 for any free one.
 * @throws Error if the port is taken, or another process has the folder open.
 */
export async function openDatabase(folder: string | undefined, port: number): Promise<EmbeddedDatabase> {
  const server = dynalite({ createTableMs: 0, ...(folder !== undefined && { path: folder }) });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const bound = typeof address === "object" && address !== null ? address.port : port;
  const endpoint = `http://127.0.0.1:${bound}`;
  const client = localClient(endpoint);
  await createTables(client);
  return {
    client,
    endpoint,
    close: async () => {
      client.destroy();
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** Copies every item of every table into another database, so that a dry run starts from what is really there. */
export async function copyTables(from: DynamoDBDocumentClient, into: DynamoDBDocumentClient): Promise<void> {
  for (const TableName of Object.values<string>({ ...TABLE_NAMES })) {
    for await (const { Items = [] } of paginateScan({ client: from }, { TableName })) {
      for (let first = 0; first < Items.length; first += BATCH) {
        const requests = Items.slice(first, first + BATCH).map((Item) => ({ PutRequest: { Item } }));
        await into.send(new BatchWriteCommand({ RequestItems: { [TableName]: requests } }));
      }
    }
  }
}
