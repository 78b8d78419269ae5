import * as z from "zod";
import { storedCalendarCopy } from "../../adapters/dynamo/stored-calendar-copy.ts";
import { storedHistoryEntry } from "../../adapters/dynamo/stored-history-entry.ts";
import { storedTarget } from "../../adapters/dynamo/stored-target.ts";
import { problemText } from "../../application/messages/problem-text.ts";
import { textCodecs } from "../../application/messages/text-codecs.ts";
import { Refusal } from "../frame/refusal.ts";

const FORMAT = "doorman-export/1";

/** Everything of a Doorman but tokens and what its next runs work out anew. */
export const exported = z.object({
  format: z.literal(FORMAT, { error: `it is not "${FORMAT}"` }),
  exportedAt: textCodecs.instant,
  /** The records as people typed them. */
  campaigns: z.array(textCodecs.jsonObject).readonly(),
  stores: z.array(z.object({ storeId: textCodecs.storeId, timeZone: z.string().optional() })).readonly(),
  /** Calendars as they were compiled: a freeze holds from when it was saved. Files from before they were written have none. */
  calendars: z
    .array(z.object({ storeId: textCodecs.storeId, name: textCodecs.calendarName, copy: storedCalendarCopy }))
    .readonly()
    .default([]),
  /** What Doorman holds: without it, a campaign that is on would not find its way back. */
  targets: z.array(z.object({ storeId: textCodecs.storeId, target: textCodecs.targetKey, state: storedTarget })).readonly(),
  history: z.array(storedHistoryEntry).readonly(),
});

/** What `campaign put` takes. */
const record = z.object({ campaignId: z.string() });
const records = z.union([record, z.array(record).min(1)]);

export type Exported = z.output<typeof exported>;

/** @returns the export as it stands in a file. */
export function exportJson(everything: Omit<Exported, "format">): object {
  return z.encode(exported, { format: FORMAT, ...everything });
}

/** @throws Refusal for a text that is not an export. */
export function readExport(name: string, text: string): Exported {
  const json = jsonOf(name, text);
  const parsed = exported.safeParse(json);
  if (parsed.success) return parsed.data;
  if (records.safeParse(json).success) {
    throw new Refusal(`${name} is not what doorman export writes: it holds a campaign as campaign get shows it: use campaign put`);
  }
  throw new Refusal(`${name} is not what doorman export writes: ${problemText(parsed.error)}`);
}

function jsonOf(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message.replaceAll(/\s+/g, " ") : "unknown error";
    throw new Refusal(`${name} is not JSON: ${why}`, { cause: error });
  }
}
