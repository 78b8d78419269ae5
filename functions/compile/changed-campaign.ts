import * as z from "zod";
import { problemText } from "../../lib/application/messages/problem-text.ts";
import { canonicalJson } from "../../lib/domain/canonical-json.ts";

const image = z.record(z.string(), z.unknown()).optional().catch(undefined);
const key = z.object({ S: z.string() });

type Image = z.infer<typeof image>;

/** As much of a stream record as there is a use for (docs: DynamoDB Streams, `Record` and `StreamRecord`). */
const streamRecord = z.object({
  dynamodb: z.object({ Keys: z.object({ storeId: key, campaignId: key }), OldImage: image, NewImage: image }),
});

/** What a stream record says: a campaign to compile, nothing to do, or nothing that can be read. */
export type Change =
  | { readonly kind: "campaign"; readonly storeId: string; readonly campaignId: string }
  | { readonly kind: "nothing" }
  | { readonly kind: "unreadable"; readonly problem: string };

/** An item's text without `status`. */
function typedPart(item: NonNullable<Image>): string {
  const { status: _written, ...typed } = item;
  return canonicalJson(typed);
}

/** Doorman's own writes come back through the stream; they change nothing that people typed. */
function isStatusAlone(before: Image, after: Image): boolean {
  return before !== undefined && after !== undefined && typedPart(before) === typedPart(after);
}

/**
 * Reads one record of the stream. An image that cannot be read counts as changed: the record is only a hint, the table is what is compiled.
 *
 * @param record whatever came.
 */
export function changedCampaign(record: unknown): Change {
  const read = streamRecord.safeParse(record);
  if (!read.success) return { kind: "unreadable", problem: problemText(read.error) };
  const { Keys, OldImage, NewImage } = read.data.dynamodb;
  if (isStatusAlone(OldImage, NewImage)) return { kind: "nothing" };
  return { kind: "campaign", storeId: Keys.storeId.S, campaignId: Keys.campaignId.S };
}
