import { keyInWords, storeId } from "../../domain/identifiers.ts";
import type { Instant } from "../../domain/instant.ts";
import { outlooksOf } from "../commands/outlooks.ts";
import { viewOfState, zoneOfStore } from "../commands/store-view.ts";
import type { StateTable } from "../ports/state-table.ts";
import type { StoreFindings, Survey } from "./findings.ts";
import { prospectOf } from "./prospect.ts";

/** So many coupons and promotions are looked at again when an alarm ends. */
const MOST = 25;

/** @returns the coupons and promotions that people were told of, `1003/coupon#7`, for {@link aftermathOf}. */
export function sufferingIn({ stores }: Survey): readonly string[] {
  return stores.flatMap(({ storeId: id, targets }) => targets.map(({ key }) => `${id}/${key}`)).slice(0, MOST);
}

/** @returns how those stand now that people were told of when the alarm went off; a store that cannot be read is left out. */
export async function aftermathOf(state: StateTable, suffered: readonly string[], now: Instant): Promise<readonly StoreFindings[]> {
  const stores = Map.groupBy(suffered, (each) => each.slice(0, each.indexOf("/")));
  const found: StoreFindings[] = [];
  for (const [id, all] of stores) {
    const view = await viewOfState(state, storeId(id)).catch(() => undefined);
    if (view === undefined) continue;
    const targets = outlooksOf(view, now, "as held").flatMap((outlook) => {
      if (!all.includes(`${id}/${outlook.key}`)) return [];
      const known = view.targets.find((each) => each.target === outlook.key);
      return [{ key: outlook.key, name: outlook.label ?? keyInWords(outlook.key), causes: [], prospect: prospectOf(outlook, known, now) }];
    });
    found.push({ storeId: view.storeId, timeZone: zoneOfStore(view) ?? "UTC", causes: [], records: [], targets });
  }
  return found;
}
