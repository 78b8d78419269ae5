import type { StoreFindings, Survey, TargetFinding } from "../findings.ts";
import { campaignsBehind, isUncertain, isWrong } from "../findings.ts";
import { campaignNames, counted, oneLine, shown, windowText } from "./words.ts";

interface Placed {
  readonly target: TargetFinding;
  readonly timeZone: string;
  readonly storeId: string;
}

function placed({ stores }: Survey): readonly Placed[] {
  return stores.flatMap(({ targets, timeZone, storeId }: StoreFindings) => targets.map((target) => ({ target, timeZone, storeId })));
}

/** @returns coupons and promotions in words: `1 coupon`, `3 promotions`, `1 coupon and 2 promotions`. */
export function targetCount(targets: readonly Pick<TargetFinding, "key">[], count = targets.length): string {
  const coupons = targets.filter(({ key }) => key.startsWith("coupon")).length;
  if (coupons === targets.length) return counted(count, "coupon");
  if (coupons === 0) return counted(count, "promotion");
  if (count > targets.length) return `${count} coupons and promotions`;
  return `${counted(coupons, "coupon")} and ${counted(count - coupons, "promotion")}`;
}

const MOST_NAMED = 3;

function allNames(targets: readonly TargetFinding[]): string {
  const names = targets.map(({ name }) => oneLine(name));
  return names.length === 1 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1)}`;
}

function wrongLine(wrong: readonly Placed[]): string {
  const [only, ...others] = wrong;
  if (only === undefined) return "";
  const campaigns = wrong.flatMap(({ target }) => campaignsBehind(target));
  const names = campaigns.length === 0 ? "" : ` (${campaignNames(campaigns)})`;
  const what =
    others.length < MOST_NAMED && others.every(({ storeId }) => storeId === only.storeId)
      ? allNames(wrong.map(({ target }) => target))
      : targetCount(wrong.map(({ target }) => target));
  const open = wrong.filter(({ target }) => target.prospect.should.campaigns.length > 0);
  const ends = open.flatMap(({ target, timeZone }) =>
    target.prospect.next === undefined ? [] : [{ at: target.prospect.next.at, timeZone }],
  );
  const last = ends.toSorted((one, other) => other.at - one.at)[0];
  const sure = wrong.every(({ target }) => isUncertain(target)) ? "Perhaps wrong now" : "Wrong now";
  if (open.length === 0) return `${sure}, until this is put right: ${what}${names} should be over.`;
  const until = last === undefined || ends.length < open.length ? "until this is put right" : `until ${shown(last.at, last.timeZone)}`;
  return `${sure}, ${wrong.length > 1 ? `at the longest ${until}` : until}: ${what}${names}.`;
}

function nextLine(all: readonly Placed[]): string | undefined {
  const coming = all.flatMap(({ target, timeZone }) =>
    target.prospect.next === undefined ? [] : [{ target, timeZone, next: target.prospect.next }],
  );
  const first = coming.toSorted((one, other) => one.next.at - other.next.at)[0];
  if (first === undefined) return undefined;
  const { next, target, timeZone } = first;
  const campaigns = next.spell.campaigns.length > 0 ? next.spell.campaigns : target.prospect.should.campaigns;
  const names = campaigns.length === 0 ? "" : ` (${campaignNames(campaigns)})`;
  const same = coming.filter((each) => each.next.at === next.at).map((each) => each.target);
  const what = same.length <= MOST_NAMED ? allNames(same) : targetCount(same);
  const until = next.until === undefined ? "" : ` (until ${shown(next.until, timeZone)})`;
  return `Nothing is wrong for customers yet. The next switch is due at ${shown(next.at, timeZone)}${until}: ${what}${names}.`;
}

function soonest(stores: readonly StoreFindings[]): string | undefined {
  const changes = stores.flatMap(({ records, timeZone }) =>
    records.flatMap(({ nextAt }) => (nextAt === undefined ? [] : [{ nextAt, timeZone }])),
  );
  const first = changes.toSorted((one, other) => one.nextAt - other.nextAt)[0];
  return first && shown(first.nextAt, first.timeZone);
}

function nextOf(stores: readonly StoreFindings[]): string {
  const first = soonest(stores);
  return first === undefined ? "" : ` (next change: ${first})`;
}

function windowOf(stores: readonly StoreFindings[]): string {
  const windows = stores.flatMap(({ records, timeZone }) =>
    records.map(({ opensAt, closesAt }) => windowText(opensAt, closesAt, timeZone)),
  );
  return windows[0] === undefined || windows[0] === "" ? "" : `: ${windows[0]}`;
}

function recordLine({ stores }: Survey): string | undefined {
  const records = stores.flatMap((store) => store.records);
  if (records.length === 0) return undefined;
  const stopped = records.filter(({ isRunning }) => !isRunning);
  const it = records.length === 1 ? "it is" : "they are";
  if (stopped.length === 0) {
    const theirs = records.length === 1 ? windowOf(stores) : "";
    const what =
      records.length === 1
        ? `It runs as it was before the last edit${theirs}`
        : `They run as they were before the last edits${nextOf(stores)}`;
    return `${what}. The last ${records.length === 1 ? "edit has" : "edits have"} no effect until corrected.`;
  }
  if (stopped.length === records.length)
    return `Until ${it} corrected, nothing of ${records.length === 1 ? "it" : "them"} runs: no window will open.`;
  return `Until they are corrected, ${stopped.length} of ${records.length} do not run at all; of the others the last good version keeps running.`;
}

/** @returns the second line of a message: who is affected until when, or from when. */
export function untilLine(survey: Survey): string {
  const all = placed(survey);
  const wrong = all.filter(({ target }) => isWrong(target));
  if (wrong.length > 0) return wrongLine(wrong);
  const line = recordLine(survey) ?? nextLine(all);
  if (line !== undefined) return line;
  if (survey.cut === "unreadable") return "Until when is not known: Doorman's own table could not be read, so nobody can be named here.";
  return "Nothing is wrong for customers, and no switch is due soon, as far as Doorman knows.";
}
