import { Temporal } from "temporal-polyfill";
import { handler as bare } from "../bare/tables-and-queue.ts";

export const handler = async (event: unknown) => [await bare(event), Temporal.PlainDateTime, Temporal.ZonedDateTime];
