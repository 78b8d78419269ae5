import type { AlarmKind } from "../../alarms/alarm-kinds.ts";
import type { Cause, Survey } from "../findings.ts";
import type { Step } from "./step.ts";
import type { Story } from "./story.ts";
import { targetCount } from "./until.ts";
import { campaignNames, counted, listed, oneLine } from "./words.ts";

const NAMED = 3;

function storesText({ stores, storeCount }: Survey): string {
  if (storeCount > NAMED) return `${storeCount} stores`;
  return `${storeCount === 1 ? "Store" : "Stores"} ${listed(
    stores.map(({ storeId }) => storeId),
    NAMED,
  )}`;
}

/** Those that Ecwid has silenced at present; the others only wait for their next switch. */
function throttledText(survey: Survey): string {
  const silenced = survey.stores.filter(({ causes }) => causes.length > 0);
  return silenced.length === 0 ? "All stores" : storesText({ ...survey, stores: silenced, storeCount: silenced.length });
}

function causesIn({ stores }: Survey): readonly Cause[] {
  return stores.flatMap(({ causes, targets }) => [...causes, ...targets.flatMap((target) => target.causes)]);
}

/** The thing by its name, where it is one; else how many. */
function whatText({ stores, targetCount: count }: Survey): string {
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

/** The one cause, if there is one. A code that Ecwid gave speaks of its plan or of the store. */
function whyText(survey: Survey): string {
  const causes = causesIn(survey);
  const codes = new Set(causes.map(({ code }) => code));
  const [only, ...others] = codes;
  if (only === undefined || others.length > 0) return "";
  const short = SHORT[only] ?? (/FEATURE_NOT_AVAILABLE$/.test(only) ? "the Ecwid plan does not include them" : undefined);
  return short === undefined ? "" : `: ${short}`;
}

/** `promotions` where it is only them. */
function kindText({ stores }: Survey): string {
  const kinds = new Set(
    stores.flatMap(({ causes, targets }) =>
      targets.some((target) => target.causes.length > 0) ? ["discount"] : causes.map(({ kind }) => kind ?? "discount"),
    ),
  );
  const [only, ...others] = kinds;
  return only === undefined || others.length > 0 ? "discounts" : `${only}s`;
}

/** Whether Ecwid lets people do what it does not let Doorman do: not where the plan lacks it, or the store is closed. */
function isOpenToPeople(survey: Survey): boolean {
  return causesIn(survey).every(({ code }) => code in SHORT);
}

function recordsText({ stores }: Survey): string {
  const records = stores.flatMap((store) => store.records);
  const [only, ...others] = records;
  if (only === undefined) return "a record";
  return others.length === 0 ? `"${oneLine(only.name, 50)}"` : counted(records.length, "record");
}

function aheadText(survey: Survey): string {
  const campaigns = survey.stores.flatMap(({ targets }) =>
    targets.flatMap(({ prospect: { should, next } }) => [...should.campaigns, ...(next?.spell.campaigns ?? [])]),
  );
  const isOne = new Set(campaigns.map(({ campaignId }) => campaignId)).size < 2;
  return campaigns.length === 0 ? "a campaign is" : `${campaignNames(campaigns, 2)} ${isOne ? "is" : "are"}`;
}

const RETRIES = "It tries again by itself: after seconds at first, at the longest once an hour.";
const PROBES =
  "A store or a kind of discount that Ecwid closed is asked about once an hour; when it is open again, all of it is set to what should hold then.";
const CATCHES_UP =
  "Once it works again, the first good minute sets every coupon and promotion to what should hold then. What was missed in between is not made up for.";

function runbook(what: string): Step {
  return { text: `${what} The runbook (docs/runbook.md in Doorman's repository) has the queries and commands.` };
}

function deadLetters(deployment: string): string {
  return `--queue-url "$(aws sqs get-queue-url --queue-name ${deployment}-stores-dead.fifo --query QueueUrl --output text)"`;
}

/** Each kind of alarm, in a marketer's words. */
export const STORIES: Readonly<Record<AlarmKind, Story>> = {
  "tick-silent": {
    isByHand: isOpenToPeople,
    isByHandFirst: true,
    headline: () => "All stores: Doorman's clock stands still, so no discount opens or closes",
    byItself: ["What is already switched stays as it is: nothing is put back, and nothing new opens.", CATCHES_UP],
    steps: ({ tickRule }) => [
      {
        text: `See whether the rule that starts Doorman every minute is switched on (or in the AWS console: EventBridge, Rules, ${tickRule}):`,
        commands: [`aws events describe-rule --name ${tickRule}`],
      },
      {
        text: "If its State is DISABLED, somebody switched it off: ask who and why, then switch it on (in the console: Enable). Everything that is due follows within a minute.",
        commands: [`aws events enable-rule --name ${tickRule}`],
      },
      runbook("If it is ENABLED, the dispatch function that it starts fails or is held back: look at its log and its errors."),
    ],
  },
  "switch-late": {
    passed: "Switches were late, and are in place by now",
    headline: (survey) => `${storesText(survey)}: ${whatText(survey)} switched more than two minutes late, or not yet`,
    byItself: ["It switches what is late as soon as it can, to what should hold then.", RETRIES],
    steps: () => [
      runbook("If many stores are late at one time, Doorman as a whole is slow: look at the age of the queue and at the functions."),
    ],
  },
  "switches-failing": {
    isByHand: isOpenToPeople,
    passed: "Switches failed, and went through by now",
    headline: (survey) => `${storesText(survey)}: ${kindText(survey)} cannot be switched${whyText(survey)}`,
    byItself: ({ stores }) => {
      const isClosed = stores.some(({ causes }) => causes.some(({ code }) => code !== "RATE_LIMITED"));
      const isFailing = stores.some(({ causes, targets }) => causes.length === 0 || targets.some((target) => target.causes.length > 0));
      return [...(isFailing || !isClosed ? [RETRIES] : []), ...(isClosed ? [PROBES] : [])];
    },
  },
  "windows-missed": {
    passed: "Windows came and went without a switch; which ones is no longer known",
    headline: (survey) => `${storesText(survey)}: ${whatText(survey)} was not switched for windows that are over now`,
    byItself: [
      "It works again for these, and nothing is made up for: what should hold now is set, and each missed window stands in the history.",
    ],
    steps: () => [runbook("Find out why nobody was there: look for other alarms of that time.")],
  },
  "token-dead": {
    isByHand: isOpenToPeople,
    passed: "Ecwid refused a store's token, and accepts it again or has a new one by now",
    headline: (survey) =>
      `${storesText(survey)}: Ecwid refuses ${survey.storeCount === 1 ? "the token" : "the tokens"}, so no discount can be switched there`,
    byItself: [
      "It makes no further call with a refused token, because Ecwid bans whoever keeps trying.",
      "It looks every hour whether there is a new token. Once there is, the whole store is set to what should hold then; what was missed is not made up for.",
    ],
  },
  "targets-blocked": {
    passed: "Ecwid refused a change, and it went through by now",
    headline: (survey) => `${storesText(survey)}: ${whatText(survey)} cannot be switched${whyText(survey)}`,
    byItself: [
      "It leaves this alone, looks again once an hour, and tries again whenever a window begins or ends. All other coupons and promotions go on.",
    ],
  },
  "trouble-ahead": {
    passed: "Something stood in the way of a campaign, and is mended by now",
    headline: (survey) => `${storesText(survey)}: ${aheadText(survey)} in danger${whyText(survey)}`,
    byItself: [
      "If nobody acts, it switches as planned as far as Ecwid lets it: what is not there or not usable opens to nobody, a group that does not exist is left out, and nothing opens to more people than the campaign asks for. It looks again every hour; it changes nothing of this by itself.",
    ],
  },
  "records-invalid": {
    passed: "A record, or a call to a function, could not be used; no record is wrong by now",
    headline: (survey) => `${storesText(survey)}: ${recordsText(survey)} cannot be used as it is written`,
    byItself: [
      "It keeps the last good version running, if there was one, and obeys at once whatever stops: a campaign that is disabled or deleted, or a coupon taken out of it.",
    ],
  },
  "dead-letters": {
    isByHand: () => true,
    isByHandFirst: true,
    passed: "Work failed twice in a row and was set aside; nothing is left undone by it now",
    headline: (survey) => `${storesText(survey)}: ${whatText(survey)} could not be worked on; the work was set aside`,
    byItself: [
      "Nothing is lost: what was set aside only says where to look, and Doorman works from its own table. It tries again with every tick, each coupon or promotion that failed on its own, so that it holds up no other.",
    ],
    steps: ({ deployment }) => [
      {
        text: "See what was set aside:",
        commands: [`aws sqs receive-message --max-number-of-messages 10 --visibility-timeout 0 ${deadLetters(deployment)}`],
      },
      runbook("Look in the log of the reconcile function for the error of that time, and mend its cause."),
      {
        text: "Then empty that queue, which ends the alarm (the runbook has the second queue, of records given up). Nothing of it need be sent again.",
        commands: [`aws sqs purge-queue ${deadLetters(deployment)}`],
      },
      {
        text: "Only if a campaign itself is the cause: pausing it closes all its discounts in the store until it is resumed. The commands are npm run doorman -- campaign pause and campaign resume, with the campaign's id, --store and --aws.",
      },
    ],
  },
  "functions-failing": {
    isByHand: isOpenToPeople,
    isByHandFirst: true,
    headline: () => "All stores: Doorman's functions fail, so discounts may not be switched in time",
    byItself: ["Each failed piece of work is tried again, and the next minute tries once more.", CATCHES_UP],
    steps: () => [
      runbook("Find out which function fails, and why: its log has a line of level ERROR for each failure."),
      {
        text: "If the error is of DynamoDB (throttling, access), see the tables' metrics and the account's limits: Doorman recovers by itself once the table answers.",
      },
      { text: "If it began with a deployment, deploy the version before." },
    ],
  },
  "functions-throttled": {
    headline: () => "All stores: AWS holds Doorman's functions back, so discounts may be switched late",
    byItself: ["What was held back is tried again by AWS and by the next minute.", CATCHES_UP],
    steps: () => [
      runbook("The account has reached its limit of functions that run at one time: see which function of the account uses it up."),
      { text: "Ask AWS for a higher limit (Service Quotas, Lambda, Concurrent executions), or hold the other function back." },
    ],
  },
  "functions-slow": {
    headline: () => "All stores: Doorman's functions are close to their time limit, so discounts may be late",
    byItself: ["What does not fit into the time is left for the next run; nothing is lost."],
    steps: () => [
      runbook("Find out which function is slow, and whether it waits for Ecwid, for DynamoDB, or has grown with the number of campaigns."),
    ],
  },
  "ecwid-throttling": {
    headline: (survey) => `${throttledText(survey)}: Ecwid asks Doorman to slow down, so discounts may be switched late`,
    byItself: [
      "It keeps silent towards each store for as long as Ecwid asked, and goes on then. It never sends more than 8 requests a second for a store by itself.",
    ],
    steps: () => [
      {
        text: "If it lasts, find out which other app or script uses the same tokens: Ecwid allows 600 requests a minute for all of them together.",
      },
    ],
  },
};
