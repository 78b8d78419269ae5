import { formatInstant } from "../../lib/domain/instant.ts";
import type { World } from "../support/world.ts";
import { BASE_GROUPS, BASE_LIMIT } from "./scene.ts";

/** A switch that came late, and what had gone wrong at the target or its store before. */
export interface LateSwitch {
  readonly latenessMs: number;
  readonly what: string;
  readonly because: string;
}

/** What a year came to. Plain values, so that it goes from process to process. */
export interface Year {
  readonly latenesses: readonly number[];
  readonly restores: number;
  readonly requests: number;
  /** Failed attempts by what became of them. */
  readonly failures: Readonly<Record<string, number>>;
  readonly missedWindows: number;
  readonly keptForPeople: number;
  readonly happenings: Readonly<Record<string, number>>;
  readonly latest: readonly LateSwitch[];
  readonly wrongAtTheEnd: readonly string[];
}

const MOST_NAMED = 10;
const BASES = new Set<string>([BASE_LIMIT, `groups ${BASE_GROUPS.join(", ")}`]);

function countBy(names: readonly string[]): Readonly<Record<string, number>> {
  return Object.fromEntries([...Map.groupBy(names, (name) => name)].map(([name, each]) => [name, each.length]));
}

/** Walks the year's events in order, so that each late switch can be told with the failure before it. */
function lateSwitches({ events }: World): readonly LateSwitch[] {
  const lastFailure = new Map<string, string>();
  const late: LateSwitch[] = [];
  for (const event of events) {
    if (event.kind === "attempt-failed") {
      lastFailure.set(event.storeId, event.failure);
      if (event.target !== undefined) lastFailure.set(`${event.storeId} ${event.target}`, event.failure);
    }
    if (event.kind !== "switched") continue;
    const because = lastFailure.get(`${event.storeId} ${event.target}`) ?? lastFailure.get(event.storeId) ?? "nobody was there";
    const what = `${event.target} of store ${event.storeId}, due ${formatInstant(event.dueAt)}`;
    if (event.latenessMs > 1_000) late.push({ latenessMs: event.latenessMs, what, because });
    lastFailure.delete(`${event.storeId} ${event.target}`);
  }
  return late.toSorted((one, other) => other.latenessMs - one.latenessMs).slice(0, MOST_NAMED);
}

/** @returns what is to be told of a year that was played in `world`. */
export function yearOf(world: World, happenings: ReadonlyMap<string, number>, wrongAtTheEnd: readonly string[]): Year {
  const { events, ecwid } = world;
  const switched = events.filter((event) => event.kind === "switched");
  const failed = events.filter((event) => event.kind === "attempt-failed");
  return {
    latenesses: switched.map(({ latenessMs }) => latenessMs),
    restores: switched.filter(({ after }) => BASES.has(after)).length,
    requests: ecwid.log.counts().all,
    failures: countBy(failed.map(({ effect }) => effect)),
    missedWindows: events.reduce((sum, event) => sum + (event.kind === "missed" ? event.count : 0), 0),
    keptForPeople: events.filter((event) => event.kind === "decided" && event.decision.includes("yield")).length,
    happenings: Object.fromEntries(happenings),
    latest: lateSwitches(world),
    wrongAtTheEnd,
  };
}
