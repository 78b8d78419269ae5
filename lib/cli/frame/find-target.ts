import type { KnownOutlook } from "../../application/commands/outlooks.ts";
import { isNumericId, parseTargetKey, targetKey } from "../../domain/identifiers.ts";
import { targetName } from "../text/names.ts";
import { badUse, Refusal } from "./refusal.ts";

/** What a person may write for a target, for help texts. */
export const TARGET_FORMS = "coupon:162428889, promotion:608502, a bare number, or a coupon's code as Ecwid has it";

/**
 * @param typed a key with `:`, `#` or `/`, a number, or the name by which Ecwid knows it.
 * @returns the target that is meant. @throws Refusal if there is none, or more than one.
 */
export function findTarget(known: readonly KnownOutlook[], typed: string): KnownOutlook {
  const found = known.filter((each) => isMeant(each, typed));
  const [only, ...others] = found;
  if (only === undefined) throw new Refusal(`no campaign names "${typed}" and Doorman holds nothing there: write ${TARGET_FORMS}`);
  if (others.length === 0) return only;
  const names = found.map(({ storeId, key, label }) => `${targetName(key, label)} of store ${storeId}`);
  throw badUse(`"${typed}" may be ${names.join(" or ")}: say which, with its kind or with --store`);
}

function isMeant({ key, label, outlook }: KnownOutlook, typed: string): boolean {
  const asKey = parseTargetKey(typed.replace(/^(coupon|promotion)[:/ ]/, "$1#"));
  if (asKey !== undefined) return key === targetKey(asKey);
  if (isNumericId(typed)) return outlook.target.id === typed;
  // A label is "coupon WELCOME10 (162428889)".
  return label?.replace(/^(?:coupon|promotion) /, "").replace(/ \(\d+\)$/, "") === typed;
}
