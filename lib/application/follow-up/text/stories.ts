import type { AlarmKind } from "../../alarms/alarm-kinds.ts";
import type { Survey } from "../findings.ts";
import { doorman, storeList } from "./commands.ts";
import { aheadText, isOpenToPeople, kindText, recordsText, storesText, throttledText, whatText, whyText } from "./headline-words.ts";
import type { Step } from "./step.ts";
import type { Story } from "./story.ts";
import { unattended } from "./unattended.ts";

const RETRIES = "It tries again by itself: after seconds at first, at the longest once an hour.";
const PROBES =
  "A store or a kind of discount that Ecwid closed is asked about once an hour; when it is open again, all of it is set to what should hold then.";
const CATCHES_UP =
  "Once it works again, the first good minute sets every coupon and promotion to what should hold then. What was missed in between is not made up for.";

/** @param commands of the runbook, which begins with the block that defines them. */
function runbook(what: string, ...commands: readonly string[]): Step {
  const where = commands.length === 0 ? " The runbook has the commands." : "";
  return { text: `${what}${where}`, commands };
}

function deadLetters(deployment: string): string {
  return `--queue-url "$(aws sqs get-queue-url --queue-name ${deployment}-stores-dead.fifo --query QueueUrl --output text)"`;
}

/** Enabling the rule cannot be taken back for what has opened by then. */
function whatOpens({ stores }: Survey): Step {
  const [first] = stores;
  const look = first === undefined ? "" : " in each store (all of them switch)";
  return {
    text: `If it was not, or nobody answers (within ten minutes if something is wrong now, else before the next switch): see what is to be open now${look}. Is it what marketers planned, or named below? If not, or if you are not sure, stop Doorman first (doorman halt), switch the rule on, ask the marketers, and let it go on once they agree (doorman resume).`,
    commands: first === undefined ? [] : [storeList(), doorman("at now", first.storeId)],
  };
}

/** Each kind of alarm, in a marketer's words. */
export const STORIES: Readonly<Record<AlarmKind, Story>> = {
  "tick-silent": {
    isByHand: isOpenToPeople,
    headline: () => "All stores: Doorman's clock stands still, so no discount opens or closes",
    byItself: ["What is already switched stays as it is: nothing is put back, and nothing new opens.", CATCHES_UP],
    steps: ({ tickRule }, survey) => [
      {
        inEcwid: true,
        text: "Forward this message now, or phone: was Doorman stopped on purpose? If so, agree with whoever stopped it before you change anything. If nobody answers within ten minutes, go on; should you hear it later, ask whether to close again what you opened.",
      },
      {
        text: `See whether the rule that starts Doorman every minute is switched on (or in the AWS console: EventBridge, Rules, ${tickRule}):`,
        commands: [`aws events describe-rule --name ${tickRule}`],
      },
      {
        text: "If its State is DISABLED, this says who switched it off (nothing: run it again while you wait for an answer; records come up to 15 minutes late): ask them why. If it was on purpose, leave it, and tell the marketers.",
        commands: [`changes events ${tickRule}`],
      },
      whatOpens(survey),
      {
        text: "Then switch it on (in the console: Enable). All that is due follows within a minute, in all stores, unless you stopped it.",
        commands: [`aws events enable-rule --name ${tickRule}`],
      },
      runbook(
        'If it is ENABLED, the dispatch function that it starts fails or is held back: see its log and its errors; else runbook, tick-silent, Look. If there is no such rule: runbook, "Put back".',
        "ask ticks 1",
        "ask function-errors 1",
      ),
    ],
  },
  "switch-late": {
    passed: "Switches were late, and are in place by now",
    headline: (survey) => `${storesText(survey)}: ${whatText(survey)} switched more than two minutes late, or not yet`,
    byItself: ["It switches what is late as soon as it can, to what should hold then.", RETRIES],
    steps: () => [
      runbook("If many stores are late at one time, Doorman as a whole is slow: see the queue and the functions.", "ask late-switches 6"),
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
    steps: () => [runbook("Find out why nobody was there: see which other alarms went off at that time.", "alarms 24")],
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
    byItself: (survey) => [
      ...unattended(survey),
      "It looks again every hour and changes nothing of this by itself; nothing opens to more people than the campaign asks for.",
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
      runbook(
        "Find the error of that time in the log of the reconcile function (or of compile); the runbook says what to do about which. A bug goes, with those lines, to whoever maintains Doorman's repository.",
        "ask function-errors 6",
      ),
      {
        text: 'Then empty that queue, and the second one, of records given up (runbook, "Dead letters"): the alarm ends when both are empty. Nothing of them need be sent again.',
        commands: [`aws sqs purge-queue ${deadLetters(deployment)}`],
      },
    ],
  },
  "functions-failing": {
    isByHand: isOpenToPeople,
    isByHandFirst: true,
    headline: () => "All stores: Doorman's functions fail, so discounts may not be switched in time",
    byItself: ["Each failed piece of work is tried again, and the next minute tries once more.", CATCHES_UP],
    steps: () => [
      runbook("Find out which function fails, and why: its log has a line of level ERROR for each failure.", "ask function-errors 1"),
      runbook(
        "If the error is of DynamoDB (throttling, access), see whether its table or its index is throttled; Doorman recovers by itself once they answer.",
        "throttles",
      ),
      { text: 'If it began with a deployment, deploy the version before (runbook, "Roll back").' },
    ],
  },
  "functions-throttled": {
    headline: () => "All stores: AWS holds Doorman's functions back, so discounts may be switched late",
    byItself: ["What was held back is tried again by AWS and by the next minute.", CATCHES_UP],
    steps: () => [
      runbook("The account has reached its limit of functions that run at one time: see which function of it uses that up."),
      { text: "Ask AWS for a higher limit (Service Quotas, Lambda, Concurrent executions), or hold the other function back." },
    ],
  },
  "functions-slow": {
    headline: () => "All stores: Doorman's functions are close to their time limit, so discounts may be late",
    byItself: ["What does not fit into the time is left for the next run; nothing is lost."],
    steps: () => [
      runbook("Find out which function is slow, and whether it waits for Ecwid, for DynamoDB, or has grown.", "ask slow-functions 6"),
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
