import { type Instant, MINUTE, plus } from "../../domain/instant.ts";
import type { AlarmKind } from "../alarms/alarm-kinds.ts";
import type { Clock } from "../ports/clock.ts";
import type { Incident } from "../ports/incident.ts";
import type { StateTable, Version, Versioned } from "../ports/state-table.ts";
import { afterChange, type Chapter, chapterOwed, isNewsDue, type KnownChange } from "./incident-course.ts";

/** What somebody has taken upon them to tell. */
export interface Claim {
  readonly incident: Incident;
  readonly chapter: Chapter;
}

/** As long as the function can live: whoever began to tell before that has died over it. */
const TELLING_MS = 2 * MINUTE;

function withoutVersion(read: (Incident & Versioned) | undefined): { readonly version: Version; readonly before?: Incident } {
  if (read === undefined) return { version: 0 };
  const { version, ...before } = read;
  return { version, before };
}

function incidentAfter(before: Incident | undefined, change: KnownChange | undefined): Incident | undefined {
  return change === undefined ? before : afterChange(before, change);
}

function owedBy(kind: AlarmKind, incident: Incident, now: Instant, withNews: boolean): Chapter | undefined {
  const isBeingTold = incident.tellingSince !== undefined && now < plus(incident.tellingSince, TELLING_MS);
  if (isBeingTold) return undefined;
  return chapterOwed(incident, now) ?? (withNews && isNewsDue(kind, incident, now) ? "more" : undefined);
}

/**
 * Writes down a change, and whatever people do not know yet as being told. Only whoever wrote the claim tells: so a doubled event is one
 * message. Where the answer to that write is lost, nobody tells until the claim lapses.
 *
 * @param change undefined: only what is still owed.
 * @returns undefined where there is nothing to tell, or somebody else tells it.
 */
export async function claim(
  { state, clock }: { readonly state: StateTable; readonly clock: Pick<Clock, "now"> },
  kind: AlarmKind,
  change: KnownChange | undefined,
): Promise<Claim | undefined> {
  for (;;) {
    const { version, before } = withoutVersion(await state.readIncident(kind));
    const incident = incidentAfter(before, change);
    const now = clock.now();
    const chapter = incident && owedBy(kind, incident, now, change === undefined);
    if (incident === undefined || (chapter === undefined && incident === before)) return undefined;
    const next = chapter === undefined ? incident : { ...incident, tellingSince: now };
    if (await state.writeIncident(kind, next, version)) return chapter && { incident: next, chapter };
  }
}

/**
 * Writes down what people know now, unless it has become another incident meanwhile.
 *
 * @param openedAt which incident was told. @param told what is different now; `tellingSince` is always given up.
 */
export async function note(
  { state }: { readonly state: StateTable },
  kind: AlarmKind,
  openedAt: Instant | undefined,
  told: Partial<Incident> & Pick<Incident, "tellingSince">,
): Promise<void> {
  for (;;) {
    const read = await state.readIncident(kind);
    if (read === undefined || read.openedAt !== openedAt) return;
    const { version, ...incident } = read;
    if (await state.writeIncident(kind, { ...incident, ...told }, version)) return;
  }
}
