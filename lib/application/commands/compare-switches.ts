import { type TargetKey, targetKey } from "../../domain/identifiers.ts";
import { earliest, type Instant } from "../../domain/instant.ts";
import type { CellKey, CellValue } from "../../domain/ledger/ledger.ts";
import { forecastAt } from "../../domain/timeline/forecast.ts";
import { nextSwitches } from "../../domain/timeline/timeline.ts";
import type { KnownOutlook } from "./outlooks.ts";

/** A switch as two plans are compared by: why it is made does not count. */
export interface PlannedSwitch {
  readonly at: Instant;
  readonly key: TargetKey;
  readonly cell: CellKey;
  readonly before: CellValue;
  readonly after: CellValue;
}

/** What a change of records does to the switches ahead. */
export interface SwitchDifference {
  /** Sorted by time: switches that no longer happen, and new ones. */
  readonly changes: readonly (PlannedSwitch & { readonly kind: "dropped" | "added" })[];
  /** Nothing is said of later switches; undefined: these are all there will ever be. */
  readonly until: Instant | undefined;
}

/**
 * @param before the outlooks of one store as things are. @param after as they would be; both from `now` on.
 * @param count how many switches ahead are compared.
 */
export function compareSwitches(
  before: readonly KnownOutlook[],
  after: readonly KnownOutlook[],
  now: Instant,
  count: number,
): SwitchDifference {
  const planned = (outlooks: readonly KnownOutlook[]): readonly PlannedSwitch[] =>
    nextSwitches(
      outlooks.map(({ outlook }) => outlook),
      now,
      count,
    ).map(({ target, ...rest }) => ({ at: rest.at, key: targetKey(target), cell: rest.cell, before: rest.before, after: rest.after }));
  const [old, next] = [planned(before), planned(after)];
  const until = earliest(...[old, next].map((list) => list[count - 1]?.at));
  const within = ({ at }: PlannedSwitch) => until === undefined || at <= until;
  const dropped = without(old, next).filter(within);
  const added = without(next, old).filter(within);
  const changes = [
    ...dropped.map((each) => ({ ...each, kind: "dropped" as const })),
    ...[...atOnce(before, after, now), ...added].map((each) => ({ ...each, kind: "added" as const })),
  ];
  return { changes: changes.toSorted((one, other) => one.at - other.at), until };
}

/** What is different at this very instant is switched as soon as the records are. */
function atOnce(before: readonly KnownOutlook[], after: readonly KnownOutlook[], now: Instant): readonly PlannedSwitch[] {
  return [...new Set([...before, ...after].map(({ key }) => key))].flatMap((key) => {
    const values = (outlooks: readonly KnownOutlook[]) => {
      const known = outlooks.find((each) => each.key === key);
      return known === undefined ? [] : forecastAt(known.outlook, now).cells;
    };
    const [old, next] = [values(before), values(after)];
    const cells = [...new Set([...old, ...next].map(({ cell }) => cell))];
    return cells.flatMap((cell) => {
      const [was, is] = [old, next].map((list) => list.find((each) => each.cell === cell));
      const [from, to] = [was?.value ?? is?.base, is?.value ?? was?.base];
      return from === undefined || to === undefined || from === to ? [] : [{ at: now, key, cell, before: from, after: to }];
    });
  });
}

function without(list: readonly PlannedSwitch[], others: readonly PlannedSwitch[]): readonly PlannedSwitch[] {
  const text = ({ at, key, cell, before, after }: PlannedSwitch) => JSON.stringify([at, key, cell, before, after]);
  const known = new Set(others.map(text));
  return list.filter((each) => !known.has(text(each)));
}
