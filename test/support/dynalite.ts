import { once } from "node:events";
import { CreateTableCommand, DescribeTableCommand } from "@aws-sdk/client-dynamodb";
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import dynalite from "dynalite";
import { createDocumentClient } from "../../lib/adapters/dynamo/document-client.ts";
import { type TableNames, tableDefinitions } from "../../lib/adapters/dynamo/table-definitions.ts";

export interface EmbeddedDatabase {
  readonly client: DynamoDBDocumentClient;
  /** For whatever builds its own client, through `AWS_ENDPOINT_URL`. */
  readonly endpoint: string;
  readonly tableNames: TableNames;
  stop(): Promise<void>;
}

const tableNames: TableNames = { campaigns: "campaigns", state: "state", history: "history" };

/** @returns an empty database in memory, on a free port of this machine, with Doorman's tables in it. */
export async function startEmbeddedDatabase(): Promise<EmbeddedDatabase> {
  const server = dynalite({ createTableMs: 0 });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the embedded database has no port");
  const endpoint = `http://127.0.0.1:${address.port}`;
  const client = createDocumentClient({ endpoint, region: "eu-west-1", credentials: { accessKeyId: "local", secretAccessKey: "local" } });
  await createTables(client);
  return {
    client,
    endpoint,
    tableNames,
    async stop() {
      client.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function createTables(client: DynamoDBDocumentClient): Promise<void> {
  for (const definition of tableDefinitions(tableNames)) {
    await client.send(new CreateTableCommand(definition));
    await untilActive(client, definition.TableName);
  }
}

async function untilActive(client: DynamoDBDocumentClient, name: string | undefined): Promise<void> {
  const { Table } = await client.send(new DescribeTableCommand({ TableName: name }));
  if (Table?.TableStatus !== "ACTIVE") await untilActive(client, name);
}
