import type { StoreId } from "../../../lib/domain/identifiers.ts";
import { HOUR, type Instant, plus } from "../../../lib/domain/instant.ts";
import { recordOf, type Scene, type SceneRecord, storeOf } from "./scene.ts";

/** Of a store's switches so many in twenty are promotions, and of its coupons about half are closed to somebody. */
const PROMOTIONS_IN_TWENTY = 7;
const NARROWED_IN_TWENTY = 6;

/** Two stores of the same number of switches are alike, so that one is compiled for both. */
function waveStore(n: number, switches: number, at: Instant): Scene["stores"][number] {
  const promotions = Math.floor((switches * PROMOTIONS_IN_TWENTY) / 20);
  const narrowed = Math.floor((switches * NARROWED_IN_TWENTY) / 20);
  const coupons = switches - promotions;
  const window = { from: at, to: plus(at, 6 * HOUR) };
  const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_each, index) => from + index);
  const records = (id: StoreId): readonly SceneRecord[] => [
    recordOf(id, "widens", window, { coupons: numbers(narrowed, coupons) }),
    ...(narrowed > 0 ? [recordOf(id, "narrows", window, { coupons: numbers(0, narrowed), limit: "REPEAT_CUSTOMER_ONLY" })] : []),
    ...(promotions > 0 ? [recordOf(id, "groups", window, { promotions: numbers(0, promotions) })] : []),
  ];
  const baseLimit = (number: number) => (number < narrowed ? "UNLIMITED" : "NEW_CUSTOMER_ONLY");
  return storeOf(n, { coupons, promotions, baseLimit }, records);
}

/** How the switches are shared out among the stores. */
export type Distribution = "even" | "skewed";

/** The largest store of a skewed wave. */
const MOST = 400;

/** The nth store has a share that falls with n to the power of 0.6: a few large ones and many small. */
function skewedSizes(stores: number, switches: number): readonly number[] {
  const shares = Array.from({ length: stores }, (_each, n) => (n + 1) ** -0.6);
  const sum = shares.reduce((total, share) => total + share, 0);
  return shares.map((share) => Math.min(MOST, Math.max(1, Math.round((share * switches) / sum))));
}

/** @returns stores at which so many switches are due at one instant. */
export function waveScene(distribution: Distribution, stores: number, switches: number, at: Instant): Scene {
  const sizes = distribution === "even" ? Array.from({ length: stores }, () => switches / stores) : skewedSizes(stores, switches);
  return { stores: sizes.map((size, n) => ({ ...waveStore(n, size, at), alike: String(size) })) };
}

/** @returns the numbers of the coupons that are closed to somebody, as ids are made in `scene.ts`. */
export function narrowedOf(switches: number): number {
  return Math.floor((switches * NARROWED_IN_TWENTY) / 20);
}
