import { DynamoDBClient, type DynamoDBClientConfig } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";

/**
 * @param configuration overrides for the SDK's own, which already reads `AWS_ENDPOINT_URL`, region and credentials from the environment,
 *   keeps connections alive and retries what may be retried.
 * @returns a client that leaves undefined values out when writing and never fails on a number when reading.
 */
export function createDocumentClient(configuration: DynamoDBClientConfig = {}): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(new DynamoDBClient(configuration), {
    marshallOptions: { removeUndefinedValues: true },
    unmarshallOptions: { wrapNumbers: numberOrText },
  });
}

/** DynamoDB holds 38 digits, JavaScript 15: a whole number that would change its value stays the text that it was. */
function numberOrText(text: string): number | string {
  const number = Number(text);
  return Number.isInteger(number) && !Number.isSafeInteger(number) ? text : number;
}
