import * as z from "zod";
import { handler as bare } from "../bare/tables-and-queue.ts";

const schema = z.object({ Records: z.array(z.unknown()), codec: z.codec(z.string(), z.number(), { decode: Number, encode: String }) });

export const handler = async (event: unknown) => [await bare(event), schema.safeParse(event)];
