import { Temporal } from "temporal-polyfill";
import type { CampaignTable } from "../../lib/application/ports/campaign-table.ts";
import type { StateTable } from "../../lib/application/ports/state-table.ts";
import { type CampaignId, campaignId, campaignOfWindow, couponId, promotionId, storeId, targetKey } from "../../lib/domain/identifiers.ts";
import { type Instant, plus, SECOND } from "../../lib/domain/instant.ts";
import type { SimulatedEcwid } from "./simulated-store/simulated-ecwid.ts";

/** The simulated store that `npm start` opens; its token is no secret. */
export const DEMONSTRATION = {
  storeId: storeId("1003"),
  campaignId: campaignId("demonstration"),
  token: "secret_of_the_simulated_store",
  timeZone: "America/New_York",
  couponId: couponId("162428889"),
  promotionId: promotionId("608502"),
} as const;

const OPENS_IN_MS = 15 * SECOND;
const OPEN_FOR_MS = 30 * SECOND;

/** Puts the demonstration's store, coupon, promotion and groups into a simulated Ecwid. */
export function addDemonstrationStore(ecwid: SimulatedEcwid): void {
  ecwid.addStore({
    storeId: DEMONSTRATION.storeId,
    timeZone: DEMONSTRATION.timeZone,
    tokens: [DEMONSTRATION.token],
    coupons: [{ id: Number(DEMONSTRATION.couponId), name: "Welcome", code: "WELCOME10", applicationLimit: "NEW_CUSTOMER_ONLY" }],
    promotions: [
      {
        id: Number(DEMONSTRATION.promotionId),
        name: "Early access",
        triggers: { subtotal: 25, startDate: "2026-01-01 00:00:00 +0000", customerGroups: [0, 1006532] },
      },
    ],
    groups: [
      { id: 1006532, name: "VIP" },
      { id: 1006534, name: "Newsletter" },
    ],
  });
}

/** Wall-clock time in the store's zone, to the second, as a marketer would type it. */
function typed(at: Instant): string {
  return Temporal.Instant.fromEpochMilliseconds(at)
    .toZonedDateTimeISO(DEMONSTRATION.timeZone)
    .toPlainDateTime()
    .toString({ smallestUnit: "second" });
}

async function isUnderWay(campaigns: CampaignTable, now: Instant): Promise<boolean> {
  const end = (await campaigns.get(DEMONSTRATION.storeId, DEMONSTRATION.campaignId))?.item["end"];
  return typeof end === "string" && end > typed(now);
}

async function holders(state: StateTable): Promise<ReadonlySet<CampaignId>> {
  const keys = [targetKey({ kind: "coupon", id: DEMONSTRATION.couponId }), targetKey({ kind: "promotion", id: DEMONSTRATION.promotionId })];
  const targets = await Promise.all(keys.map((key) => state.readTarget(DEMONSTRATION.storeId, key)));
  const cells = targets.flatMap(({ ledger }) => Object.values(ledger.cells));
  return new Set(cells.flatMap((cell) => (cell === undefined ? [] : [campaignOfWindow(cell.window)])));
}

/**
 * Puts a campaign that opens in a quarter of a minute and closes half a minute later; one that is under way from an earlier start is left to
 * go on, and one would only get in the way of a campaign that somebody else has put.
 *
 * @returns what became of it.
 */
export async function startDemonstration(
  campaigns: CampaignTable,
  state: StateTable,
  now: Instant,
): Promise<"started" | "goes-on" | "left-out"> {
  const { storeId: store, campaignId: campaign, couponId: coupon, promotionId: promotion } = DEMONSTRATION;
  const held = await holders(state);
  if (held.has(campaign) || (await isUnderWay(campaigns, now))) return "goes-on";
  if (held.size > 0) return "left-out";
  const opensAt = plus(now, OPENS_IN_MS);
  await campaigns.put({
    storeId: store,
    campaignId: campaign,
    name: "Demonstration",
    start: typed(opensAt),
    end: typed(plus(opensAt, OPEN_FOR_MS)),
    coupons: [{ couponId: coupon, applicationLimit: "UNLIMITED" }],
    promotions: [{ promotionId: promotion, addGroups: [1006534] }],
  });
  return "started";
}
