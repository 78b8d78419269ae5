import { parseTargetKey, type StoreId, type TargetKey } from "../../domain/identifiers.ts";
import { earliest, type Instant } from "../../domain/instant.ts";
import type { Layer } from "../../domain/layers/layer.ts";
import { nextBoundary } from "../../domain/ledger/decide-target.ts";
import type { StateTable, TargetState, Version } from "../ports/state-table.ts";
import type { Attempt } from "./attempt.ts";

/** Reads what is known of a target, without counting an attempt. @returns undefined if the key names no target. */
export async function readAttempt(state: StateTable, storeId: StoreId, key: TargetKey, asOf: Instant): Promise<Attempt | undefined> {
  const target = parseTargetKey(key);
  if (target === undefined) return undefined;
  // The target first: a compile writes its layers before it moves the target on, so layers read later are never older than the version.
  const read = await state.readTarget(storeId, key);
  const layers = await state.layersOf(storeId, key);
  const { version, ...known } = read;
  return attemptFrom({ storeId, key, target }, known, version, layers, asOf);
}

function attemptFrom(
  place: Pick<Attempt, "storeId" | "key" | "target">,
  state: TargetState,
  version: Version,
  layers: readonly Layer[],
  asOf: Instant,
): Attempt {
  const dueAt = state.dueAt ?? asOf;
  // A look comes before anything is due: then nothing is owed but the look itself.
  const owed = earliest(state.owedSince ?? dueAt, asOf) ?? asOf;
  const newer = state.owedSince === undefined ? undefined : lastBoundary(layers, owed, asOf);
  // A boundary that has come since the failures began gets a fresh attempt, and a lateness of its own.
  if (newer === undefined) return { ...place, layers, version, owedSince: owed, state };
  return { ...place, layers, version, owedSince: newer, state: { ...state, failuresInARow: 0 } };
}

/** So many boundaries may have passed since the failures began; beyond them a lateness is told from an earlier one. */
const MOST_BOUNDARIES = 1_000;

function lastBoundary(layers: readonly Layer[], after: Instant, until: Instant): Instant | undefined {
  let last: Instant | undefined;
  let next = nextBoundary(layers, after);
  for (let walked = 0; next !== undefined && next <= until && walked < MOST_BOUNDARIES; walked += 1) {
    last = next;
    next = nextBoundary(layers, next);
  }
  return last;
}

/** Counts the attempt before anything is tried, so that a target that kills its worker is known by it. @returns undefined if somebody else wrote first. */
export async function countAttempt(state: StateTable, attempt: Attempt): Promise<Attempt | undefined> {
  return update(state, attempt, { ...attempt.state, attemptsBegun: attempt.state.attemptsBegun + 1 });
}

/** Takes the count back where the attempt was not made after all. @returns undefined if somebody else wrote first. */
export async function uncountAttempt(state: StateTable, attempt: Attempt): Promise<Attempt | undefined> {
  return update(state, attempt, { ...attempt.state, attemptsBegun: Math.max(0, attempt.state.attemptsBegun - 1) });
}

/** Writes a target in the middle of an attempt. @returns the attempt at its new version, or undefined if somebody else wrote first. */
export async function update(state: StateTable, attempt: Attempt, next: TargetState): Promise<Attempt | undefined> {
  const written = await state.writeTarget(attempt.storeId, attempt.key, next, attempt.version);
  return written ? { ...attempt, state: next, version: attempt.version + 1 } : undefined;
}

/** @returns whether the target has something to do at `asOf`. */
export function isDue(state: TargetState, asOf: Instant): boolean {
  return state.dueAt !== undefined && state.dueAt <= asOf;
}
