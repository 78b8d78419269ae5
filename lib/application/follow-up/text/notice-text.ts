import { formatInstant, type Instant } from "../../../domain/instant.ts";
import { endOfAlarm } from "../../alarms/alarm-ends.ts";
import { type AlarmKind, alarmName } from "../../alarms/alarm-kinds.ts";
import type { Incident } from "../../ports/incident.ts";
import type { Notice } from "../../ports/notices.ts";
import type { StoreFindings, Survey } from "../findings.ts";
import { campaignsBehind } from "../findings.ts";
import type { Chapter } from "../incident-course.ts";
import { newsIn } from "../news.ts";
import { stepsFor } from "./advice.ts";
import { affectedLines } from "./affected.ts";
import { afterLines } from "./after.ts";
import { byHandSteps } from "./by-hand.ts";
import type { Step } from "./step.ts";
import { section, stepSections } from "./steps-text.ts";
import { STORIES } from "./stories.ts";
import type { Names } from "./story.ts";
import { untilLine } from "./until.ts";
import { duration, listed, oneLine, shown, wrapped } from "./words.ts";

/** What a message is written from. */
export interface Telling {
  readonly names: Names;
  readonly kind: AlarmKind;
  readonly chapter: Chapter;
  readonly incident: Incident;
  readonly survey: Survey;
  /** How those stand whom people were told of first, once it is over. */
  readonly after?: readonly StoreFindings[];
  /** Stores that Doorman was asked to look at again. */
  readonly looks: number;
  readonly now: Instant;
}

/** SNS takes less than a hundred. */
const LONGEST_SUBJECT = 99;
const NOT_PLAIN = /[^ -~]+/g;
/** SNS takes 262,144 bytes with the attributes; a character has four bytes at most. No message comes near it. */
const LONGEST_TEXT = 50_000;
const MOST_NEWS = 10;
/** So many of each are listed for machines. */
const MOST_LISTED = 25;

function subjectOf({ names }: Telling, text: string): string {
  const plain = `[${names.deployment}] ${text}`.replaceAll(NOT_PLAIN, "?");
  return plain.length <= LONGEST_SUBJECT ? plain : `${plain.slice(0, LONGEST_SUBJECT - 3)}...`;
}

/** In the stores' own zone where they have one in common, and in UTC. */
function local(at: Instant, { survey, after = [] }: Telling): string {
  const zones = new Set([...survey.stores, ...after].map(({ timeZone }) => timeZone));
  const [zone, ...others] = zones;
  const utc = shown(at, "UTC");
  return zone === undefined || others.length > 0 || zone === "UTC" ? utc : `${shown(at, zone)} (${utc})`;
}

/** Of these a look finds the end at once; what Ecwid closed is asked about once an hour at most, however often Doorman looks. */
const OF_THE_SECRET: readonly string[] = ["TOKEN_REJECTED", "NO_TOKEN", "OTHER_DEPLOYMENT"];

function lookText({ looks, survey }: Telling): readonly string[] {
  const causes = survey.stores.flatMap((store) => store.causes);
  if (looks === 0 || !causes.some(({ code }) => OF_THE_SECRET.includes(code))) return [];
  return wrapped("It looks into the secret just now, in case there is a good token already.", "- ");
}

function runbookLine(kind: AlarmKind): string {
  return `Runbook: docs/runbook.md#${kind} (a file of Doorman's repository)`;
}

function footer(telling: Telling): readonly string[] {
  const { names, kind, incident } = telling;
  const { account, region } = names;
  const where = account === undefined || region === undefined ? "" : `, AWS account ${account}, ${region}`;
  const since = incident.openedAt === undefined ? "" : `, on since ${local(incident.openedAt, telling)}`;
  return ["", ...wrapped(`Alarm: ${alarmName(names.deployment, kind)}${where}${since}`), runbookLine(kind)];
}

/** It is over only as far as the alarm goes: what still stands is said first. */
function stillStanding({ survey }: Telling): boolean {
  return survey.stores.some(
    ({ causes, targets, records }) => causes.length > 0 || records.length > 0 || targets.some((each) => each.causes.length > 0),
  );
}

function headlineOf({ kind, survey }: Telling): string {
  const { headline, passed } = STORIES[kind];
  const isPassed = survey.storeCount === 0 && survey.unread === 0 && survey.cut === undefined;
  return oneLine(isPassed && passed !== undefined ? passed : headline(survey), 300);
}

function handStepsOf({ kind, survey }: Telling): readonly Step[] {
  const { isByHand = () => false } = STORIES[kind];
  return isByHand(survey) ? byHandSteps(survey, kind === "dead-letters") : [];
}

function stepsOf(telling: Telling): readonly Step[] {
  const { kind, survey, names } = telling;
  const { steps = () => [], isByHandFirst = false } = STORIES[kind];
  const byHand = handStepsOf(telling);
  const advised = [...stepsFor(survey, names), ...steps(names, survey)];
  const others = [...advised.filter(({ isLast }) => isLast !== true), ...advised.filter(({ isLast }) => isLast === true)];
  return isByHandFirst ? [...byHand, ...others] : [...others, ...byHand];
}

function stoppedLines(telling: Telling): readonly string[] {
  const { stopped } = telling.survey;
  if (stopped === undefined) return [];
  const since = stopped.since === undefined ? "" : ` since ${local(stopped.since, telling)}`;
  return wrapped(
    `Doorman is stopped by hand${since}: ${oneLine(stopped.reason)}. Nothing is switched until that is taken back (doorman resume).`,
  );
}

function sinceThen({ chapter, survey, incident }: Telling): readonly string[] {
  if (chapter === "again") {
    return wrapped(
      `It is back: people were told that it was over. This alarm comes and goes (${incident.times} times so far); the next message comes when it has been quiet for 15 minutes.`,
    );
  }
  if (chapter !== "more") return [];
  const names = newsIn(survey, incident.known ?? []).map(({ name }) => oneLine(name));
  return wrapped(`New since the last message: ${listed([...new Set(names)], MOST_NEWS)}.`);
}

/** Begins as the subject of that message does ({@link noticeOf}). */
function endText(kind: AlarmKind): string {
  return `The alarm ends ${endOfAlarm(kind)}. Then comes another message, which begins with "Over", or with "Still broken".`;
}

/** What those who are told of an outage want to know at once. */
function indexLines({ isIndexUnread }: Survey): readonly string[] {
  if (!isIndexUnread) return [];
  return wrapped("Why: the index that says what is due could not be read, so probably DynamoDB does not answer or is throttled.");
}

function openedText(telling: Telling): readonly string[] {
  const { kind, survey } = telling;
  const { byItself } = STORIES[kind];
  return [
    ...wrapped(`${headlineOf(telling)}.`),
    ...wrapped(untilLine(survey)),
    ...indexLines(survey),
    ...stoppedLines(telling),
    ...sinceThen(telling),
    ...stepSections(telling.names, stepsOf(telling)),
    ...section("WHAT DOORMAN DOES BY ITSELF", [
      ...(typeof byItself === "function" ? byItself(survey) : byItself).flatMap((text) => wrapped(text, "- ")),
      ...lookText(telling),
      ...wrapped(endText(kind), "- "),
    ]),
    ...affected(telling),
    ...footer(telling),
  ];
}

function affected(telling: Telling): readonly string[] {
  return section("WHO IS AFFECTED", affectedLines(telling.survey, handStepsOf(telling).length > 0));
}

const SEEN_IN_ADMIN = ': it is mended once Ecwid admin shows what "should be" below';

function closedText(telling: Telling): readonly string[] {
  const { incident, survey } = telling;
  const { openedAt = incident.changedAt, changedAt, headline = headlineOf(telling) } = incident;
  const took = duration(changedAt - openedAt);
  if (!stillStanding(telling)) {
    return [
      ...wrapped(`Over after ${took}. It was: ${headline}.`),
      ...wrapped(`The alarm ended at ${local(changedAt, telling)}, and Doorman knows of nothing that is left of it.`),
      ...afterLines(telling.after ?? []),
      ...footer(telling),
    ];
  }
  const isSeen = survey.stores.some(({ targets }) => targets.some(({ prospect }) => prospect.wrong.length > 0)) ? SEEN_IN_ADMIN : "";
  return [
    ...wrapped(`Still broken: ${headlineOf(telling)}.`),
    ...wrapped(untilLine(survey)),
    ...wrapped(
      `The alarm was on for ${took} and ended at ${local(changedAt, telling)}, because Doorman noticed no more of it, not because it is mended. This is the last message about it unless something changes${isSeen}.`,
    ),
    ...stoppedLines(telling),
    ...stepSections(telling.names, stepsOf(telling)),
    ...affected(telling),
    ...footer(telling),
  ];
}

function listOf(name: string, all: readonly string[]): Record<string, readonly string[]> {
  const some = [...new Set(all)].slice(0, MOST_LISTED);
  return some.length === 0 ? {} : { [name]: some };
}

/** For machines: the attributes by which a subscription filters, and the numbers of what is affected. */
function attributesOf({ names, kind, chapter, incident, survey }: Telling): Notice["attributes"] {
  const { openedAt = incident.changedAt } = incident;
  const targets = survey.stores.flatMap(({ storeId, targets: found }) => found.map((target) => ({ storeId, target })));
  return {
    deployment: names.deployment,
    alarm: kind,
    state: chapter,
    incident: `${alarmName(names.deployment, kind)}@${formatInstant(openedAt)}`,
    openedAt: formatInstant(openedAt),
    storeCount: String(survey.storeCount),
    targetCount: String(survey.targetCount),
    ...listOf(
      "stores",
      survey.stores.map(({ storeId }) => storeId),
    ),
    ...listOf(
      "targets",
      targets.map(({ storeId, target }) => `${storeId}/${target.key}`),
    ),
    ...listOf("campaigns", [
      ...targets.flatMap(({ storeId, target }) => campaignsBehind(target).map(({ campaignId }) => `${storeId}/${campaignId}`)),
      ...survey.stores.flatMap(({ storeId, records }) => records.map(({ recordId }) => `${storeId}/${recordId}`)),
    ]),
  };
}

/** A message, and the line by which its end will name it. */
export interface Told {
  readonly notice: Notice;
  readonly headline: string;
}

/**
 * @returns what people are told. The first line says what happened and to whom, the second until when; then what a marketer can do, what others can, what Doorman does
 * by itself, and who is affected.
 */
export function noticeOf(telling: Telling): Told {
  const { chapter, incident } = telling;
  const headline = chapter === "closed" ? (incident.headline ?? headlineOf(telling)) : headlineOf(telling);
  const lines = chapter === "closed" ? closedText(telling) : openedText(telling);
  const prefix = { opened: "", again: "Back: ", more: "More: ", closed: stillStanding(telling) ? "Still broken: " : "Over: " }[chapter];
  const subject = subjectOf(telling, `${prefix}${chapter === "closed" && stillStanding(telling) ? headlineOf(telling) : headline}`);
  return { headline, notice: { subject, text: `${lines.join("\n").slice(0, LONGEST_TEXT)}\n`, attributes: attributesOf(telling) } };
}
