import { campaignId, windowId } from "../../lib/domain/identifiers.ts";
import type { Instant } from "../../lib/domain/instant.ts";
import type { Ledger } from "../../lib/domain/ledger/ledger.ts";

/** @returns what Doorman holds of a coupon that the campaign "sale" has opened to everyone. */
export function heldCoupon(heldAt: Instant): Ledger {
  const window = windowId(campaignId("sale"), "2026-11-27T08:00:00Z");
  const cell = { base: "NEW_CUSTOMER_ONLY", written: "UNLIMITED", window, policy: "yield", standIn: false, heldAt } as const;
  return { cells: { applicationLimit: cell }, yielded: {} };
}
