import { HOUR, type Instant, plus, SECOND } from "../../domain/instant.ts";
import type { AlarmKind } from "../alarms/alarm-kinds.ts";
import type { Dispatcher } from "../ports/dispatcher.ts";
import type { Incident } from "../ports/incident.ts";
import type { Notices } from "../ports/notices.ts";
import type { Telemetry } from "../ports/telemetry.ts";
import { aftermathOf, sufferingIn } from "./aftermath.ts";
import { alarmChangeIn } from "./alarm-change.ts";
import { askLooks } from "./ask-looks.ts";
import { type Claim, claim, note } from "./claim.ts";
import type { Survey } from "./findings.ts";
import type { KnownChange } from "./incident-course.ts";
import { knownFrom, newsIn } from "./news.ts";
import { type SurveyDependencies, survey } from "./survey.ts";
import { noticeOf } from "./text/notice-text.ts";
import type { Names } from "./text/story.ts";

export interface FollowUpDependencies extends SurveyDependencies {
  readonly dispatcher: Dispatcher;
  readonly notices: Notices;
  readonly telemetry: Telemetry;
  readonly names: Names;
  /** Something that should not have happened and that no event has a name for. */
  readonly complain: (message: string, error?: unknown) => void;
}

/** Alarms look back over a few minutes, and some wait for several: what happened in the hour before belongs to it. */
const BEFORE_MS = HOUR;
/** Left for the message, and for writing down that it is told. */
const RESERVE_MS = 20 * SECOND;

async function publish(dependencies: FollowUpDependencies, kind: AlarmKind, { chapter, incident }: Claim, found: Survey): Promise<string> {
  const { clock, dispatcher, notices, telemetry, names, complain } = dependencies;
  let looks = 0;
  try {
    if (chapter !== "closed") looks = await askLooks(dispatcher, found, clock.now());
  } catch (error) {
    // People are told all the same: the sweep asks for the same looks within the hour.
    complain("looks could not be asked for", error);
  }
  const now = clock.now();
  const after = chapter === "closed" ? await aftermathOf(dependencies.state, incident.suffered ?? [], now) : [];
  const { notice, headline } = noticeOf({ names, kind, chapter, incident, survey: found, after, looks, now });
  await notices.publish(notice);
  const { storeCount: stores, targetCount: targets } = found;
  telemetry.emit({ kind: "people-told", alarm: kind, chapter, subject: notice.subject, stores, targets, looks });
  return headline;
}

function surveyFor(dependencies: FollowUpDependencies, kind: AlarmKind, incident: Incident, deadline: Instant): Promise<Survey> {
  const since = plus(incident.openedAt ?? incident.changedAt, -BEFORE_MS);
  return survey(dependencies, kind, since, plus(deadline, -RESERVE_MS));
}

/** @returns what is to be written down once people know. */
async function tellClaimed(
  dependencies: FollowUpDependencies,
  kind: AlarmKind,
  claimed: Claim,
  deadline: Instant,
): Promise<Partial<Incident>> {
  const { chapter, incident } = claimed;
  const surveyedAt = dependencies.clock.now();
  const found = await surveyFor(dependencies, kind, incident, deadline);
  const known = knownFrom(found);
  const isNews = newsIn(found, incident.known ?? []).length > 0;
  if (chapter === "more") {
    if (isNews) await publish(dependencies, kind, claimed, found);
    return { known, surveyedAt };
  }
  const headline = await publish(dependencies, kind, claimed, found);
  const suffered = chapter === "opened" ? { suffered: sufferingIn(found) } : {};
  return { told: chapter, headline, known, surveyedAt, ...suffered };
}

/** Tells people, and writes down that they know. Told before that is written down: rather twice than never. */
async function tell(dependencies: FollowUpDependencies, kind: AlarmKind, claimed: Claim, deadline: Instant): Promise<void> {
  const { openedAt } = claimed.incident;
  let told: Partial<Incident>;
  try {
    told = await tellClaimed(dependencies, kind, claimed, deadline);
  } catch (error) {
    // So that the next try need not wait for this one to have died.
    await note(dependencies, kind, openedAt, { tellingSince: undefined });
    throw error;
  }
  await note(dependencies, kind, openedAt, { ...told, tellingSince: undefined });
}

/** Tells people what they do not know yet, chapter by chapter: the alarm may have changed while one was told. */
async function tellOwed(dependencies: FollowUpDependencies, kind: AlarmKind, first: Claim | undefined, deadline: Instant): Promise<void> {
  let claimed = first;
  while (claimed !== undefined) {
    await tell(dependencies, kind, claimed, deadline);
    claimed = await claim(dependencies, kind, undefined);
  }
}

/**
 * Tells people of an alarm although nothing can be written down, since the table does not answer: rather twice than never. Its end will not
 * be told.
 */
async function tellUnrecorded(
  dependencies: FollowUpDependencies,
  kind: AlarmKind,
  { at }: KnownChange,
  deadline: Instant,
  error: unknown,
): Promise<void> {
  dependencies.complain("the incident could not be written down: its message may come twice, and its end will not be told", error);
  const incident: Incident = { alarm: "on", changedAt: at, openedAt: at, times: 1, told: "nothing" };
  await publish(dependencies, kind, { incident, chapter: "opened" }, await surveyFor(dependencies, kind, incident, deadline));
}

/**
 * Follows up one change of an alarm: what is behind it, told in one message, once; a look where the cause may be gone; and its end.
 *
 * The order is record, claim, publish, mark. Where publishing fails it stays owed and the error is thrown on, so that Lambda tries again;
 * where that is in vain too, {@link settle} tells it.
 *
 * @param event whatever the function was called with: what is no change of one of our alarms is told in one line and dropped.
 * @param deadline when it has to be done.
 */
export async function followUp(dependencies: FollowUpDependencies, event: unknown, deadline: Instant): Promise<void> {
  const parsed = alarmChangeIn(dependencies.names.deployment, event);
  if (!parsed.ok)
    return dependencies.telemetry.emit({ kind: "input-refused", where: "the follow-up function's event", message: parsed.failure });
  const { kind, alarm, at } = parsed.value;
  if (alarm === "unknown") return;
  const change: KnownChange = { alarm, at };
  let claimed: Claim | undefined;
  try {
    claimed = await claim(dependencies, kind, change);
  } catch (error) {
    if (alarm === "off") throw error;
    return tellUnrecorded(dependencies, kind, change, deadline, error);
  }
  await tellOwed(dependencies, kind, claimed, deadline);
}

/**
 * Tells what is still owed: messages that could not be sent, the end of alarms that came and went until they had been quiet for a while, and once
 * an hour what has come to be behind an alarm that stays on.
 *
 * @throws AggregateError at the end, with whatever failed on the way.
 */
export async function settle(dependencies: FollowUpDependencies, deadline: Instant): Promise<void> {
  const failures: unknown[] = [];
  for (const { kind } of await dependencies.state.incidents()) {
    try {
      await tellOwed(dependencies, kind, await claim(dependencies, kind, undefined), deadline);
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} incidents could not be told; they stay owed`);
}
