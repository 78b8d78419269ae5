import { ComparisonOperator, type IMetric, TreatMissingData } from "aws-cdk-lib/aws-cloudwatch";
import { Duration } from "aws-cdk-lib/core";
import type { AlarmKind } from "../../lib/application/alarms/alarm-kinds.ts";
import { counted, deadMessages, failures, lateness, shareOfTimeLimit, throttles, type Watched } from "./alarm-metrics.ts";

/** An alarm: what it means for people, what to do first, and when it rings. */
export interface AlarmDefinition {
  readonly impact: string;
  readonly firstStep: string;
  readonly metric: IMetric;
  readonly comparisonOperator: ComparisonOperator;
  readonly threshold: number;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  readonly treatMissingData: TreatMissingData;
  /** What broke may be what `follow-up` needs to run: people are told by the alarm itself too. */
  readonly tellsDirectly?: true;
}

const MINUTE = Duration.minutes(1);
const FIVE_MINUTES = Duration.minutes(5);
const QUARTER = Duration.minutes(15);

/**
 * One sign within the last quarter of an hour. Not only within the last minute: what CloudWatch gets late would fall behind it, and a switch every
 * other minute would ring every other minute.
 */
const PASSING = { evaluationPeriods: 15, datapointsToAlarm: 1, treatMissingData: TreatMissingData.NOT_BREACHING } as const;
/**
 * One sign within the last hour and a half, in periods of five minutes. What waits for a person is told when it begins and then once an hour, by the
 * sweep or the hourly look; half an hour more covers a late sweep. So it rings once, and goes quiet once the trouble is over, not once it is old.
 */
const STANDING = { evaluationPeriods: 18, datapointsToAlarm: 1, treatMissingData: TreatMissingData.NOT_BREACHING } as const;
/** The same hour and a half, counted up in quarters of an hour. */
const COUNTED = { evaluationPeriods: 6, datapointsToAlarm: 1, treatMissingData: TreatMissingData.NOT_BREACHING } as const;

const AT_LEAST = ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD;
const MORE_THAN = ComparisonOperator.GREATER_THAN_THRESHOLD;

type Definitions = Readonly<Record<AlarmKind, AlarmDefinition>>;

/** What comes from the switches themselves. */
function ofSwitches(watched: Watched) {
  return {
    "tick-silent": {
      impact: "Nothing is switched, in no store, until ticks complete again; windows may be missed.",
      firstStep: "Look whether the rule EveryMinute is enabled, then at the last errors of the dispatch function.",
      metric: counted(watched, "TicksCompleted", MINUTE),
      // Five of five: a tick that waits for a switch completes up to two minutes after it began, so single minutes without any are good ones.
      comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
      threshold: 1,
      evaluationPeriods: 5,
      datapointsToAlarm: 5,
      treatMissingData: TreatMissingData.BREACHING,
      // EventBridge wakes the tick and `follow-up` alike.
      tellsDirectly: true,
    },
    "switch-late": {
      impact: "A discount was open to the wrong customers for more than two minutes, or still is.",
      firstStep: "Run the saved query late-switches; if it is empty, look why nobody works the queue.",
      metric: lateness(watched, MINUTE),
      // A lost tick costs one minute and its successor makes it good; a worker cannot live for longer than two.
      comparisonOperator: MORE_THAN,
      threshold: 120,
      ...PASSING,
    },
    "switches-failing": {
      impact: "Switches that are due fail again and again, or a store is not called at all: discounts stay as they were.",
      firstStep: "Run the saved query failing-switches: is it one store or all of them?",
      // The count itself leaves hiccups out: it begins with the third failure in a row of a switch that is owed for a minute.
      metric: counted(watched, "SwitchesFailing", FIVE_MINUTES),
      comparisonOperator: AT_LEAST,
      threshold: 1,
      ...STANDING,
    },
    "windows-missed": {
      impact: "A campaign's window came and went without its discount; nothing makes it up.",
      firstStep: "Run the saved query missed-windows and tell the marketers named there.",
      metric: counted(watched, "WindowsMissed", MINUTE),
      comparisonOperator: AT_LEAST,
      threshold: 1,
      ...PASSING,
    },
  } satisfies Partial<Definitions>;
}

/** What waits for a person who knows the store. */
function ofStores(watched: Watched) {
  const standing = (name: string) => ({
    metric: counted(watched, name, FIVE_MINUTES),
    comparisonOperator: AT_LEAST,
    threshold: 1,
    ...STANDING,
  });
  return {
    "token-dead": {
      impact: "Ecwid refuses a store's token: nothing is switched in that store, also not back.",
      firstStep: "Run the saved query dead-tokens and put a new token into the secret of each store named.",
      ...standing("TokensDead"),
    },
    "targets-blocked": {
      impact: "A coupon or promotion cannot be switched until a person acts; all others go on.",
      firstStep: "Run the saved query blocked-targets: it says for each what to do.",
      ...standing("TargetsBlocked"),
    },
    "trouble-ahead": {
      impact: "A window that is on or begins within a day will not do what its campaign says.",
      firstStep: "Run the saved query trouble-ahead and tell the marketers before the window begins.",
      ...standing("PreFlightNotices"),
    },
    "records-invalid": {
      impact: "A campaign's newest text cannot be used; its last good version goes on, or nothing if it has none.",
      firstStep: "Run the saved query broken-records; the record's own `status` says the same to whoever typed it.",
      ...standing("RecordsInvalid"),
    },
  } satisfies Partial<Definitions>;
}

/** What comes from the machinery. */
function ofMachinery(watched: Watched) {
  return {
    "dead-letters": {
      impact: "A message killed two workers, or changed records were given up: a store's switch may be missing.",
      firstStep: "Read the message without deleting it, then the errors of its function at that time.",
      metric: deadMessages(watched, MINUTE),
      comparisonOperator: AT_LEAST,
      threshold: 1,
      // A level, not a count: it is quiet once the queues are empty. Five minutes bridge what SQS reports late.
      ...PASSING,
      evaluationPeriods: 5,
    },
    "functions-failing": {
      impact: "A function ends in errors; what it was to do is late or undone.",
      firstStep: "Run the saved query function-errors.",
      // One error is brought back by the queue, the stream or the next minute. Three in a quarter of an hour are not chance, and one of a sweep is an hour lost.
      metric: failures(watched, QUARTER),
      comparisonOperator: AT_LEAST,
      threshold: 3,
      ...COUNTED,
      // `follow-up` may be the one that fails.
      tellsDirectly: true,
    },
    "functions-throttled": {
      impact: "Lambda turns invocations away: switches are late, and healthy messages may end among the dead letters.",
      firstStep: "Compare the account's concurrent executions with its limit; see who uses them.",
      metric: throttles(watched, MINUTE),
      comparisonOperator: AT_LEAST,
      threshold: 1,
      // A second minute: at the start of a wave the pollers run ahead of Lambda for some seconds, and try again by themselves.
      ...PASSING,
      datapointsToAlarm: 2,
      // `follow-up` is turned away with the others.
      tellsDirectly: true,
    },
    "functions-slow": {
      impact: "A function came near its time limit; beyond it, it is cut off and its work begins anew.",
      firstStep: "See on the dashboard which one; run the saved query slow-functions.",
      metric: shareOfTimeLimit(watched, FIVE_MINUTES),
      comparisonOperator: MORE_THAN,
      // Nothing that is meant to wait comes so far: a tick waits two of its two and a half minutes (78 %), a worker sleeps five seconds of 120 and
      // begins nothing in the last 35, a sweep stops a minute before its ten (90 %).
      threshold: 91,
      ...STANDING,
    },
    "ecwid-throttling": {
      impact: "Ecwid answers 429: the stores concerned are left alone for as long as it asks, and their switches wait.",
      firstStep: "Run the saved query throttled-stores: one store means another app of its merchant, all mean us.",
      // One is dealt with by waiting. Three in a quarter of an hour are a state.
      metric: counted(watched, "EcwidThrottled", QUARTER),
      comparisonOperator: AT_LEAST,
      threshold: 3,
      ...COUNTED,
    },
  } satisfies Partial<Definitions>;
}

/** @returns every alarm there is, by kind. */
export function alarmDefinitions(watched: Watched): Definitions {
  return { ...ofSwitches(watched), ...ofStores(watched), ...ofMachinery(watched) };
}
