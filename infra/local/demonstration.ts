import { Temporal } from "temporal-polyfill";
import type { CampaignTable } from "../../lib/application/ports/campaign-table.ts";
import type { StateTable } from "../../lib/application/ports/state-table.ts";
import { type CampaignId, campaignId, couponId, promotionId, type StoreId, storeId, targetKey } from "../../lib/domain/identifiers.ts";
import { type Instant, plus, SECOND } from "../../lib/domain/instant.ts";
import { isOpen } from "../../lib/domain/ledger/ledger.ts";
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

async function isUnderWay(campaigns: CampaignTable, state: StateTable, now: Instant): Promise<boolean> {
  const { storeId: store, campaignId: campaign } = DEMONSTRATION;
  const record = await campaigns.get(store, campaign);
  const end = record?.item["end"];
  if (typeof end === "string" && end > typed(now)) return true;
  const keys = [targetKey({ kind: "coupon", id: DEMONSTRATION.couponId }), targetKey({ kind: "promotion", id: DEMONSTRATION.promotionId })];
  const targets = await Promise.all(keys.map((key) => state.readTarget(store, key)));
  return targets.some(({ ledger }) => isOpen(ledger));
}

/**
 * Puts a campaign that opens in a quarter of a minute and closes half a minute later; one that is under way from an earlier start is left to
 * go on.
 *
 * @returns what a person should know of it.
 */
export async function startDemonstration(
  campaigns: CampaignTable,
  state: StateTable,
  now: Instant,
): Promise<{ readonly isNew: boolean; readonly storeId: StoreId; readonly campaignId: CampaignId }> {
  const { storeId: store, campaignId: campaign, couponId: coupon, promotionId: promotion } = DEMONSTRATION;
  const answer = { storeId: store, campaignId: campaign };
  if (await isUnderWay(campaigns, state, now)) return { isNew: false, ...answer };
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
  return { isNew: true, ...answer };
}
