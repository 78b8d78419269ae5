import { parseTargetKey, type StoreId, type TargetKey, targetKey } from "../../domain/identifiers.ts";
import type { Instant } from "../../domain/instant.ts";
import { EMPTY_LEDGER, type Ledger } from "../../domain/ledger/ledger.ts";
import type { TargetOutlook } from "../../domain/timeline/forecast.ts";
import { layersOf, type StoreView, targetKeysOf, zoneOfStore } from "./store-view.ts";

/** A target's future, with what people know it by. */
export interface KnownOutlook {
  readonly storeId: StoreId;
  readonly key: TargetKey;
  /** As in Ecwid, where Doorman has read it. */
  readonly label: string | undefined;
  /** In which people of the store read times. */
  readonly timeZone: string;
  readonly outlook: TargetOutlook;
}

/**
 * @param from the instant that the ledgers speak of: now, or for a look back the instant asked for, and then no ledger counts.
 * @returns the outlook of every target that a campaign names or that Doorman holds, in order of their keys.
 */
export function outlooksOf(view: StoreView, from: Instant, ledgers: "as held" | "none"): readonly KnownOutlook[] {
  const layers = view.copies.flatMap((copy) => layersOf(copy).map(({ target, layer }) => ({ key: targetKey(target), layer })));
  const zone = zoneOfStore(view) ?? "UTC";
  return targetKeysOf(view).flatMap((key) => {
    const target = parseTargetKey(key);
    if (target === undefined) return [];
    const known = view.targets.find((each) => each.target === key);
    const ledger: Ledger = ledgers === "none" || known === undefined ? EMPTY_LEDGER : known.ledger;
    const named = layers.filter((each) => each.key === key).map(({ layer }) => layer);
    return [
      { storeId: view.storeId, key, label: known?.label, timeZone: zone, outlook: { target, layers: named, ledger, known: {}, from } },
    ];
  });
}
