import { freezesOf } from "../../domain/campaign/calendar.ts";
import { asksOf, layerOf } from "../../domain/campaign/campaign.ts";
import {
  type CampaignId,
  calendarName,
  campaignId,
  isCalendarName,
  isCampaignId,
  nameInCalendarRecordId,
  type StoreId,
  type Target,
  type TargetKey,
  targetKey,
} from "../../domain/identifiers.ts";
import type { Instant } from "../../domain/instant.ts";
import type { Layer } from "../../domain/layers/layer.ts";
import type { JsonObject } from "../../domain/live.ts";
import { compileCopy } from "../compile/compile-copy.ts";
import type { NamedCalendar } from "../compile/resolve-calendars.ts";
import type { CampaignRecord } from "../ports/campaign-table.ts";
import type { CampaignCopy, StateTable, StoreState, TargetState } from "../ports/state-table.ts";
import { parseCalendarRecord } from "../record/parse-calendar-record.ts";

type KnownCopy = { readonly campaignId: CampaignId } & CampaignCopy;
type KnownTarget = { readonly target: TargetKey } & TargetState;

/** One store as questions about its future are answered from: what runs there, and what Doorman holds. */
export interface StoreView {
  readonly storeId: StoreId;
  /** The store's own zone, if known. */
  readonly timeZone: string | undefined;
  readonly store: StoreState | undefined;
  readonly calendars: readonly NamedCalendar[];
  readonly copies: readonly KnownCopy[];
  readonly targets: readonly KnownTarget[];
}

/** @returns the store as Doorman runs it: a record that is not compiled yet is not in it. */
export async function viewOfState(state: StateTable, storeId: StoreId): Promise<StoreView> {
  const [store, calendars, copies, targets] = await Promise.all([
    state.readStore(storeId),
    state.calendarsOf(storeId),
    state.campaignsOf(storeId),
    state.targetsOf(storeId),
  ]);
  return { storeId, timeZone: store.timeZone, store, calendars, copies, targets };
}

/**
 * The store as it would run with the records given, compiled on the spot by the same rules as on AWS.
 *
 * @param before what is known of the store: zone, ledgers, since when calendars freeze, and the last good version of what is broken now.
 */
export function viewOfRecords(before: StoreView, records: readonly CampaignRecord[], at: Instant): StoreView {
  const calendars = records.flatMap(({ item, campaignId: id }) => calendarIn(item, id, before, at));
  const known = { ...before, calendars };
  const copies = records.flatMap(({ item, campaignId: id }) => (isCampaignId(id) ? [copyOfRecord(known, campaignId(id), item, at)] : []));
  return { ...known, copies };
}

/** @returns the copy that would run if the record were the text given, compiled on the spot. */
export function copyOfRecord(view: StoreView, id: CampaignId, item: JsonObject, at: Instant): KnownCopy {
  const before = view.copies.find((copy) => copy.campaignId === id);
  const input = { item, before, storeTimeZone: view.timeZone, calendars: view.calendars, at, fingerprint: () => "" };
  return { campaignId: id, ...compileCopy(input) };
}

/** @returns a store of which only the records are known. */
export function unseenStore(storeId: StoreId, timeZone: string | undefined): StoreView {
  return { storeId, timeZone, store: undefined, calendars: [], copies: [], targets: [] };
}

function calendarIn(item: unknown, recordId: string, { calendars, timeZone }: StoreView, at: Instant): readonly NamedCalendar[] {
  const name = nameInCalendarRecordId(recordId);
  if (name === undefined || !isCalendarName(name)) return [];
  const known = calendars.find((each) => each.name === name);
  const parsed = parseCalendarRecord(item);
  if (parsed.kind === "broken") return known === undefined ? [] : [known];
  const { calendar } = parsed;
  const freezes = freezesOf(calendar, calendar.timeZone ?? timeZone ?? "UTC", known?.freezes ?? [], at);
  return [{ name: calendarName(name), calendar, freezes, fingerprint: "", problems: [], compiledAt: at }];
}

/** @returns the zone in which people of this campaign read times. */
export function zoneOfCopy(copy: CampaignCopy | undefined, view: StoreView): string | undefined {
  return copy?.timeZone ?? view.timeZone;
}

/** @returns the zone in which people of the store read times: its own or, where that is not known, that of one of its campaigns. */
export function zoneOfStore({ timeZone, copies }: StoreView): string | undefined {
  return timeZone ?? copies.find((copy) => copy.timeZone !== undefined)?.timeZone;
}

/** @returns the layer that stands for a campaign's windows, whatever it asks for; undefined if no version of it runs. */
export function anyLayerOf(copy: CampaignCopy): Layer | undefined {
  return layersOf(copy)[0]?.layer;
}

/** @returns every layer of a store's campaigns, with its target. */
export function layersOf(copy: CampaignCopy): readonly { readonly target: Target; readonly layer: Layer }[] {
  const { campaign, timeZone, calendars } = copy;
  if (campaign === undefined || timeZone === undefined) return [];
  return asksOf(campaign).map(({ target, ask }) => ({ target, layer: layerOf(campaign, ask, timeZone, calendars) }));
}

/** @returns the keys of all targets that a campaign names or that Doorman knows, in order. */
export function targetKeysOf(view: StoreView): readonly TargetKey[] {
  const named = view.copies.flatMap((copy) => layersOf(copy).map(({ target }) => targetKey(target)));
  return [...new Set([...named, ...view.targets.map(({ target }) => target)])].toSorted();
}
