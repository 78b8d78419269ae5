import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import { DescribeSecretCommand, GetSecretValueCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import nodeFetch from "node-fetch";
import { handler as tablesAndQueue } from "./tables-and-queue.ts";

// A function with the clients and commands of reconcile, node-fetch with agents that keep connections open, and nothing else.

const secrets = new SecretsManagerClient({});
const agents = [new HttpAgent({ keepAlive: true }), new HttpsAgent({ keepAlive: true })];

export const handler = async (event: unknown) => [
  await tablesAndQueue(event),
  secrets,
  GetSecretValueCommand,
  DescribeSecretCommand,
  nodeFetch,
  agents,
];
