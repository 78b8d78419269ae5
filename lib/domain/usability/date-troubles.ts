import { formatLocal, type Instant, MINUTE } from "../instant.ts";
import type { Json } from "../live.ts";
import { readEcwidDate } from "./ecwid-date.ts";
import type { Trouble, TroubleQuestion } from "./trouble.ts";
import { beginsAt, type WindowAhead, windowText } from "./windows-ahead.ts";

/** Ecwid's own page ends a day at 23:59:59, and nowhere says whether that second counts: so near an end is the end. */
const AS_GOOD_AS_THE_END_MS = MINUTE;

/** The dates between which Ecwid lets a coupon or promotion be used, as it wrote them. */
interface OwnDates {
  /** `coupon WELCOME10`. */
  readonly name: string;
  readonly from: Json | undefined;
  readonly to: Json | undefined;
  /** What it does on the second one. */
  readonly ends: "expires" | "ends";
}

function unreadable(code: string, name: string, which: string, raw: Json | undefined, window: WindowAhead): Trouble {
  const message = `${name} has ${which} of its own in Ecwid that could not be read (${JSON.stringify(raw)}): compare it with the campaign's windows`;
  return { code, window, message };
}

function startTrouble({ name, from }: OwnDates, { windows, at, timeZone }: TroubleQuestion): Trouble | undefined {
  const [first] = windows;
  const startsAt = readEcwidDate(from);
  if (startsAt === undefined) return undefined;
  if (startsAt === "unreadable") return unreadable("START_UNREADABLE", name, "a start date", from, first);
  const window = windows.find((each) => startsAt > beginsAt(each, at));
  if (window === undefined) return undefined;
  const begins = `${name} begins in Ecwid only on ${formatLocal(startsAt, timeZone)}`;
  const isOverByThen = window.endsAt !== undefined && startsAt >= window.endsAt;
  const effect = isOverByThen ? "changes nothing for customers" : "changes nothing for customers until then";
  return { code: "BEGINS_LATE", window, message: `${begins}: ${windowText(window, timeZone)} ${effect}` };
}

function isCutShort({ endsAt }: WindowAhead, by: Instant): boolean {
  return endsAt === undefined || by < endsAt - AS_GOOD_AS_THE_END_MS;
}

function endTrouble({ name, to, ends }: OwnDates, { windows, at, timeZone }: TroubleQuestion): Trouble | undefined {
  const [first] = windows;
  const endsAt = readEcwidDate(to);
  if (endsAt === undefined) return undefined;
  if (endsAt === "unreadable") return unreadable("END_UNREADABLE", name, "an end date", to, first);
  const window = windows.find((each) => endsAt <= beginsAt(each, at) || isCutShort(each, endsAt));
  if (window === undefined) return undefined;
  const verb = endsAt > at ? ends : ends === "ends" ? "ended" : "expired";
  const when = `${name} ${verb} in Ecwid on ${formatLocal(endsAt, timeZone)}`;
  const effect = endsAt <= beginsAt(window, at) ? "changes nothing for customers" : "changes nothing for customers after that";
  return { code: "ENDS_EARLY", window, message: `${when}: ${windowText(window, timeZone)} ${effect}` };
}

/**
 * Compares a coupon's or promotion's own dates with the windows of a campaign. One whose dates hold all windows has no trouble; one that
 * ends within the last minute of a window counts as holding it.
 *
 * @returns at most one trouble for each date, about the first window that it spoils.
 */
export function dateTroubles(dates: OwnDates, question: TroubleQuestion): readonly Trouble[] {
  return [startTrouble(dates, question), endTrouble(dates, question)].filter((trouble) => trouble !== undefined);
}
