import type { Campaign } from "../../domain/campaign/campaign.ts";
import type { Problem } from "../../domain/campaign/status.ts";
import { CAMPAIGN_FIELDS } from "./campaign-fields.ts";
import { noSuchField, refusal } from "./field.ts";
import { CAMPAIGN_ID, ENABLED, NAME, NOTE, ON_MANUAL_EDIT, PRIORITY, REASON, STORE_ID } from "./fields.ts";
import { readOverride } from "./override.ts";
import { printPath } from "./print-value.ts";
import { createRecordReader, type RecordReader } from "./record-reader.ts";
import { isLargerThan, MOST_BYTES } from "./record-size.ts";
import { readTargets } from "./targets.ts";
import { readWindowFields } from "./window-fields.ts";

/** A record that has been read: a campaign, or everything that keeps it from being one. */
export type ParsedRecord =
  | { readonly kind: "good"; readonly campaign: Campaign; readonly warnings: readonly string[] }
  | { readonly kind: "broken"; readonly problems: readonly Problem[] };

const WRITTEN_BY_PEOPLE = CAMPAIGN_FIELDS.filter((name) => name !== "status");
/** They are written onto the record itself, so they may not be as many as its mistakes. */
const MOST_PROBLEMS = 50;

/**
 * Reads what people typed (design 4). Never throws, whatever it is given; `status` is ignored.
 *
 * @param item the whole record. @param storeTimeZone the store's own IANA zone, if known: it places local times where the record names none.
 * @returns the campaign, its zone left open if the record names none; or all problems at once, in a marketer's words.
 */
export function parseCampaignRecord(item: unknown, storeTimeZone?: string): ParsedRecord {
  if (typeof item !== "object" || item === null || Array.isArray(item)) {
    return { kind: "broken", problems: [{ path: "record", message: refusal(item, "write an object with the fields of a campaign") }] };
  }
  // A map, so that a field called "__proto__" is a field like any other.
  const typed = new Map<string, unknown>(Object.entries(item).filter(([name]) => name !== "status"));
  const reader = createRecordReader(typed);
  if (isLargerThan([...typed], MOST_BYTES)) {
    reader.complain({
      path: "record",
      message: `it is larger than ${MOST_BYTES / 1_024} KB: make two campaigns of it, or shorten its texts`,
    });
  }
  const read = readCampaign(reader, storeTimeZone);
  const strangers = [...typed.keys()].filter((name) => !WRITTEN_BY_PEOPLE.some((field) => field === name));
  reader.complain(...strangers.map((name) => ({ path: printPath([name]), message: noSuchField(name, WRITTEN_BY_PEOPLE) })));
  const problems = reader.problems();
  return read === undefined || problems.length > 0 ? { kind: "broken", problems: shortened(problems) } : { kind: "good", ...read };
}

function readCampaign(
  reader: RecordReader,
  storeTimeZone: string | undefined,
): { readonly campaign: Campaign; readonly warnings: readonly string[] } | undefined {
  const storeId = reader.read("storeId", STORE_ID);
  const campaignId = reader.read("campaignId", CAMPAIGN_ID);
  const name = reader.read("name", NAME);
  const { fields: windows, zone, warnings } = readWindowFields(reader, storeTimeZone);
  const targets = readTargets(reader);
  const priority = reader.readIfThere("priority", PRIORITY) ?? 0;
  const onManualEdit = reader.readIfThere("onManualEdit", ON_MANUAL_EDIT) ?? "yield";
  const override = readOverride(reader, zone);
  const enabled = reader.readIfThere("enabled", ENABLED) ?? true;
  const note = reader.readIfThere("note", NOTE);
  const ignoreFreeze = reader.readIfThere("ignoreFreeze", REASON);
  if (storeId === undefined || campaignId === undefined || name === undefined || windows === undefined || targets === undefined)
    return undefined;

  const optional = {
    ...(override && { override }),
    ...(note !== undefined && { note }),
    ...(ignoreFreeze !== undefined && { ignoreFreeze }),
  };
  return { campaign: { storeId, campaignId, name, ...windows, ...targets, priority, onManualEdit, enabled, ...optional }, warnings };
}

function shortened(problems: readonly Problem[]): readonly Problem[] {
  if (problems.length <= MOST_PROBLEMS) return problems;
  const left = problems.length - (MOST_PROBLEMS - 1);
  return [...problems.slice(0, MOST_PROBLEMS - 1), { path: "record", message: `${left} more problems: put these right first` }];
}
