import type { JsonObject } from "../../domain/live.ts";
import type { Result } from "../../domain/result.ts";
import type { CampaignTable } from "../ports/campaign-table.ts";
import { isSameText } from "../record/same-text.ts";

/** What an edit makes of a record, and what it comes to in words. */
export interface Edited {
  readonly item: JsonObject;
  readonly said: string;
}

/** How an edit of a record ended. */
export type EditOutcome =
  | { readonly kind: "written" | "unchanged"; readonly item: JsonObject; readonly said: string }
  | { readonly kind: "missing" }
  | { readonly kind: "refused"; readonly message: string }
  | { readonly kind: "conflict" };

/**
 * Reads a record, changes what the edit changes of it, and writes it back if nobody else wrote meanwhile. Everything else, fields that
 * nobody knows included, stays as it is.
 *
 * @param edit gives the new text, or why it cannot be done, in one sentence.
 */
export async function editRecord(
  campaigns: CampaignTable,
  place: { readonly storeId: string; readonly campaignId: string },
  edit: (item: JsonObject) => Result<Edited, string>,
): Promise<EditOutcome> {
  const read = await campaigns.get(place.storeId, place.campaignId);
  if (read === undefined) return { kind: "missing" };
  const edited = edit(read.item);
  if (!edited.ok) return { kind: "refused", message: edited.failure };
  const { item, said } = edited.value;
  if (isSameText(item, read.item)) return { kind: "unchanged", item, said };
  const { storeId, campaignId } = place;
  return (await campaigns.replace({ ...item, storeId, campaignId }, read.item)) ? { kind: "written", item, said } : { kind: "conflict" };
}
