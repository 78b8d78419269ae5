import type { Campaign } from "../../domain/campaign/campaign.ts";
import { isCalendarName } from "../../domain/identifiers.ts";
import { parseInstant } from "../../domain/instant.ts";
import { checkWindowRule, type WindowRuleCheck } from "../../domain/windows/check-window-rule.ts";
import { parseRepeat } from "../../domain/windows/parse-repeat.ts";
import { isTimeZone } from "../../domain/windows/time-zone.ts";
import type { Moment, WindowRule } from "../../domain/windows/window-rule.ts";
import { listOf } from "./field.ts";
import { EXCEPTION, REPEAT_RULE, ZONE_NAME } from "./fields.ts";
import { fixedOffsetWarning } from "./fixed-offset-zone.ts";
import { MOMENT } from "./moment.ts";
import type { RecordZone } from "./override.ts";
import type { RecordReader } from "./record-reader.ts";

const DATES = listOf(EXCEPTION, 'write a list of dates and calendars, such as ["2026-12-25", "holidays-de"]');
const SOME_MOMENT: Moment = { kind: "fixed", at: parseInstant("2026-01-01T00:00:00Z") };

type WindowField = "start" | "end" | "timeZone" | "repeat" | "except";

/** When a campaign is on, as read; undefined where that cannot be said. */
export interface WindowFields {
  readonly fields?: Pick<Campaign, WindowField> | undefined;
  readonly zone: RecordZone;
  readonly warnings: readonly string[];
}

/** @param storeTimeZone the store's own zone, if known. Complains of what is wrong. */
export function readWindowFields(reader: RecordReader, storeTimeZone: string | undefined): WindowFields {
  const before = reader.problems().length;
  const start = reader.read("start", MOMENT);
  const end = reader.readIfThere("end", MOMENT);
  const timeZone = reader.readIfThere("timeZone", ZONE_NAME);
  const repeat = reader.readIfThere("repeat", REPEAT_RULE);
  const except = reader.readIfThere("except", DATES) ?? [];
  const zone = reader.typed("timeZone") === undefined ? zoneOf(storeTimeZone, "none") : zoneOf(timeZone, "wrong");

  const rule = {
    start: start ?? SOME_MOMENT,
    end,
    timeZone: zone.kind === "known" ? zone.timeZone : (timeZone ?? "UTC"),
    repeat,
    except: datesIn(except),
  };
  const isWhole = reader.problems().every(({ path }) => path !== "start" && path !== "end");
  const { problems, warnings } = isWhole && (zone.kind === "known" || !needsZone(rule)) ? checkWindowRule(rule) : checkApart(rule);
  reader.complain(...problems.map(({ field, message }) => ({ path: field, message })));
  if (start === undefined || reader.problems().length > before) return { zone, warnings: [] };
  const ofZone = timeZone === undefined ? undefined : fixedOffsetWarning(timeZone);
  const told = ofZone === undefined ? warnings : [...warnings, ofZone];
  return { fields: withoutAbsent({ start, end, timeZone, repeat, except }), zone, warnings: told };
}

/** A record that is read, rendered and read again is the same to the letter: a field that is not there is not there as undefined either. */
function withoutAbsent({ start, end, timeZone, repeat, except }: Pick<Campaign, WindowField>): Pick<Campaign, WindowField> {
  const named = { ...(timeZone !== undefined && { timeZone }), ...(repeat !== undefined && { repeat }) };
  return { start, ...(end !== undefined && { end }), ...named, except };
}

function zoneOf(timeZone: string | undefined, otherwise: "wrong" | "none"): RecordZone {
  return timeZone !== undefined && isTimeZone(timeZone) ? { kind: "known", timeZone } : { kind: otherwise };
}

/** Calendars are looked up when the campaign is compiled; only dates are checked here. */
function datesIn(except: readonly string[]): readonly string[] {
  return except.filter((each) => !isCalendarName(each));
}

/** Whether it takes the zone to compare what the rule says: moments on the wall with moments on the time line. */
function needsZone({ start, end, repeat }: WindowRule): boolean {
  if (repeat !== undefined && parseRepeat(repeat).parts?.until?.kind === "instant") return true;
  const kinds = new Set([start.kind, end?.kind ?? start.kind]);
  return kinds.size > 1 || (repeat !== undefined && start.kind === "fixed");
}

/** Each field for itself, where there is too little to see them together. */
function checkApart({ timeZone, repeat, except }: WindowRule): WindowRuleCheck {
  const { problems } = checkWindowRule({ start: SOME_MOMENT, timeZone, except });
  const inRepeat = repeat === undefined ? [] : parseRepeat(repeat).problems;
  return { problems: [...problems, ...inRepeat.map((message) => ({ field: "repeat", message }) as const)], warnings: [] };
}
