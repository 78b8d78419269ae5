import { type WindowId, windowId } from "../identifiers.ts";
import { formatInstant, type Instant, latest } from "../instant.ts";
import { timetableOf } from "../windows/timetable.ts";
import type { Layer, Override } from "./layer.ts";

/** A layer that is on at some instant, and the window that makes it so. */
export interface Activity {
  readonly layer: Layer;
  readonly window: WindowId;
  /** When the window began; for a campaign that is forced on this is unknown, and it counts as started last. */
  readonly startedAt: Instant | "forced";
  readonly endsAt?: Instant | undefined;
}

/** @returns the override if it is in force at `at`: one whose `until` has come has lapsed by itself. */
export function overrideInForce(layer: Layer, at: Instant): Layer["override"] {
  return layer.override !== undefined && at < layer.override.until ? layer.override : undefined;
}

function forcedWindow(layer: Layer, override: Override): WindowId {
  return windowId(layer.campaignId, `forced-until-${formatInstant(override.until)}`);
}

/** @returns what makes the layer active at `at`, or undefined if it is not. Order of rank: disabled, override, windows (design 4). */
export function activityOf(layer: Layer, at: Instant): Activity | undefined {
  if (!layer.enabled) return undefined;
  const override = overrideInForce(layer, at);
  if (override?.state === "off") return undefined;
  if (override?.state === "on") return { layer, window: forcedWindow(layer, override), startedAt: "forced", endsAt: override.until };
  const window = timetableOf(layer.windows).activeAt(at);
  if (window === undefined) return undefined;
  const { startsAt, endsAt } = window;
  return { layer, window: windowId(layer.campaignId, formatInstant(startsAt)), startedAt: startsAt, endsAt };
}

function compareStarts(one: Activity["startedAt"], other: Activity["startedAt"]): number {
  if (one === other) return 0;
  if (one === "forced") return 1;
  if (other === "forced") return -1;
  return one - other;
}

/** Sorts the stronger activity first: higher priority, then started later (forced on counts as last), then greater campaign id. */
export function byStrength(one: Activity, other: Activity): number {
  return (
    other.layer.priority - one.layer.priority ||
    compareStarts(other.startedAt, one.startedAt) ||
    (one.layer.campaignId < other.layer.campaignId ? 1 : -1)
  );
}

/** @returns the active layers at `at`, strongest first. */
export function activitiesAt(layers: readonly Layer[], at: Instant): readonly Activity[] {
  return layers
    .map((layer) => activityOf(layer, at))
    .filter((activity) => activity !== undefined)
    .toSorted(byStrength);
}

/**
 * @returns the first instant after `at` at which the layer's window starts, ends, or gives place to another; undefined if that never
 * happens again without an edit.
 */
export function nextBoundaryOf(layer: Layer, at: Instant): Instant | undefined {
  if (!layer.enabled) return undefined;
  const override = overrideInForce(layer, at);
  if (override === undefined) return timetableOf(layer.windows).changeAfter(at);
  if (override.state === "on" || activityOf(layer, override.until) !== undefined) return override.until;
  return timetableOf(layer.windows).changeAfter(override.until);
}

/**
 * @returns the windows by which the layer covers `at` or would, were it not disabled or held off. A window that gave way to a person is
 * remembered for as long as it is among these.
 */
export function coveringWindows(layer: Layer, at: Instant): readonly WindowId[] {
  const window = timetableOf(layer.windows).activeAt(at);
  const override = overrideInForce(layer, at);
  const scheduled = window === undefined ? [] : [windowId(layer.campaignId, formatInstant(window.startsAt))];
  return override?.state === "on" ? [forcedWindow(layer, override), ...scheduled] : scheduled;
}

/**
 * @returns when the layer last stopped being active, as far as its own text tells: at `at` if it is disabled or held off, since nobody
 * wrote down when that was done.
 */
export function leftAt(layer: Layer, at: Instant): Instant | undefined {
  if (!layer.enabled || overrideInForce(layer, at)?.state === "off") return at;
  const ended = timetableOf(layer.windows).endedBy(at);
  const lapsed = layer.override?.state === "on" && layer.override.until <= at ? layer.override.until : undefined;
  if (ended === undefined || lapsed === undefined) return ended ?? lapsed;
  return latest(ended, lapsed);
}
