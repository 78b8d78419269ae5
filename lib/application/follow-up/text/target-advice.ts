import { parseTargetKey } from "../../../domain/identifiers.ts";
import { campaignsBehind, isWrong, type StoreFindings, type TargetFinding } from "../findings.ts";
import { placeInAdmin } from "./by-hand.ts";
import { changeCampaign } from "./campaign-advice.ts";
import { couponNumbers, doorman, typed } from "./commands.ts";
import type { Step } from "./step.ts";
import { troubleSteps } from "./trouble-advice.ts";
import { AUDIENCES, oneLine, shown, typedTime, withGroupNames } from "./words.ts";

function idsBehind(target: TargetFinding): readonly string[] {
  return campaignsBehind(target).map(({ campaignId }) => campaignId);
}

function numberOf({ key }: TargetFinding): string {
  return parseTargetKey(key)?.id ?? key;
}

/** The name without the kind before it and the number behind it: a coupon's code. Undefined where it is not known. */
function codeOf({ key, name }: TargetFinding): string | undefined {
  const { kind = "", id = "" } = parseTargetKey(key) ?? {};
  const [before, behind] = [`${kind} `, ` (${id})`];
  return name.startsWith(before) && name.endsWith(behind) ? name.slice(before.length, -behind.length) : undefined;
}

/** A coupon is made with the audience that it had outside the campaign, since Doorman takes what it finds for that. */
function audienceBefore({ prospect: { wrong, next } }: TargetFinding): string {
  const known = [next?.spell.campaigns.length === 0 ? next.spell.cells[0]?.value : undefined, wrong[0]?.holds];
  const value = known.find((each) => each !== undefined && each in AUDIENCES);
  return value === undefined ? "the audience it had before the campaign" : `Customers (in its limits): ${AUDIENCES[value]} (${value})`;
}

/** What is found open stays open, so whoever cannot wait for Doorman takes its part to the end. */
function openedAtOnce({ prospect: { should, next } }: TargetFinding, timeZone: string): string {
  const value = should.campaigns.length === 0 ? undefined : should.cells[0]?.value;
  if (value === undefined || !(value in AUDIENCES)) return "";
  const end = next === undefined ? "when the campaign ends" : `after ${shown(next.at, timeZone)}`;
  return ` Not open to ${AUDIENCES[value]} (${value}), unless it cannot wait for the next step: then change it back by hand ${end}, because Doorman will not.`;
}

const MADE_AGAIN: Step = {
  inEcwid: true,
  text: 'Forward this message and write "I made it again", or "take it out of the campaign" (also if nobody knows how it was). Until that is done Doorman does not know the new one.',
};

function missingCoupon({ storeId, timeZone }: StoreFindings, target: TargetFinding): readonly Step[] {
  const code = codeOf(target);
  const named = code === undefined ? "the same code" : `the same code, ${oneLine(code)}`;
  return [
    {
      inEcwid: true,
      text: `Look in Ecwid admin of store ${storeId} (${placeInAdmin(target)}) whether ${oneLine(target.name)} was deleted by mistake. If one with its code is there already, make none, but see that its Customers are set as in this step, and write "I made it again" in the next step. If not, and it was a mistake, make it again (Add New Coupon): ${named}; the same discount, minimum order, products, validity and number of uses (Doorman knows none of these: take them from your brief or an old order, or ask; do not guess); ${audienceBefore(target)}; save.${openedAtOnce(target, timeZone)}`,
    },
    MADE_AGAIN,
    {
      text: "If it was made again, see its new number (the id; the command stands in the runbook):",
      commands: [couponNumbers(storeId, code)],
    },
  ];
}

function missingPromotion(storeId: string, target: TargetFinding): readonly Step[] {
  return [
    {
      inEcwid: true,
      text: `Look in Ecwid admin of store ${storeId} (${placeInAdmin(target)}) whether ${oneLine(target.name)} was deleted by mistake. If so, make it again under the same name, open to the customer groups it had before the campaign; save.`,
    },
    MADE_AGAIN,
    {
      text: "If it was made again, see its new number (the id; the command stands in the runbook):",
      commands: [`ecwid ${storeId} promotions`],
    },
  ];
}

function missingSteps(store: StoreFindings, target: TargetFinding): readonly Step[] {
  const { storeId } = store;
  const isCoupon = parseTargetKey(target.key)?.kind === "coupon";
  const change = `replace the old number (${numberOf(target)}) by the new one, or take the whole entry with it out`;
  return [
    ...(isCoupon ? missingCoupon(store, target) : missingPromotion(storeId, target)),
    ...changeCampaign(storeId, idsBehind(target), "Either way", change),
  ];
}

/** The group's number stands in the cause's own words. */
function groupsOf({ causes }: TargetFinding, { groupNames }: StoreFindings): string {
  const found = causes.flatMap(({ code, reason }) => (code === "GROUP_MISSING" ? [...reason.matchAll(/customer group \d+/g)] : []));
  const known = [...new Set(found.map(([group]) => withGroupNames(group, groupNames)))];
  return known.length === 0 ? "the customer group" : known.join(", ");
}

/** Doorman takes a group that it finds in a promotion for one that was there before. */
function groupByHand({ timeZone }: StoreFindings, target: TargetFinding): string {
  const { next } = target.prospect;
  const isOn = isWrong(target);
  const [start, end] = isOn ? [undefined, next?.at] : [next?.at, next?.until];
  const late =
    start === undefined ? "If it cannot wait for that" : `If a few minutes after ${shown(start, timeZone)} it is not in and cannot wait`;
  const over = end === undefined ? "when the campaign ends" : `after ${shown(end, timeZone)}`;
  return `Do not put it into the promotion: Doorman does that, once the next step is done. ${late}, add it by hand (${placeInAdmin(target)}: open ${oneLine(target.name)}, Customer groups; leave the others as they are), and take it out again ${over}: Doorman will not.`;
}

function missingGroup(store: StoreFindings, target: TargetFinding): readonly Step[] {
  const { storeId } = store;
  const group = groupsOf(target, store);
  const { next } = target.prospect;
  const isAhead = !isWrong(target) && next !== undefined && next.spell.campaigns.length > 0;
  const before = isAhead ? ` before ${shown(next.at, store.timeZone)}` : "";
  return [
    {
      inEcwid: true,
      text: `Look in Ecwid admin of store ${storeId} (Customers, Customer groups) whether ${group} was deleted by mistake. If so, make it again under the same name, and put its customers in: a new group is empty. ${groupByHand(store, target)}`,
    },
    {
      inEcwid: true,
      text: `Forward this message${before} and write "I made the group again" or, also if you do not know who was in it, "leave the group out": then it gets nothing, and all else is switched as planned. Until that is done Doorman does not know the new group.`,
    },
    {
      text: "If it was made again, see its new number (the id; the command stands in the runbook):",
      commands: [`ecwid ${storeId} customer_groups`],
    },
    ...changeCampaign(
      storeId,
      idsBehind(target),
      "Either way",
      `replace the old number (${group}) by the new one, or take it out, with the whole promotion if it names no other`,
    ),
  ];
}

function failingSteps(storeId: string, target: TargetFinding): readonly Step[] {
  return [
    {
      inEcwid: true,
      text: "Whether Ecwid is down for everybody stands at https://status.ecwid.com. If Ecwid admin does not answer either, wait: nobody can do more. Forward this message an hour from now if what is listed below does not stand in Ecwid admin as it should by then, or if you opened it by hand and cannot tell.",
    },
    {
      isForLater: true,
      text: "Nothing, if it passes: Doorman keeps trying. If it lasts for more than an hour, send Ecwid's support (https://support.ecwid.com) the store's number and the reason below. What Doorman sees just now (this hastens nothing):",
      commands: [doorman(`now ${typed(target.key)}`, storeId)],
    },
  ];
}

function missedSteps(storeId: string, target: TargetFinding): readonly Step[] {
  const [id = "<campaign>"] = idsBehind(target);
  return [
    {
      inEcwid: true,
      text: "Those windows are over, and nothing is made up for. If customers should get something for it, forward this message and write from when until when.",
    },
    {
      text: "If so: a campaign that is on can be lengthened, and a new one put (docs/guide.md).",
      commands: [doorman(`campaign extend ${id} 2h`, storeId)],
    },
    { text: "See what was missed:", commands: [doorman(`history ${typed(target.key)}`, storeId)] },
  ];
}

/** Pausing gives the discounts back: so it is told with its end, and as the last resort. */
function diedSteps({ storeId, timeZone }: StoreFindings, target: TargetFinding): readonly Step[] {
  const [id] = idsBehind(target);
  const at = target.prospect.next?.at;
  const until = at === undefined ? "2h" : typedTime(at, timeZone);
  const pause = `campaign pause ${id} --until ${until} --reason "a worker dies over it"`;
  return [
    { text: "See which campaigns ask for it, and since when it has been tried:", commands: [doorman(`why ${typed(target.key)}`, storeId)] },
    ...(id === undefined
      ? []
      : [
          {
            inEcwid: true,
            text: "Forward this message. If half of the campaign is worse than none, write that.",
          },
          {
            isLast: true,
            text: `Leave the campaign ${id} running: ${oneLine(target.name)} is tried alone and holds up nothing else. Pause it only if the marketer writes that half of it is worse than none: that closes all its discounts until then, also those that work (campaign resume ends it).`,
            commands: [doorman(pause, storeId)],
          },
        ]),
  ];
}

/** @returns what to do about a cause of one coupon or promotion. */
export function targetSteps(store: StoreFindings, target: TargetFinding, code: string): readonly Step[] {
  const { storeId } = store;
  switch (code) {
    case "TARGET_MISSING":
      return missingSteps(store, target);
    case "GROUP_MISSING":
      return missingGroup(store, target);
    case "FAILING":
    case "OWED":
      return failingSteps(storeId, target);
    case "LATE":
      return [{ text: "See when and why it was switched:", commands: [doorman(`history ${typed(target.key)}`, storeId)] }];
    case "MISSED":
      return missedSteps(storeId, target);
    case "WORKER_DIED":
      return diedSteps(store, target);
    default:
      return troubleSteps(storeId, target, code);
  }
}
