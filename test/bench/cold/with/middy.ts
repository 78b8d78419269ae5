import middy from "@middy/core";
import { handler as bare } from "../bare/tables-and-queue.ts";

export const handler = middy().handler(bare);
