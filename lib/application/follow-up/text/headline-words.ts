import type { Cause, StoreCause, Survey } from "../findings.ts";
import { targetCount } from "./until.ts";
import { campaignNames, counted, listed, oneLine } from "./words.ts";

const NAMED = 3;

/** @returns the stores by their numbers, or how many there are. */
export function storesText({ stores, storeCount }: Survey): string {
  if (storeCount > NAMED) return `${storeCount} stores`;
  return `${storeCount === 1 ? "Store" : "Stores"} ${listed(
    stores.map(({ storeId }) => storeId),
    NAMED,
  )}`;
}

/** @returns those that Ecwid has silenced at present; the others only wait for their next switch. */
export function throttledText(survey: Survey): string {
  const silenced = survey.stores.filter(({ causes }) => causes.length > 0);
  return silenced.length === 0 ? "All stores" : storesText({ ...survey, stores: silenced, storeCount: silenced.length });
}

/** @returns every cause that was found. */
export function causesIn({ stores }: Survey): readonly Cause[] {
  return stores.flatMap(({ causes, targets }) => [...causes, ...targets.flatMap((target) => target.causes)]);
}

/** @returns the thing by its name, where it is one; else how many. */
export function whatText({ stores, targetCount: count }: Survey): string {
  const behind = stores.flatMap(({ targets }) => targets.filter(({ causes }) => causes.length > 0));
  const [only, ...others] = behind;
  if (only === undefined) return "discounts";
  return others.length === 0 ? oneLine(only.name, 60) : targetCount(behind, Math.max(behind.length, count > 100 ? count : 0));
}

const SHORT: Readonly<Record<string, string>> = {
  TARGET_MISSING: "not to be found in Ecwid",
  GROUP_MISSING: "a customer group does not exist",
  READ_ONLY: "managed in Retail POS",
  NO_GROUP_LIST: "the promotion has no list of groups",
  TOKEN_REJECTED: "Ecwid refuses the token",
  NO_TOKEN: "there is no token",
  OTHER_DEPLOYMENT: "the token belongs to another installation",
  SCOPE_MISSING: "the token lacks a right",
  RATE_LIMITED: "Ecwid asks for silence",
  FAILING: "Ecwid gives no clear answer",
};

/** @returns the one cause, if there is one. A code that Ecwid gave speaks of its plan or of the store. */
export function whyText(survey: Survey): string {
  const causes = causesIn(survey);
  const codes = new Set(causes.map(({ code }) => code));
  const [only, ...others] = codes;
  if (only === undefined || others.length > 0) return "";
  const short = SHORT[only] ?? (/FEATURE_NOT_AVAILABLE$/.test(only) ? "the Ecwid plan does not include them" : undefined);
  return short === undefined ? "" : `: ${short}`;
}

/** @returns `promotions` where it is only them. */
export function kindText({ stores }: Survey): string {
  const kinds = new Set(
    stores.flatMap(({ causes, targets }) =>
      targets.some((target) => target.causes.length > 0) ? ["discount"] : causes.map(({ kind }) => kind ?? "discount"),
    ),
  );
  const [only, ...others] = kinds;
  return only === undefined || others.length > 0 ? "discounts" : `${only}s`;
}

/** @returns whether the store's plan does not include a kind of discount: people can switch it only once it does. */
export function isPlanLack({ code, kind }: StoreCause): boolean {
  return kind !== undefined && !(code in SHORT);
}

/** @returns whether Ecwid lets people do what it does not let Doorman do, at the latest with another plan: not where the store is closed. */
export function isOpenToPeople({ stores }: Survey): boolean {
  return stores.every(
    ({ causes, targets }) =>
      causes.every((cause) => cause.code in SHORT || isPlanLack(cause)) &&
      targets.every((target) => target.causes.every(({ code }) => code in SHORT)),
  );
}

/** @returns the record by its name, or how many there are. */
export function recordsText({ stores }: Survey): string {
  const records = stores.flatMap((store) => store.records);
  const [only, ...others] = records;
  if (only === undefined) return "a record";
  return others.length === 0 ? `"${oneLine(only.name, 50)}"` : counted(records.length, "record");
}

/** @returns the campaigns that are in danger, with the verb. */
export function aheadText(survey: Survey): string {
  const campaigns = survey.stores.flatMap(({ targets }) =>
    targets.flatMap(({ prospect: { should, next } }) => [...should.campaigns, ...(next?.spell.campaigns ?? [])]),
  );
  const isOne = new Set(campaigns.map(({ campaignId }) => campaignId)).size < 2;
  return campaigns.length === 0 ? "a campaign is" : `${campaignNames(campaigns, 2)} ${isOne ? "is" : "are"}`;
}
