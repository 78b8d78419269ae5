import type { AttributeValue, DynamoDBRecord } from "aws-lambda";
import { canonicalJson } from "../../lib/domain/canonical-json.ts";

type Image = Readonly<Record<string, AttributeValue>>;

/** An item's text without `status`. */
function typedPart(image: Image): string {
  const { status: _written, ...typed } = image;
  return canonicalJson(typed);
}

/** Doorman's own writes come back through the stream; they change nothing that people typed. */
function isStatusAlone(before: Image | undefined, after: Image | undefined): boolean {
  return before !== undefined && after !== undefined && typedPart(before) === typedPart(after);
}

/**
 * @returns the keys of the campaign that a stream record is about, or undefined where there is nothing to compile: a change in `status`
 * alone, or a record without the table's keys.
 */
export function changedCampaign({ dynamodb }: DynamoDBRecord): { readonly storeId: string; readonly campaignId: string } | undefined {
  const storeId = dynamodb?.Keys?.["storeId"]?.S;
  const campaignId = dynamodb?.Keys?.["campaignId"]?.S;
  if (storeId === undefined || campaignId === undefined) return undefined;
  return isStatusAlone(dynamodb?.OldImage, dynamodb?.NewImage) ? undefined : { storeId, campaignId };
}
