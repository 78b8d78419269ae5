import { DEFAULT_PACE } from "../../../lib/adapters/ecwid/pacer.ts";
import { MINUTE, SECOND } from "../../../lib/domain/instant.ts";
import type { Load } from "./ecwid-wire.ts";
import type { Limits } from "./limits.ts";

/** What bounds a wave from below, in milliseconds from its instant. */
export interface Floors {
  /** No way of doing it, on any machines, is done before the store with the most to do: a store's requests go one after the other. */
  readonly storeMs: number;
  readonly storeBy: "replies in series" | "Ecwid's pace";
  /** Nor is one that has these limits' workers, each of them at one store at a time: all stores' replies, shared out among the workers there are. */
  readonly workersMs: number;
}

/** The messages of a crowded instant leave so long before it, and from then on Lambda adds workers. */
const AHEAD_MS = 4.5 * SECOND;
const STEP_MS = 10;

/** @returns how long before the last of so many requests may leave, at the pace that a token is kept to. */
function pacedMs(requests: number): number {
  const before = Math.max(0, requests - 1);
  return Math.max(Math.floor(before / DEFAULT_PACE.perSecond) * SECOND, Math.floor(before / DEFAULT_PACE.perMinute) * MINUTE);
}

/** @returns how many workers there can be so long after the instant. */
export function workersAt({ queues, workers, environmentsInTenSeconds }: Limits, milliseconds: number): number {
  const { atFirst, perMinute, most } = workers;
  const sinceFirst = milliseconds + AHEAD_MS;
  const environments = environmentsInTenSeconds * (1 + sinceFirst / (10 * SECOND));
  return queues * Math.min(most, atFirst + (perMinute * sinceFirst) / MINUTE, environments);
}

function sharedOut(work: number, limits: Limits): number {
  let [at, done] = [0, 0];
  while (done < work) {
    done += STEP_MS * workersAt(limits, at);
    at += STEP_MS;
  }
  return at;
}

/** @param loads of each store what it took up to its last write: a read back after that keeps nobody waiting. */
export function floorsOf(loads: readonly Load[], limits: Limits): Floors {
  const series = loads.reduce((most, { milliseconds }) => Math.max(most, milliseconds), 0);
  const paced = loads.reduce((most, { requests }) => Math.max(most, pacedMs(requests)), 0);
  const work = loads.reduce((sum, { milliseconds }) => sum + milliseconds, 0);
  return {
    storeMs: Math.max(series, paced),
    storeBy: series >= paced ? "replies in series" : "Ecwid's pace",
    workersMs: sharedOut(work, limits),
  };
}
