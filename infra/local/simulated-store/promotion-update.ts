import type { Json, JsonObject } from "../../../lib/domain/live.ts";
import { failure, type Result, success } from "../../../lib/domain/result.ts";
import { refusal, type SimulatedReply, wrongParameter } from "./reply.ts";
import type { SimulatedSettings } from "./settings.ts";
import { findItem, isJsonObject, overlay, type StoreState } from "./store-state.ts";

const MOST_GROUPS = 200;
const UPDATABLE = [
  "name",
  "enabled",
  "discountBase",
  "discountType",
  "amount",
  "targets",
  "externalReferenceId",
  "recurring",
  "recurrenceSettings",
];

const isGroupId = (value: Json): value is number => typeof value === "number" && Number.isSafeInteger(value) && value >= 0;

/** @returns the groups that a PUT leaves behind; undefined for no restriction. */
function groupsAsked(asked: Json, store: StoreState, settings: SimulatedSettings): Result<readonly number[] | undefined, SimulatedReply> {
  const list: Json = asked ?? [];
  if (!Array.isArray(list) || !list.every(isGroupId)) return failure(wrongParameter("triggers.customerGroups must be a list of ids"));
  if (list.length > MOST_GROUPS) return failure(wrongParameter(`triggers.customerGroups can hold ${MOST_GROUPS} ids at most`));
  const known = list.filter((id) => findItem(store.groups, String(id)) !== undefined);
  const rejected = settings.unknownGroups === "reject" && known.length < list.length;
  if (rejected) return failure(wrongParameter("triggers.customerGroups names an unknown group"));
  const kept = settings.unknownGroups === "drop" ? known : list;
  if (kept.length > 0 || settings.emptyGroups === "keep") return success(kept);
  return settings.emptyGroups === "remove" ? success(undefined) : failure(wrongParameter("triggers.customerGroups is empty"));
}

function newTriggers(
  old: JsonObject,
  asked: JsonObject,
  store: StoreState,
  settings: SimulatedSettings,
): Result<JsonObject, SimulatedReply> {
  const base = settings.triggersMode === "merge" ? old : {};
  if (asked["customerGroups"] === undefined) return success(overlay(base, asked));
  if (store.missingFeatures.includes("CUSTOMER_GROUPS")) {
    return failure(refusal(403, "CUSTOMER_GROUPS_FEATURE_NOT_AVAILABLE", "Customer groups are not available on the store's plan"));
  }
  const groups = groupsAsked(asked["customerGroups"], store, settings);
  return groups.ok ? success(overlay(base, { ...asked, customerGroups: groups.value })) : groups;
}

/** @returns the promotion with the body of a PUT applied: partial at the top, `triggers` merged or replaced; or the refusal. */
export function updatePromotion(
  store: StoreState,
  promotion: JsonObject,
  changes: JsonObject,
  settings: SimulatedSettings,
): Result<JsonObject, SimulatedReply> {
  const readOnly = store.readOnlyPromotions.includes(String(promotion["id"]));
  const setsAll = isJsonObject(changes["targets"]) && changes["targets"]["all"] !== undefined;
  if (readOnly || setsAll)
    return failure(refusal(422, "READ_ONLY_PROMOTION_FIELD_CHANGE", "The promotion has fields that cannot be changed"));

  const accepted = Object.entries(changes).filter(([name]) => UPDATABLE.includes(name));
  const updated = { ...promotion, ...Object.fromEntries(accepted) };
  const asked = changes["triggers"];
  if (asked === undefined) return success(updated);
  if (!isJsonObject(asked)) return failure(wrongParameter("triggers must be an object"));

  const old = isJsonObject(promotion["triggers"]) ? promotion["triggers"] : {};
  const triggers = newTriggers(old, asked, store, settings);
  return triggers.ok ? success({ ...updated, triggers: triggers.value }) : triggers;
}
