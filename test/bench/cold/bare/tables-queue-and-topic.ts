import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import { handler as tablesAndQueue } from "./tables-and-queue.ts";

// A function with the clients and commands of follow-up, and nothing else.

const topic = new SNSClient({});

export const handler = async (event: unknown) => [await tablesAndQueue(event), topic, PublishCommand];
