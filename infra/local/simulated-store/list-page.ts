import type { JsonObject } from "../../../lib/domain/live.ts";
import { reply, type SimulatedReply, wrongParameter } from "./reply.ts";

const LARGEST_PAGE = 100;

function whole(text: string | undefined, fallback: number): number | undefined {
  if (text === undefined) return fallback;
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined;
}

/** @returns one page of a list in Ecwid's envelope: `limit` is 100 at most and by default; 400 where the numbers cannot be read. */
export function listPage(items: readonly JsonObject[], query: Readonly<Record<string, string>>): SimulatedReply {
  const offset = whole(query["offset"], 0);
  const asked = whole(query["limit"], LARGEST_PAGE);
  if (offset === undefined || asked === undefined) return wrongParameter("offset and limit must be whole numbers");
  const limit = Math.min(asked, LARGEST_PAGE);
  const page = items.slice(offset, offset + limit);
  return reply(200, { total: items.length, count: page.length, offset, limit, items: page });
}
