import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import nodeFetch from "node-fetch";
import { handler as bare } from "../bare/tables-and-queue.ts";

const agents = [new HttpAgent({ keepAlive: true }), new HttpsAgent({ keepAlive: true })];

export const handler = async (event: unknown) => [await bare(event), nodeFetch, agents];
