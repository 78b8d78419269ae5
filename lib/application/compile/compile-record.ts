import { calendarName, isCalendarName, isNumericId, nameInCalendarRecordId, storeId } from "../../domain/identifiers.ts";
import { compileCalendar } from "./compile-calendar.ts";
import { compileCampaign } from "./compile-campaign.ts";
import type { CompileDependencies } from "./dependencies.ts";

/**
 * Compiles whatever a record of the campaigns table is: a campaign, or a calendar (`calendar#<name>`).
 *
 * @param hint the record's keys as typed.
 * @returns whether anything changed.
 */
export async function compileRecord(
  dependencies: CompileDependencies,
  hint: { readonly storeId: string; readonly campaignId: string },
): Promise<boolean> {
  const name = nameInCalendarRecordId(hint.campaignId);
  if (name === undefined) return compileCampaign(dependencies, hint);
  if (isNumericId(hint.storeId) && isCalendarName(name)) {
    return compileCalendar(dependencies, { storeId: storeId(hint.storeId), name: calendarName(name) });
  }
  const where = `calendar ${JSON.stringify(name)} of store ${JSON.stringify(hint.storeId)}`;
  const message =
    'a store id is a whole number such as "1003", a calendar\'s name is letters, digits, ".", "_" and "-" and begins with a letter; delete the record and put it under a good name';
  dependencies.telemetry.emit({ kind: "input-refused", where, message });
  return false;
}
