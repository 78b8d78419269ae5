import type { StoreFindings, Survey } from "./findings.ts";

/** As many as an item of the table holds with room; of an alarm with more behind it no news is told. */
const MOST_KNOWN = 2_000;

/** One thing behind an alarm. */
export interface Named {
  /** Tells it from any other: `1003 TOKEN_REJECTED`, `1003 coupon#7 TARGET_MISSING`. */
  readonly identity: string;
  /** As people know it. */
  readonly name: string;
}

function namedIn({ storeId, causes, targets, records }: StoreFindings): readonly Named[] {
  return [
    ...causes.map(({ code, kind }) => ({ identity: [storeId, kind, code].join(" "), name: `store ${storeId}` })),
    ...targets.flatMap(({ key, name, causes: own }) =>
      own.map(({ code }) => ({ identity: [storeId, key, code].join(" "), name: `${name} of store ${storeId}` })),
    ),
    ...records.map(({ recordId, name }) => ({ identity: [storeId, recordId].join(" "), name: `"${name}" of store ${storeId}` })),
  ];
}

/** @returns everything that is behind an alarm, each once. */
function namedBehind({ stores }: Survey): readonly Named[] {
  return [...new Map(stores.flatMap(namedIn).map((named) => [named.identity, named])).values()];
}

/** @returns what people know once they are told of it, for {@link newsIn}. */
export function knownFrom(survey: Survey): readonly string[] {
  return namedBehind(survey)
    .slice(0, MOST_KNOWN)
    .map(({ identity }) => identity);
}

/**
 * @param known what people were told of. @returns what is new; nothing where not all was looked at or kept, since then what is missing from one
 * look may only have been left out.
 */
export function newsIn(survey: Survey, known: readonly string[]): readonly Named[] {
  const isWhole = survey.cut === undefined && survey.unread === 0 && survey.storeCount === survey.stores.length;
  const named = namedBehind(survey);
  const before = new Set(known);
  return isWhole && named.length <= MOST_KNOWN ? named.filter(({ identity }) => !before.has(identity)) : [];
}
