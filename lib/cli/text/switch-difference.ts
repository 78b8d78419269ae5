import type { SwitchDifference } from "../../application/commands/compare-switches.ts";
import type { KnownOutlook } from "../../application/commands/outlooks.ts";
import type { StoreId } from "../../domain/identifiers.ts";
import { formatInstant, type Instant } from "../../domain/instant.ts";
import { shownAt } from "./moments.ts";
import { changeText, targetName } from "./names.ts";
import type { Style } from "./style.ts";

/** What a change would do in one store. */
export interface StoreDifference extends SwitchDifference {
  readonly storeId: StoreId;
  readonly timeZone: string;
  readonly outlooks: readonly KnownOutlook[];
}

const MOST_LINES = 20;

/** @returns a line for each switch that is dropped (-) or added (+), in the store's time. */
export function differenceText(difference: StoreDifference, now: Instant, style: Style): string {
  const { storeId, timeZone, outlooks, changes, until } = difference;
  if (changes.length === 0) return `Store ${storeId}: no switch ahead changes.`;
  const lines = changes.slice(0, MOST_LINES).map(({ kind, at, key, cell, before, after }) => {
    const name = targetName(key, outlooks.find((each) => each.key === key)?.label);
    const when = at === now ? "at once          " : `${shownAt(at, timeZone)} `;
    const line = `${kind === "added" ? "+" : "-"} ${when} ${name}  ${changeText(cell, before, after)}`;
    return kind === "added" ? style.good(line) : style.bad(line);
  });
  const more = changes.length > MOST_LINES ? [`… and ${changes.length - MOST_LINES} more`] : [];
  const end = until === undefined ? [] : [style.faint(`Compared until ${shownAt(until, timeZone)}.`)];
  return [style.head(`Store ${storeId}: switches that this changes (times in ${timeZone})`), ...lines, ...more, ...end].join("\n");
}

/** @returns the same for machines, instants in UTC. */
export function differenceJson({ storeId, changes, until }: StoreDifference): object {
  return {
    storeId,
    switches: changes.map(({ kind, at, key, cell, before, after }) => ({
      change: kind,
      at: formatInstant(at),
      target: key,
      cell,
      before,
      after,
    })),
    ...(until !== undefined && { comparedUntil: formatInstant(until) }),
  };
}
