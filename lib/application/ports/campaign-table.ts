import type { CampaignStatus } from "../../domain/campaign/status.ts";
import type { StoreId } from "../../domain/identifiers.ts";
import type { JsonObject } from "../../domain/live.ts";

/** A record as it stands in the campaigns table: whatever people typed, not yet believed. Its keys are raw text too. */
export interface CampaignRecord {
  readonly storeId: string;
  readonly campaignId: string;
  /** The whole item, keys and `status` included. */
  readonly item: JsonObject;
}

/** A whole item that names its own place in the table. */
export type KeyedItem = JsonObject & { readonly storeId: string; readonly campaignId: string };

/** The table that marketers edit. */
export interface CampaignTable {
  /** Strongly consistent. @returns the record, or undefined if there is none. */
  get(storeId: string, campaignId: string): Promise<CampaignRecord | undefined>;
  /** Every record of every store, or of the one named, page by page, in no particular order. */
  all(storeId?: string): AsyncIterable<CampaignRecord>;
  /** Writes `status` onto the record, if the record still exists. @returns whether it did. */
  writeStatus(storeId: StoreId, campaignId: string, status: CampaignStatus): Promise<boolean>;
  /** Puts a whole record, as a marketer does (command line, demonstration). */
  put(item: KeyedItem): Promise<void>;
  /**
   * Puts a record in place of the one that was read before (undefined: there was none), as long as what people typed there is still the same.
   * `status` is Doorman's: it does not count, is not taken from `item`, and stays as it stands in the table.
   *
   * @returns false if somebody else wrote first.
   */
  replace(item: KeyedItem, read: JsonObject | undefined): Promise<boolean>;
  /**
   * Removes a record, as a marketer does. Nothing happens if there is none.
   *
   * @param read what was read before: then only as long as what people typed there is still the same.
   * @returns false if somebody else wrote first.
   */
  remove(storeId: string, campaignId: string, read?: JsonObject): Promise<boolean>;
}
