import type { Calendar } from "../../domain/campaign/calendar.ts";
import { asksOf, type Campaign } from "../../domain/campaign/campaign.ts";
import { describeCampaign } from "../../domain/campaign/campaign-status.ts";
import type { Problem } from "../../domain/campaign/status.ts";
import { canonicalJson } from "../../domain/canonical-json.ts";
import { type CalendarName, type TargetKey, targetKey } from "../../domain/identifiers.ts";
import type { Instant } from "../../domain/instant.ts";
import type { Json, JsonObject } from "../../domain/live.ts";
import type { CampaignCopy } from "../ports/state-table.ts";
import { applyStops } from "../record/apply-stops.ts";
import { parseCampaignRecord } from "../record/parse-campaign-record.ts";
import { readStops } from "../record/read-stops.ts";
import { type NamedCalendar, resolveCalendars } from "./resolve-calendars.ts";

/** Goes up when the same record compiles to something else than before: then every campaign is compiled anew by the sweep. */
const COMPILER_VERSION = 1;

/** What a compile starts from. */
export interface CompileInput {
  /** The whole item, `status` included. */
  readonly item: JsonObject;
  readonly before: CampaignCopy | undefined;
  /** The store's own zone, if known. */
  readonly storeTimeZone: string | undefined;
  /** All calendars of the store. */
  readonly calendars: readonly NamedCalendar[];
  readonly at: Instant;
  readonly fingerprint: (text: string) => string;
}

/** The days of a calendar, if the record names it. */
function daysNamed(typed: JsonObject, name: CalendarName, calendar: Calendar | undefined): readonly Json[] {
  const { except } = typed;
  const isNamed = Array.isArray(except) && except.includes(name);
  return isNamed && calendar !== undefined ? calendar.days.map(({ from, to }) => `${from}/${to}`) : [];
}

/** @returns what the record's text, its calendars, the store's zone and the compiler together come to: equal means there is nothing to compile. */
export function fingerprintOf({
  item,
  storeTimeZone,
  calendars,
  fingerprint,
}: Pick<CompileInput, "item" | "storeTimeZone" | "calendars" | "fingerprint">): string {
  const { status: _written, ...typed } = item;
  const ownZone = typeof typed["timeZone"] === "string";
  const used = calendars.map(({ name, calendar, freezes }) => ({
    name,
    days: daysNamed(typed, name, calendar),
    freezes: freezes.map(({ from, to, since }) => [from, to, since]),
  }));
  const zone = ownZone ? null : (storeTimeZone ?? null);
  return fingerprint(
    canonicalJson({
      typed,
      storeTimeZone: zone,
      calendars: used.filter(({ days, freezes }) => days.length + freezes.length > 0),
      compiler: COMPILER_VERSION,
    }),
  );
}

/** @returns the keys of a campaign's targets, in order. */
function targetsOf(campaign: Campaign | undefined): readonly TargetKey[] {
  return campaign === undefined
    ? []
    : asksOf(campaign)
        .map(({ target }) => targetKey(target))
        .toSorted();
}

const NO_ZONE: Problem = {
  path: "timeZone",
  message:
    'the campaign names no time zone and the store\'s own is not known yet; Doorman is asking Ecwid for it. To go ahead at once, add for example "timeZone": "Europe/Berlin"',
};

/** The last good version goes on, less whatever the broken text clearly stops (design 4). */
function keepLastGood(
  { item, before, at, fingerprint, storeTimeZone, calendars }: CompileInput,
  problems: readonly Problem[],
  waitsForZone: boolean,
): CampaignCopy {
  const campaign = before?.campaign === undefined ? undefined : applyStops(before.campaign, readStops(item, before.timeZone));
  return {
    campaign,
    timeZone: before?.timeZone,
    calendars: before?.calendars,
    targets: targetsOf(campaign),
    fingerprint: fingerprintOf({ item, storeTimeZone, calendars, fingerprint }),
    problems,
    warnings: before?.warnings ?? [],
    overlaps: before?.overlaps,
    compiledAt: at,
    waitsForZone,
  };
}

/** A window under way keeps the zone it began in; only what has not begun moves with the store (design 4). */
function keepsZone(
  before: CampaignCopy | undefined,
  campaign: Campaign,
  timeZone: string,
  at: Instant,
): before is CampaignCopy & { readonly timeZone: string } {
  if (campaign.timeZone !== undefined || before?.campaign === undefined || before.timeZone === undefined || before.timeZone === timeZone)
    return false;
  return describeCampaign(before.campaign, before.timeZone, at, before.calendars).activeWindow !== undefined;
}

/**
 * Turns a record into the copy that runs. A broken record leaves its last good version running, except that what stops is obeyed.
 *
 * @returns the new copy; `targets` are those of the new version alone.
 */
export function compileCopy(input: CompileInput): CampaignCopy {
  const { item, storeTimeZone, calendars, at, fingerprint } = input;
  const parsed = parseCampaignRecord(item, storeTimeZone);
  if (parsed.kind === "broken") return keepLastGood(input, parsed.problems, false);
  const { campaign, warnings } = parsed;
  const timeZone = campaign.timeZone ?? storeTimeZone;
  if (timeZone === undefined) return keepLastGood(input, [NO_ZONE], true);
  const resolved = resolveCalendars(campaign, calendars);
  if (!resolved.ok) return keepLastGood(input, resolved.failure, false);
  const copy = { campaign, calendars: resolved.value, targets: targetsOf(campaign), problems: [], compiledAt: at, waitsForZone: false };
  if (keepsZone(input.before, campaign, timeZone, at)) {
    const kept = input.before.timeZone;
    const warning = `the store's time zone has changed from ${kept} to ${timeZone}; the window under way keeps ${kept}, later ones follow the store`;
    // Without a fingerprint it counts as not compiled, so that the sweep comes back to it once the window is over.
    return { ...copy, timeZone: kept, warnings: [...warnings, warning], fingerprint: "" };
  }
  return { ...copy, timeZone, warnings, fingerprint: fingerprintOf({ item, storeTimeZone, calendars, fingerprint }) };
}
