import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SendMessageBatchCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import {
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  ScanCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";

// A function with the clients and commands of compile, dispatch and sweep, and nothing else.

const tables = DynamoDBDocumentClient.from(new DynamoDBClient({}));
const queue = new SQSClient({});

export const handler = async (event: unknown) => ({
  event,
  clients: [tables, queue],
  commands: [DeleteCommand, GetCommand, PutCommand, QueryCommand, ScanCommand, UpdateCommand, SendMessageCommand, SendMessageBatchCommand],
});
