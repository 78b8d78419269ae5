import * as z from "zod";
import { promotionId } from "../../domain/identifiers.ts";
import type { LivePromotion } from "../../domain/live.ts";
import { groupIdSchema, numericIdSchema, optionalTextSchema } from "./identifier-schemas.ts";
import { isJsonObject } from "./parse-json.ts";

const promotionSchema = z.lazy(() =>
  z.looseObject({
    id: numericIdSchema,
    name: optionalTextSchema,
    enabled: z.boolean().optional().catch(undefined),
    triggers: z.unknown(),
  }),
);
const customerGroupsSchema = z.lazy(() => z.array(groupIdSchema).nullish());

/**
 * Reads one item of the promotions list. `triggers` is handed on as parsed, not rebuilt: a write has to echo all of it, whatever
 * Ecwid has added. Missing triggers are none (Ecwid leaves out what is not set).
 * @returns undefined where the item has no id, or groups that are no list of ids.
 */
export function readPromotion(item: unknown): LivePromotion | undefined {
  const promotion = promotionSchema.safeParse(item);
  if (!promotion.success) return undefined;
  const triggers = isJsonObject(promotion.data.triggers) ? promotion.data.triggers : {};
  const groups = customerGroupsSchema.safeParse(triggers["customerGroups"]);
  if (!groups.success) return undefined;
  const { id, name, enabled } = promotion.data;
  return { kind: "promotion", id: promotionId(id), name, enabled, triggers, customerGroups: groups.data ?? undefined };
}
