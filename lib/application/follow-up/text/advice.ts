import { parseTargetKey } from "../../../domain/identifiers.ts";
import type { RecordFinding, StoreCause, StoreFindings, Survey, TargetFinding } from "../findings.ts";
import { campaignsBehind } from "../findings.ts";
import { placeInAdmin } from "./by-hand.ts";
import type { Step } from "./step.ts";
import { AUDIENCES, listed, oneLine } from "./words.ts";

const DOORMAN = "npm run doorman --";
const MOST_CAMPAIGNS = 3;
const CHECK_HINT = "Then have Doorman look again at once:";

/** @returns the command as it is typed in the project's folder. */
function doorman(words: string, storeId: string): string {
  return `${DOORMAN} ${words} --store ${storeId} --aws`;
}

function storeCheck(storeId: string): string {
  return `${DOORMAN} store check ${storeId} --aws`;
}

function tokenSteps(storeId: string): readonly Step[] {
  return [
    {
      inEcwid: true,
      text: `Sign in to Ecwid admin as the owner of store ${storeId}, open https://my.ecwid.com/#develop-apps and copy the secret token of the app that Doorman uses. If the app is gone, install it again: that makes a new token. Hand it to whoever looks after Doorman, not by mail or chat.`,
    },
    {
      text: `Give the token to Doorman, which asks for it and tests it (or in the AWS console: Secrets Manager, Secrets, doorman/stores/${storeId}: Retrieve secret value, Edit, paste the token alone, Save):`,
      commands: [`${DOORMAN} store add ${storeId} --aws`],
    },
  ];
}

function pausedSteps(storeId: string, { kind, code }: StoreCause): readonly Step[] {
  if (code === "SCOPE_MISSING") {
    return [
      {
        inEcwid: true,
        text: `Ask Ecwid's support to give the app of store ${storeId} the right that is named below. The token stays the same.`,
      },
      { text: CHECK_HINT, commands: [storeCheck(storeId)] },
    ];
  }
  if (kind === undefined) {
    return [
      {
        inEcwid: true,
        text: `See in Ecwid admin of store ${storeId} (Billing & Plans) whether the store is suspended, unpaid, or on a plan without apps.`,
      },
      { text: `Once that is settled, Doorman finds out within the hour; at once with:`, commands: [storeCheck(storeId)] },
    ];
  }
  return [
    {
      inEcwid: true,
      text: `The plan of store ${storeId} does not include ${kind}s any more. Either choose a plan that does (Ecwid admin, Billing & Plans), or have the ${kind}s taken out of the campaigns below.`,
    },
    { text: `Once there is another plan, Doorman finds out within the hour; at once with:`, commands: [storeCheck(storeId)] },
  ];
}

function storeSteps(storeId: string, cause: StoreCause): readonly Step[] {
  switch (cause.code) {
    case "TOKEN_REJECTED":
    case "NO_TOKEN":
      return tokenSteps(storeId);
    case "OTHER_DEPLOYMENT":
      return [
        {
          text: `The secret doorman/stores/${storeId} has a tag doorman:deployment that names another installation of Doorman. If this one is to serve the store, correct the tag in the AWS console (Secrets Manager, Secrets, doorman/stores/${storeId}: Tags).`,
        },
      ];
    case "RATE_LIMITED":
      return [
        {
          text: `Nothing, if it passes. If it lasts for more than an hour, find out which other app or script uses the token of store ${storeId}: Ecwid allows 600 requests a minute for all of them together.`,
        },
      ];
    default:
      return pausedSteps(storeId, cause);
  }
}

function typed({ key }: TargetFinding): string {
  return key.replace("#", ":");
}

function replaceNumber(storeId: string, target: TargetFinding, what: string): readonly Step[] {
  const campaigns = campaignsBehind(target).map(({ campaignId }) => campaignId);
  const ids = campaigns.length === 0 ? ["<campaign>"] : campaigns.slice(0, MOST_CAMPAIGNS);
  const more =
    campaigns.length > ids.length ? ` Other campaigns name it too: ${listed(campaigns.slice(MOST_CAMPAIGNS), MOST_CAMPAIGNS)}.` : "";
  return ids.flatMap((id) => [
    {
      text: `Either way the campaign ${id} must then be changed. Fetch it (or in the AWS console: DynamoDB, Explore items, the campaigns table, record ${storeId} / ${id}):`,
      commands: [doorman(`campaign get ${id} --output ${id}.json`, storeId)],
    },
    {
      text: `In the file ${id}.json replace the old number (${what}) by the new number, or take it out; then save the file and put it:${more}`,
      commands: [doorman(`campaign put ${id}.json`, storeId)],
    },
  ]);
}

/** A coupon is made with the audience that it had outside the campaign, since Doorman takes what it finds for that. */
function audienceBefore({ prospect: { wrong, next } }: TargetFinding): string {
  const known = [next?.spell.campaigns.length === 0 ? next.spell.cells[0]?.value : undefined, wrong[0]?.holds];
  const value = known.find((each) => each !== undefined && each in AUDIENCES);
  return ` with the audience it had before the campaign${value === undefined ? "" : ` (${value})`}`;
}

function numberOf({ key }: TargetFinding): string {
  return parseTargetKey(key)?.id ?? key;
}

/** The group's number stands in the cause's own words. */
function groupsOf({ causes }: TargetFinding): string {
  const numbers = causes.flatMap(({ code, reason }) => (code === "GROUP_MISSING" ? [...reason.matchAll(/customer group (\d+)/g)] : []));
  const known = [...new Set(numbers.flatMap(([, number]) => number ?? []))];
  return known.length === 0 ? "the group's old number" : `customer group ${known.join(", ")}`;
}

function lookNow(storeId: string, target: TargetFinding): Step {
  return { text: CHECK_HINT, commands: [doorman(`now ${typed(target)}`, storeId)] };
}

function targetSteps(storeId: string, target: TargetFinding, code: string): readonly Step[] {
  switch (code) {
    case "TARGET_MISSING":
      return [
        {
          inEcwid: true,
          text: `Look in Ecwid admin of store ${storeId} (${placeInAdmin(target)}) whether ${oneLine(target.name)} was deleted by mistake. If so, make it again${audienceBefore(target)}, and pass on its new number.`,
        },
        ...replaceNumber(storeId, target, numberOf(target)),
      ];
    case "GROUP_MISSING":
      return [
        {
          inEcwid: true,
          text: `Look in Ecwid admin of store ${storeId} (Customers, Customer groups) whether ${groupsOf(target)} was deleted by mistake. If so, make it again and pass on its new number. A new group is empty: its customers have to be put in again.`,
        },
        ...replaceNumber(storeId, target, groupsOf(target)),
      ];
    case "FAILING":
    case "OWED":
      return [
        {
          text: "Nothing, if it passes: Doorman keeps trying. If it lasts for more than an hour, show Ecwid's support the reason below. What Doorman sees:",
          commands: [doorman(`now ${typed(target)}`, storeId)],
        },
      ];
    case "LATE":
      return [{ text: "See when and why it was switched:", commands: [doorman(`history ${typed(target)}`, storeId)] }];
    case "MISSED":
      return [
        {
          text: "Those windows are over, and nothing is made up for. If customers should get something for it, plan a window of its own: put a campaign, or lengthen one that is on:",
          commands: [doorman("campaign extend <campaign> 2h", storeId)],
        },
        { text: "See what was missed:", commands: [doorman(`history ${typed(target)}`, storeId)] },
      ];
    case "WORKER_DIED":
      return [
        { text: "See which campaigns ask for it, and since when it has been tried:", commands: [doorman(`why ${typed(target)}`, storeId)] },
      ];
    default:
      return [
        { inEcwid: true, text: `Put right in Ecwid admin of store ${storeId} (${placeInAdmin(target)}) what is named below.` },
        lookNow(storeId, target),
      ];
  }
}

function recordSteps(storeId: string, { recordId }: RecordFinding): readonly Step[] {
  if (recordId.startsWith("calendar#")) {
    return [
      {
        text: `Correct the calendar's record ${recordId} of store ${storeId} in the AWS console (DynamoDB, Explore items, the campaigns table). Its status says within seconds whether it is good.`,
      },
    ];
  }
  return [
    { inEcwid: true, text: "Nothing in Ecwid. If the edit was yours, say what you meant by it when you forward this message." },
    {
      text: `Correct what is named below: in the AWS console (DynamoDB, Explore items, the campaigns table, record ${storeId} / ${recordId}), or in the file ${recordId}.json between the first and the second of these; validate says whether it is good:`,
      commands: [
        doorman(`campaign get ${recordId} --output ${recordId}.json`, storeId),
        `${DOORMAN} campaign validate ${recordId}.json`,
        doorman(`campaign put ${recordId}.json`, storeId),
      ],
    },
  ];
}

interface Advised {
  /** Causes of one kind have one advice, however many things they concern. */
  readonly about: string;
  readonly storeId: string;
  readonly steps: () => readonly Step[];
}

function advisedIn({ storeId, causes, targets, records }: StoreFindings): readonly Advised[] {
  return [
    ...causes.map((cause) => ({ about: `store ${cause.code} ${cause.kind}`, storeId, steps: () => storeSteps(storeId, cause) })),
    ...records.map((record) => ({ about: "record", storeId, steps: () => recordSteps(storeId, record) })),
    ...targets.flatMap((target) =>
      target.causes.map(({ code }) => ({ about: `target ${code}`, storeId, steps: () => targetSteps(storeId, target, code) })),
    ),
  ];
}

const MOST_STORES = 10;

/** @returns what to do about what was found: for each kind of cause once, with the first it concerns as the example. */
export function stepsFor({ stores }: Survey): readonly Step[] {
  const advised = Map.groupBy(stores.flatMap(advisedIn), ({ about }) => about);
  return [...advised.values()].flatMap((all) => {
    const [first] = all;
    if (first === undefined) return [];
    const others = [...new Set(all.map(({ storeId }) => storeId))].filter((storeId) => storeId !== first.storeId);
    if (others.length === 0) return first.steps();
    const text = `The same for ${others.length === 1 ? "store" : "stores"} ${listed(others, MOST_STORES)}.`;
    const steps = first.steps();
    const same = [true, false].filter((inEcwid) => steps.some((step) => (step.inEcwid ?? false) === inEcwid));
    return [...steps, ...same.map((inEcwid) => ({ text, inEcwid }))];
  });
}
