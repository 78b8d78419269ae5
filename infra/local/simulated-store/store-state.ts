import * as z from "zod";
import type { Json, JsonObject } from "../../../lib/domain/live.ts";

/** @returns whether a parsed JSON value is an object. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

const objectSchema = z.custom<JsonObject>(isJsonObject, { error: "expected an object" });
const itemSchema = objectSchema.refine((item) => typeof item["id"] === "number", { error: "expected an object with a numeric id" });

/** What a plan may lack: then Ecwid answers 403 `<feature>_FEATURE_NOT_AVAILABLE`. */
export const FEATURES = ["DISCOUNTS", "ADVANCED_DISCOUNTS", "CUSTOMER_GROUPS"] as const;
export type Feature = (typeof FEATURES)[number];

/** The scopes that Doorman needs; a token of the simulated store has them unless told. */
export const ALL_SCOPES = [
  "read_store_profile",
  "read_discount_coupons",
  "update_discount_coupons",
  "read_promotion",
  "update_promotion",
  "read_customers",
] as const;

const tokenSchema = z.object({ token: z.string().min(1), scopes: z.array(z.string()), dead: z.boolean() });

/** Everything that one simulated store holds. Values are never changed in place: each change makes a new one. */
export const storeStateSchema = z.object({
  storeId: z.string().regex(/^[1-9]\d*$/),
  timeZone: z.string().nullable(),
  suspended: z.boolean(),
  apiOnPlan: z.boolean(),
  missingFeatures: z.array(z.enum(FEATURES)),
  readOnlyPromotions: z.array(z.string()),
  tokens: z.array(tokenSchema),
  coupons: z.array(itemSchema),
  promotions: z.array(itemSchema),
  groups: z.array(itemSchema),
  couponsUpdatedAt: z.string(),
});

export type StoreState = Readonly<z.infer<typeof storeStateSchema>>;
export type SimulatedToken = Readonly<z.infer<typeof tokenSchema>>;
/** The three lists of a store that hold objects with an id. */
export type Shelf = "coupons" | "promotions" | "groups";

/** @returns the object of that id, or undefined. */
export function findItem(items: readonly JsonObject[], id: string): JsonObject | undefined {
  return items.find((item) => String(item["id"]) === id);
}

/** @returns the list with the object of `item`'s id replaced by `item`. */
export function replaceItem(items: readonly JsonObject[], item: JsonObject): JsonObject[] {
  return items.map((other) => (other["id"] === item["id"] ? item : other));
}

/** @returns `base` with `changes` over it; a field changed to null goes, as does one that is undefined. */
export function overlay(base: JsonObject, changes: { readonly [key: string]: Json | undefined }): JsonObject {
  const entries = Object.entries({ ...base, ...changes }).filter(
    (entry): entry is [string, Json] => entry[1] !== null && entry[1] !== undefined,
  );
  return Object.fromEntries(entries);
}
