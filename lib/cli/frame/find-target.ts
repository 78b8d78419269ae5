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
  const meant = known.filter((each) => isMeant(each, typed, LOOSELY));
  // Two codes may differ in their capitals alone.
  const exact = meant.filter((each) => isMeant(each, typed, (text) => text));
  const found = exact.length > 0 ? exact : meant;
  const [only, ...others] = found;
  if (only === undefined && known.some(({ outlook }) => outlook.layers.some((layer) => layer.campaignId === typed)))
    throw new Refusal(`${typed} is a campaign, and no coupon or promotion: see campaign get ${typed}`);
  if (only === undefined) throw new Refusal(`no campaign names "${typed}" and Doorman holds nothing there: write ${TARGET_FORMS}`);
  if (others.length === 0) return only;
  const names = found.map(({ storeId, key, label }) => `${targetName(key, label)} of store ${storeId}`);
  throw badUse(`"${typed}" may be ${names.join(" or ")}: say which, with its kind or with --store`);
}

const LOOSELY = (text: string) => text.toLowerCase();

function isMeant({ key, label, outlook }: KnownOutlook, typed: string, as: (text: string) => string): boolean {
  const asKey = parseTargetKey(typed.replace(/^(coupon|promotion)[:/ ]/, "$1#"));
  if (asKey !== undefined) return key === targetKey(asKey);
  if (isNumericId(typed)) return outlook.target.id === typed;
  // A label is "coupon WELCOME10 (162428889)".
  const name = label?.replace(/^(?:coupon|promotion) /, "").replace(/ \(\d+\)$/, "");
  return name !== undefined && as(name) === as(typed);
}
