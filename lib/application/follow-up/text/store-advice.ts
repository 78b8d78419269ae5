import { parseTargetKey } from "../../../domain/identifiers.ts";
import { campaignsBehind, type StoreCause, type StoreFindings } from "../findings.ts";
import { changeCampaign } from "./campaign-advice.ts";
import { doorman, storeCheck } from "./commands.ts";
import type { Step } from "./step.ts";
import { campaignNames, listed, oneLine } from "./words.ts";

const MOST_NAMED = 4;

function tokenSteps(storeId: string): readonly Step[] {
  return [
    {
      inEcwid: true,
      text: `As the owner of store ${storeId} (if you are not, forward this message to them too) sign in to Ecwid admin, open https://my.ecwid.com/#develop-apps and copy the secret token of the app that Doorman uses. If you do not see which one, or it is gone, create one there, and ask whoever looks after Doorman which rights it needs (the runbook lists them): a new one has a new token. Hand it over in a password manager; if you share none, phone them and agree how, not by mail or chat.`,
    },
    {
      text: `Give the token to Doorman, which asks for it, tests it and says what it found. (Or in the AWS console: Secrets Manager, Secrets, doorman/stores/${storeId}: Retrieve secret value, Edit, paste the token alone, Save.)`,
      commands: [doorman(`store add ${storeId} --aws`)],
    },
    {
      text: "If it was put in the console, have Doorman look at once. No line says BAD: what is owed is switched within a minute.",
      commands: [storeCheck(storeId)],
    },
  ];
}

function scopeSteps(storeId: string): readonly Step[] {
  return [
    {
      inEcwid: true,
      text: `Ask Ecwid's support (https://support.ecwid.com) to give the app of store ${storeId} that Doorman uses the right that is named below. The token stays the same.`,
    },
    {
      text: PROBED,
      commands: [storeCheck(storeId)],
    },
  ];
}

function closedSteps(storeId: string): readonly Step[] {
  return [
    {
      inEcwid: true,
      text: `See in Ecwid admin of store ${storeId} (My Profile, Billing & Plans) whether the store is suspended, unpaid, or on a plan without apps, and put that right.`,
    },
    { text: PROBED, commands: [storeCheck(storeId)] },
  ];
}

/** A look does not ask again before its time: what Ecwid closed is called once an hour at most. */
const PROBED =
  "Once that is settled, Doorman finds out by itself within the hour; this does not hasten it, but says when it tries again, and after that no line says BAD:";

/** What the plan lacks is taken out of the campaigns, or paid for. */
function planSteps({ storeId, targets }: StoreFindings, kind: "coupon" | "promotion"): readonly Step[] {
  const concerned = targets.filter(({ key }) => parseTargetKey(key)?.kind === kind);
  const names = listed(
    concerned.map(({ name }) => oneLine(name)),
    MOST_NAMED,
  );
  const numbers = concerned.flatMap(({ key }) => parseTargetKey(key)?.id ?? []);
  const entries = numbers.length === 0 ? "all entries" : `${kind}Id ${listed(numbers, MOST_NAMED)}`;
  const campaigns = [...new Map(concerned.flatMap(campaignsBehind).map((campaign) => [campaign.campaignId, campaign])).values()];
  const out = `take ${names === "" ? `the ${kind}s` : names} out of ${campaigns.length === 0 ? "the campaigns" : campaignNames(campaigns)}`;
  return [
    {
      inEcwid: true,
      text: `The plan of store ${storeId} does not include ${kind}s any more. Either, as the owner of the store (if you are not, forward this message to them and let them decide: it costs money), choose one that does (Ecwid admin, My Profile, Billing & Plans), forward this message and write: the plan is changed, please check the store. Within the hour Doorman switches what is owed. Or forward it and write: please ${out}.`,
    },
    { text: PROBED, commands: [storeCheck(storeId)] },
    ...changeCampaign(
      storeId,
      campaigns.map(({ campaignId }) => campaignId),
      "If it is to be taken out",
      `take ${entries} out of "${kind}s"`,
    ),
  ];
}

/** @returns what to do about what keeps a store, or a kind of its discounts, from being switched. */
export function storeSteps(store: StoreFindings, { code, kind }: StoreCause): readonly Step[] {
  const { storeId } = store;
  switch (code) {
    case "TOKEN_REJECTED":
    case "NO_TOKEN":
      return tokenSteps(storeId);
    case "OTHER_DEPLOYMENT":
      return [
        {
          text: `The secret doorman/stores/${storeId} has a tag doorman:deployment that names another installation of Doorman. If this one is to serve the store, correct the tag in the AWS console (Secrets Manager, Secrets, doorman/stores/${storeId}: Tags), then have Doorman look again:`,
          commands: [storeCheck(storeId)],
        },
      ];
    case "RATE_LIMITED":
      return [
        {
          isForLater: true,
          text: `Nothing, if it passes. If it lasts for more than an hour, find out which other app or script uses the token of store ${storeId}: Ecwid allows 600 requests a minute for all of them together.`,
        },
      ];
    case "SCOPE_MISSING":
      return scopeSteps(storeId);
    default:
      return kind === undefined ? closedSteps(storeId) : planSteps(store, kind);
  }
}
