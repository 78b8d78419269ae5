import type { Instant } from "../../../domain/instant.ts";
import { UNSEEN } from "../../../domain/ledger/ledger.ts";
import type { GroupNames } from "../../ports/state-table.ts";
import type { RecordFinding, StoreFindings, Survey, TargetFinding } from "../findings.ts";
import { campaignsBehind, isUncertain } from "../findings.ts";
import { type Spell, UNKNOWN } from "../prospect.ts";
import { campaignNames, counted, listed, oneLine, shown, valueWords, windowText, withGroupNames, wrapped } from "./words.ts";

const MOST_STORES = 10;
const MOST_TARGETS = 6;
const MOST_CELLS = 4;
const MOST_PROBLEMS = 5;
/** What Ecwid or a check said of one thing. */
const LONGEST_REASON = 400;

function spellWords({ cells }: Spell, names: GroupNames | undefined): string {
  return listed(
    cells.map(({ cell, value }) => valueWords(cell, value, names)),
    MOST_CELLS,
  );
}

function forCampaigns(target: TargetFinding): string {
  const campaigns = campaignsBehind(target);
  return campaigns.length === 0 ? "" : ` for ${campaignNames(campaigns)}`;
}

function holdsText({ causes, prospect: { wrong } }: TargetFinding, names: GroupNames | undefined): string {
  if (causes.some(({ code }) => code === "TARGET_MISSING")) return "and is not there at all";
  const values = wrong.map(({ cell, holds }) => {
    if (holds === UNKNOWN) return "and Doorman could not find out yet whether it is";
    return holds === UNSEEN ? "and has not been switched yet" : `and is ${valueWords(cell, holds, names)}`;
  });
  return listed([...new Set(values)], MOST_CELLS);
}

function wrongText(target: TargetFinding, { timeZone, groupNames }: StoreFindings): string {
  const { wrong, should, next } = target.prospect;
  const until = should.campaigns.length > 0 && next !== undefined ? ` until ${shown(next.at, timeZone)}` : "";
  const cells = wrong.map(({ cell }) => should.cells.find((each) => each.cell === cell)).filter((cell) => cell !== undefined);
  const shouldBe = spellWords({ cells, campaigns: [] }, groupNames);
  const sure = isUncertain(target) ? "PERHAPS WRONG NOW" : "WRONG NOW";
  return `${sure}: should be ${shouldBe}${until}${forCampaigns(target)}, ${holdsText(target, groupNames)}`;
}

/** What is not there will not be switched; and what people opened by hand Doorman does not close. */
function nextLabel({ causes, prospect: { wrong, should } }: TargetFinding, isByHand: boolean): string {
  if (causes.some(({ code }) => code === "TARGET_MISSING" || code === "GROUP_MISSING")) return "planned, as soon as it is there";
  return isByHand && wrong.length > 0 && should.campaigns.length > 0 ? "next, unless opened by hand" : "next";
}

function nextText(target: TargetFinding, { timeZone, groupNames }: StoreFindings, isByHand: boolean): string | undefined {
  const { next } = target.prospect;
  if (next === undefined) return undefined;
  const { campaigns } = next.spell;
  const why = campaigns.length === 0 ? "" : ` for ${campaignNames(campaigns)}`;
  const value = next.spell.cells.every((cell) => cell.value === UNSEEN)
    ? "back to what it was before Doorman changed it"
    : spellWords(next.spell, groupNames);
  return `${nextLabel(target, isByHand)}: ${shown(next.at, timeZone)}, ${value}${why}`;
}

function targetLines(target: TargetFinding, store: StoreFindings, isByHand: boolean): readonly string[] {
  const next = nextText(target, store, isByHand);
  const named = (reason: string) => withGroupNames(oneLine(reason, LONGEST_REASON), store.groupNames);
  return [
    `- ${oneLine(target.name)}`,
    ...target.causes.flatMap(({ reason }) => wrapped(`why: ${named(reason)}`, "  ", "       ")),
    ...(target.prospect.wrong.length > 0 ? wrapped(wrongText(target, store), "  ", "    ") : []),
    ...(next === undefined ? [] : wrapped(next, "  ", "    ")),
  ];
}

function recordLines(
  { recordId, name, problems, isRunning, nextAt, opensAt, closesAt }: RecordFinding,
  timeZone: string,
): readonly string[] {
  const told = problems.slice(0, MOST_PROBLEMS).flatMap((problem) => wrapped(oneLine(problem, LONGEST_REASON), "  ", "    "));
  const more = problems.length > MOST_PROBLEMS ? [`  and ${problems.length - MOST_PROBLEMS} more problems`] : [];
  const change = nextAt === undefined ? "" : `; it changes something next at ${shown(nextAt, timeZone)}`;
  const window = windowText(opensAt, closesAt, timeZone);
  const runs = isRunning
    ? `runs as it was before the last edit${window === "" ? change : `, ${window}`}`
    : "it does not run until it is corrected";
  const title = name === recordId ? recordId : `"${oneLine(name)}" (${recordId})`;
  return [...wrapped(`${title}: ${runs}`, "- "), ...told, ...more];
}

function sinceText(since: Instant | undefined, timeZone: string): string {
  return since === undefined ? "" : ` (since ${shown(since, timeZone)})`;
}

function storeLines(store: StoreFindings, isByHand: boolean): readonly string[] {
  const { storeId, timeZone, causes, targets, records } = store;
  const shownTargets = targets.slice(0, MOST_TARGETS);
  const more = targets.length - shownTargets.length;
  const shownRecords = records.slice(0, MOST_TARGETS);
  const moreRecords = records.length - shownRecords.length;
  return [
    `Store ${storeId}`,
    ...causes.flatMap(({ reason, since }) =>
      wrapped(`why: ${oneLine(reason, LONGEST_REASON)}${sinceText(since, timeZone)}`, "  ", "       "),
    ),
    ...shownRecords.flatMap((record) => recordLines(record, timeZone)),
    ...(moreRecords > 0 ? [`- and ${counted(moreRecords, "more record")}`] : []),
    ...shownTargets.flatMap((target) => targetLines(target, store, isByHand)),
    ...(more > 0 ? [`- and ${more} more: npm run doorman -- plan --store ${storeId} --aws`] : []),
  ];
}

/** @returns what of the survey is missing, in sentences. */
function cutText({ cut, looked, unread }: Survey): readonly string[] {
  const whys = {
    time: `Time ran out after ${counted(looked, "store")}: there may be more than is listed here.`,
    many: `Only the first ${looked} stores were looked at: there may be more than is listed here.`,
    unreadable: "Doorman's own table could not be read to the end: there may be more than is listed here.",
  };
  const stores = unread === 1 ? "1 store could" : `${unread} stores could`;
  return [...(cut === undefined ? [] : [whys[cut]]), ...(unread === 0 ? [] : [`${stores} not be read, and may be affected too.`])].flatMap(
    (text) => wrapped(text),
  );
}

/**
 * @param isByHand people were told what they can do by hand.
 * @returns who is affected, store by store, the most urgent first; at most ten stores and six coupons or promotions of each.
 */
export function affectedLines(survey: Survey, isByHand: boolean): readonly string[] {
  const told = survey.stores.slice(0, MOST_STORES);
  const more = survey.storeCount - told.length;
  return [
    ...told.flatMap((store) => storeLines(store, isByHand)),
    ...(more > 0 ? [`and ${more} more ${more === 1 ? "store" : "stores"}`] : []),
    ...cutText(survey),
  ];
}
