import type { StoreSetup } from "../../infra/local/simulated-store/new-store.ts";
import { type StoreId, storeId } from "../../lib/domain/identifiers.ts";
import type { JsonObject } from "../../lib/domain/live.ts";
import { createRandom, type Random } from "../simulation/world/random.ts";
import type { Record } from "../support/world.ts";

export const YEAR_BEGINS = "2026-01-01T00:00:00Z";
export const YEAR_ENDS = "2027-01-01T00:00:00Z";
export const BASE_LIMIT = "NEW_CUSTOMER_ONLY";
export const BASE_GROUPS: readonly number[] = [0, 1];
export const COUPONS: readonly number[] = [11, 12, 13, 14];
export const PROMOTIONS: readonly number[] = [21, 22];
const GROUPS: readonly number[] = [1, 2, 3, 4, 5, 6];
const CAMPAIGNS_A_STORE = 10;
const ZONES = [
  "America/New_York",
  "America/Los_Angeles",
  "America/Sao_Paulo",
  "Europe/Berlin",
  "Europe/London",
  "Africa/Casablanca",
  "Asia/Kolkata",
  "Asia/Tokyo",
  "Australia/Lord_Howe",
  "Pacific/Auckland",
] as const;
const DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"] as const;

/** A store as Ecwid has it, its token, and the campaigns that its marketers have saved. */
export interface RehearsedStore {
  readonly storeId: StoreId;
  readonly setup: StoreSetup;
  readonly token: string;
  readonly records: readonly Record[];
}

function wall(month: number, day: number, hour: number, minute: number): string {
  const two = (number: number) => String(number).padStart(2, "0");
  return `2026-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}`;
}

/** Weekly sales mostly, some monthly, some of one day, some happy hours of a season. */
function windowsOf(random: Random): JsonObject {
  const [hour, minute] = [random.whole(0, 22), random.pick([0, 0, 0, 15, 30])];
  const kind = random.whole(1, 10);
  const month = random.whole(1, 10);
  const day = random.whole(1, 27);
  if (kind <= 5) {
    const start = wall(1, 1, hour, minute);
    return { start, end: wall(1, random.pick([1, 1, 2]), 23, 30), repeat: `FREQ=WEEKLY;BYDAY=${random.pick(DAYS)}` };
  }
  if (kind <= 7) return { start: wall(1, day, hour, minute), end: wall(1, day + 1, hour, minute), repeat: "FREQ=MONTHLY" };
  if (kind <= 9) return { start: wall(month, day, hour, minute), end: wall(month, day + random.whole(0, 1), 23, 45) };
  return { start: wall(month, day, 17, minute), end: wall(month, day, 19, minute), repeat: "FREQ=DAILY;COUNT=90" };
}

function targetsOf(random: Random): JsonObject {
  const coupons = random
    .some(COUPONS, 0.4)
    .map((id) => ({ couponId: String(id), applicationLimit: random.pick(["UNLIMITED", "REPEAT_CUSTOMER_ONLY"]) }));
  const promotions = random.some(PROMOTIONS, 0.3).map((id) => ({ promotionId: String(id), addGroups: [random.whole(2, 6)] }));
  if (coupons.length + promotions.length === 0)
    return { coupons: [{ couponId: String(random.pick(COUPONS)), applicationLimit: "UNLIMITED" }] };
  return { coupons, promotions };
}

/** @returns the nth store of a rehearsal; the same for the same seed. */
export function rehearsedStore(seed: number, n: number): RehearsedStore {
  const random = createRandom(seed * 1_000 + n);
  const id = storeId(String(7_001 + n));
  const token = `secret_of_${id}`;
  const records = Array.from({ length: CAMPAIGNS_A_STORE }, (_each, index) => ({
    storeId: id,
    campaignId: `campaign-${index + 1}`,
    name: `Campaign ${index + 1} of store ${id}`,
    priority: random.whole(0, 2),
    onManualEdit: random.chance(0.2) ? "enforce" : "yield",
    ...windowsOf(random),
    ...targetsOf(random),
  }));
  const setup: StoreSetup = {
    storeId: id,
    timeZone: ZONES[n % ZONES.length] ?? "UTC",
    tokens: [token],
    coupons: COUPONS.map((coupon) => ({ id: coupon, code: `CODE${coupon}`, applicationLimit: BASE_LIMIT })),
    promotions: PROMOTIONS.map((promotion) => ({ id: promotion, triggers: { subtotal: 25, customerGroups: [...BASE_GROUPS] } })),
    groups: GROUPS.map((group) => ({ id: group, name: `Group ${group}` })),
  };
  return { storeId: id, setup, token, records };
}
