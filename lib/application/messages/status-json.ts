import type { CampaignStatus } from "../../domain/campaign/status.ts";
import { formatInstant } from "../../domain/instant.ts";
import type { JsonObject } from "../../domain/live.ts";

/** @returns the status as it is written onto a record: instants as ISO 8601 in UTC to the second (`…Z`), what is undefined left out. */
export function statusJson(status: CampaignStatus): JsonObject {
  const { activeWindow, nextSwitch } = status;
  return {
    state: status.state,
    problems: status.problems.map(({ path, message }) => ({ path, message })),
    warnings: status.warnings,
    ...(activeWindow !== undefined && { activeWindow: windowJson(activeWindow) }),
    ...(nextSwitch !== undefined && { nextSwitch: formatInstant(nextSwitch) }),
    compiledAt: formatInstant(status.compiledAt),
  };
}

function windowJson({ start, end }: NonNullable<CampaignStatus["activeWindow"]>): JsonObject {
  return { start: formatInstant(start), ...(end !== undefined && { end: formatInstant(end) }) };
}
