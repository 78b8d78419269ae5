import type { Instant } from "../instant.ts";
import { type Activity, activityOf, byStrength, nextBoundaryOf } from "./activity.ts";
import type { Layer } from "./layer.ts";

/** What is active at one instant of a walk, strongest first, and when that may differ next. */
export interface ActivityStep {
  readonly activities: readonly Activity[];
  readonly nextBoundary: Instant | undefined;
}

interface Known {
  readonly layer: Layer;
  readonly activity: Activity | undefined;
  /** The activity holds until then; undefined: for good. */
  readonly until: Instant | undefined;
}

/**
 * The answers of activitiesAt and nextBoundaryOf for instants that only go forward: a layer is asked again only once its own next boundary
 * has come, so that a coupon with a thousand campaigns is walked without asking all of them at each step.
 *
 * @returns what gives the step at an instant, none of which may be earlier than the one before.
 */
export function createActivityWalk(layers: readonly Layer[]): (at: Instant) => ActivityStep {
  let known: Known[] | undefined;
  return (at) => {
    known ??= layers.map((layer) => ask(layer, at));
    for (const [index, { layer, until = Number.POSITIVE_INFINITY }] of known.entries()) {
      if (until <= at) known[index] = ask(layer, at);
    }
    return stepOf(known);
  };
}

function stepOf(known: readonly Known[]): ActivityStep {
  const activities: Activity[] = [];
  let nextBoundary: Instant | undefined;
  for (const { activity, until } of known) {
    if (activity !== undefined) activities.push(activity);
    if (until !== undefined && (nextBoundary === undefined || until < nextBoundary)) nextBoundary = until;
  }
  return { activities: activities.sort(byStrength), nextBoundary };
}

function ask(layer: Layer, at: Instant): Known {
  return { layer, activity: activityOf(layer, at), until: nextBoundaryOf(layer, at) };
}
