import { parseTargetKey } from "../../../domain/identifiers.ts";
import type { RecordFinding, StoreCause, StoreFindings, Survey, TargetFinding } from "../findings.ts";
import { campaignsBehind } from "../findings.ts";
import { listed } from "./words.ts";

/** One thing that a person does: a sentence or two, and the commands for it, each on a line of its own. */
export interface Step {
  readonly text: string;
  readonly commands?: readonly string[];
}

const DOORMAN = "npm run doorman --";
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
      text: `Sign in to Ecwid admin as the owner of store ${storeId}, open https://my.ecwid.com/#develop-apps and copy the secret token of the app that Doorman uses. If the app is gone, install it again: that makes a new token.`,
    },
    {
      text: `Give the token to Doorman, which asks for it and tests it (or put it into AWS Secrets Manager yourself, as the secret doorman/stores/${storeId}):`,
      commands: [`${DOORMAN} store add ${storeId} --aws`],
    },
  ];
}

function pausedSteps(storeId: string, { kind, code }: StoreCause): readonly Step[] {
  if (code === "SCOPE_MISSING") {
    return [
      { text: `Ask Ecwid's support to give the app of store ${storeId} the right that is named below. The token stays the same.` },
      { text: CHECK_HINT, commands: [storeCheck(storeId)] },
    ];
  }
  if (kind === undefined) {
    return [
      {
        text: `See in Ecwid admin of store ${storeId} (Billing & Plans) whether the store is suspended, unpaid, or on a plan without apps.`,
      },
      { text: `Once that is settled, Doorman finds out within the hour; at once with:`, commands: [storeCheck(storeId)] },
    ];
  }
  return [
    {
      text: `The plan of store ${storeId} does not include ${kind}s any more. Either choose a plan that does (Ecwid admin, Billing & Plans), or take the ${kind}s out of the campaigns below.`,
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
          text: `The secret doorman/stores/${storeId} has a tag doorman:deployment that names another installation of Doorman. If this one is to serve the store, correct the tag in AWS Secrets Manager.`,
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

function correctCampaign(storeId: string, target: TargetFinding): Step {
  const [campaign] = campaignsBehind(target);
  const id = campaign?.campaignId ?? "<campaign>";
  return {
    text: "Otherwise correct the campaign, or take it out there (or edit the record in the DynamoDB console):",
    commands: [doorman(`campaign get ${id} --output ${id}.json`, storeId), doorman(`campaign put ${id}.json`, storeId)],
  };
}

function lookNow(storeId: string, target: TargetFinding): Step {
  return { text: CHECK_HINT, commands: [doorman(`now ${typed(target)}`, storeId)] };
}

function placeInAdmin({ key }: TargetFinding): string {
  return parseTargetKey(key)?.kind === "promotion" ? "Marketing, Promotions" : "Marketing, Discount coupons";
}

function targetSteps(storeId: string, target: TargetFinding, code: string): readonly Step[] {
  const kind = parseTargetKey(target.key)?.kind ?? "coupon";
  switch (code) {
    case "TARGET_MISSING":
      return [
        {
          text: `Look in Ecwid admin of store ${storeId} (${placeInAdmin(target)}) whether the ${kind} was deleted by mistake. If so, make it again: it gets a new number, which goes into the campaign in place of the old one.`,
        },
        correctCampaign(storeId, target),
      ];
    case "GROUP_MISSING":
      return [
        {
          text: `Look in Ecwid admin of store ${storeId} (Customers, Customer groups) whether the group was deleted by mistake. If so, make it again: it gets a new number, which goes into the campaign in place of the old one.`,
        },
        correctCampaign(storeId, target),
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
        { text: "If it is one campaign's doing, disable that one until the cause is found:", commands: [pauseOf(storeId, target)] },
      ];
    default:
      return [
        { text: `Put right in Ecwid admin of store ${storeId} (${placeInAdmin(target)}) what is named below.` },
        lookNow(storeId, target),
      ];
  }
}

function pauseOf(storeId: string, target: TargetFinding): string {
  return doorman(`campaign pause ${campaignsBehind(target)[0]?.campaignId ?? "<campaign>"}`, storeId);
}

function recordSteps(storeId: string, { recordId }: RecordFinding): readonly Step[] {
  if (recordId.startsWith("calendar#")) {
    return [
      {
        text: `Correct the calendar's record ${recordId} of store ${storeId} in the DynamoDB console. Its status says within seconds whether it is good.`,
      },
    ];
  }
  return [
    {
      text: "Correct what is named below, in the DynamoDB console or in a file; validate says whether it is good before you put it:",
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
    const same =
      others.length === 0 ? [] : [{ text: `The same for ${others.length === 1 ? "store" : "stores"} ${listed(others, MOST_STORES)}.` }];
    return [...first.steps(), ...same];
  });
}
