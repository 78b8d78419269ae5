import { freezesOf } from "../../domain/campaign/calendar.ts";
import { calendarsNamed } from "../../domain/campaign/campaign.ts";
import type { CampaignStatus, Problem } from "../../domain/campaign/status.ts";
import { type CalendarName, calendarRecordId, type StoreId } from "../../domain/identifiers.ts";
import type { CampaignRecord } from "../ports/campaign-table.ts";
import type { CalendarCopy, CampaignCopy, StoreState, Version } from "../ports/state-table.ts";
import { parseCalendarRecord } from "../record/parse-calendar-record.ts";
import { writeStatusIfChanged } from "../status/write-status.ts";
import { compileCampaign } from "./compile-campaign.ts";
import { fingerprintOf } from "./compile-copy.ts";
import type { CompileDependencies } from "./dependencies.ts";

interface Place {
  readonly storeId: StoreId;
  readonly name: CalendarName;
}

type Known = (CalendarCopy & { readonly version: Version }) | undefined;

const MOST_ROUNDS = 10;

const NO_ZONE: Problem = {
  path: "timeZone",
  message:
    'a calendar that freezes needs a time zone to know when its days begin, and the store\'s own is not known yet; Doorman is asking Ecwid for it. To go ahead at once, add for example "timeZone": "Europe/Berlin"',
};

function copyOf(dependencies: CompileDependencies, record: CampaignRecord, before: Known, store: StoreState): CalendarCopy {
  const { clock, fingerprint } = dependencies;
  const compiledAt = clock.now();
  const common = {
    fingerprint: fingerprintOf({ item: record.item, storeTimeZone: store.timeZone, calendars: [], fingerprint }),
    compiledAt,
  };
  const kept = { calendar: before?.calendar, freezes: before?.freezes ?? [] };
  const parsed = parseCalendarRecord(record.item);
  if (parsed.kind === "broken") return { ...common, ...kept, problems: parsed.problems };
  const { calendar } = parsed;
  const timeZone = calendar.timeZone ?? store.timeZone;
  if (calendar.freeze && timeZone === undefined) return { ...common, ...kept, problems: [NO_ZONE] };
  const freezes = freezesOf(calendar, timeZone ?? "UTC", before?.freezes ?? [], compiledAt);
  return { ...common, calendar, freezes, problems: [] };
}

/** A calendar in `except` concerns those that name it; one that freezes, or did, concerns the whole store. */
async function recompileUsers(dependencies: CompileDependencies, { storeId, name }: Place, concernsAll: boolean): Promise<void> {
  const names = ({ campaign, problems }: CampaignCopy) =>
    (campaign !== undefined && calendarsNamed(campaign).includes(name)) || problems.some(({ path }) => path.startsWith("except"));
  for (const { campaignId, ...copy } of await dependencies.state.campaignsOf(storeId)) {
    if (concernsAll || names(copy)) await compileCampaign(dependencies, { storeId, campaignId });
  }
}

function statusOf({ calendar, problems, compiledAt }: CalendarCopy): CampaignStatus {
  return { state: calendar === undefined ? "INVALID" : "ACTIVE", problems, warnings: [], compiledAt };
}

async function compileRound(dependencies: CompileDependencies, place: Place): Promise<"done" | "unchanged" | "lost"> {
  const { campaigns, state, clock, dispatcher, telemetry, fingerprint } = dependencies;
  const { storeId, name } = place;
  const recordId = calendarRecordId(name);
  const before = await state.readCalendar(storeId, name);
  const [record, store] = await Promise.all([campaigns.get(storeId, recordId), state.readStore(storeId)]);
  if (record === undefined) {
    if (before === undefined) return "unchanged";
    if (!(await state.removeCalendar(storeId, name, before.version))) return "lost";
    await recompileUsers(dependencies, place, before.freezes.length > 0);
    return "done";
  }
  const input = { item: record.item, storeTimeZone: store.timeZone, calendars: [], fingerprint };
  if (before?.fingerprint === fingerprintOf(input)) return "unchanged";
  const next = copyOf(dependencies, record, before, store);
  // Without a fingerprint it counts as not compiled, until all that use it are.
  if (!(await state.writeCalendar(storeId, name, { ...next, fingerprint: "" }, before?.version ?? 0))) return "lost";
  await recompileUsers(dependencies, place, next.freezes.length + (before?.freezes.length ?? 0) > 0);
  if (!(await state.writeCalendar(storeId, name, next, (before?.version ?? 0) + 1))) return "lost";
  const status = statusOf(next);
  await writeStatusIfChanged(campaigns, { storeId, campaignId: recordId }, record, status);
  if (store.timeZone === undefined) {
    await dispatcher.send({ kind: "look", storeId, instant: clock.now(), because: "the store's time zone is not known", relay: 0 });
  }
  telemetry.emit({ kind: "compiled", storeId, campaignId: recordId, state: status.state, problems: next.problems, warnings: [] });
  return "done";
}

/**
 * Brings the private tables in line with one calendar's record: keeps its last good copy, and compiles anew the campaigns that it concerns.
 *
 * @returns whether anything changed.
 */
export async function compileCalendar(dependencies: CompileDependencies, place: Place): Promise<boolean> {
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const result = await compileRound(dependencies, place);
    if (result !== "lost") return result === "done";
  }
  throw new Error(`calendar ${place.name} of store ${place.storeId} was written ${MOST_ROUNDS} times while it was being compiled`);
}
