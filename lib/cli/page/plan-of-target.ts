import type { KnownOutlook } from "../../application/commands/outlooks.ts";
import type { StoreView } from "../../application/commands/store-view.ts";
import type { CalendarName } from "../../domain/identifiers.ts";
import type { Instant } from "../../domain/instant.ts";
import type { Layer, Override } from "../../domain/layers/layer.ts";
import { type Segment, timelineOf } from "../../domain/timeline/timeline.ts";
import { type ClockChange, clockChanges } from "../../domain/windows/clock-changes.ts";
import { type FrozenStart, frozenStarts } from "../../domain/windows/frozen-starts.ts";
import type { Freeze } from "../../domain/windows/window-rule.ts";
import type { Span } from "./scale.ts";

/** A freeze with the calendar that it comes from. */
export interface NamedFreeze extends Freeze {
  readonly calendar: CalendarName;
  readonly note: string | undefined;
}

/** A window that a freeze keeps from starting. */
export interface SkippedStart extends FrozenStart {
  readonly layer: Layer;
  readonly calendar: CalendarName | undefined;
}

/** An override that is in force somewhere in the span. */
export interface OverriddenLayer {
  readonly layer: Layer;
  readonly override: Override;
}

/** All that a page shows of one target over a span. */
export interface TargetPlan {
  readonly known: KnownOutlook;
  readonly span: Span;
  readonly segments: readonly Segment[];
  /** Undefined: the segments reach over the whole span; else they end there, because there are too many. */
  readonly cutAt: Instant | undefined;
  readonly skipped: readonly SkippedStart[];
  readonly overrides: readonly OverriddenLayer[];
  readonly freezes: readonly NamedFreeze[];
  readonly clocks: readonly ClockChange[];
}

/** Of one target: a window a week of two campaigns for a year is fewer. */
export const MOST_SEGMENTS = 250;
/** Of one campaign in one freeze. */
const MOST_SKIPPED = 20;

/** @returns the store's freezes that touch the span, in order. */
export function freezesIn({ calendars }: StoreView, { from, to }: Span): readonly NamedFreeze[] {
  return calendars
    .flatMap(({ name, calendar, freezes }) => freezes.map((freeze) => ({ ...freeze, calendar: name, note: calendar?.note })))
    .filter((freeze) => freeze.from < to && freeze.to > from)
    .toSorted((one, other) => one.from - other.from);
}

/** @returns what there is to show of a target over the span. */
export function planOfTarget(known: KnownOutlook, span: Span, freezes: readonly NamedFreeze[]): TargetPlan {
  const { segments, complete } = timelineOf(known.outlook, span.from, span.to, MOST_SEGMENTS);
  const { layers } = known.outlook;
  return {
    known,
    span,
    segments,
    cutAt: complete ? undefined : segments.at(-1)?.to,
    skipped: skippedIn(layers, span, freezes),
    overrides: overridesIn(layers, span),
    freezes,
    clocks: clockChanges(known.timeZone, span.from, span.to),
  };
}

/** @returns whether there is anything to draw: a campaign that is on, or kept from being on, at some time of the span. */
export function isEventful({ segments, skipped, overrides }: TargetPlan): boolean {
  return segments.length > 1 || skipped.length > 0 || overrides.length > 0 || segments.some(hasClaims);
}

function hasClaims({ cells }: Segment): boolean {
  return cells.some(({ winner }) => winner !== undefined);
}

function skippedIn(layers: readonly Layer[], { from, to }: Span, freezes: readonly NamedFreeze[]): readonly SkippedStart[] {
  return layers
    .filter(({ enabled }) => enabled)
    .flatMap((layer) =>
      frozenStarts(layer.windows, from, to, MOST_SKIPPED).map((frozen) => ({
        ...frozen,
        layer,
        calendar: freezes.find((each) => each.from === frozen.freeze.from && each.to === frozen.freeze.to)?.calendar,
      })),
    )
    .toSorted((one, other) => one.window.startsAt - other.window.startsAt);
}

/** One that has lapsed by the span's beginning has no effect in it. */
function overridesIn(layers: readonly Layer[], { from }: Span): readonly OverriddenLayer[] {
  return layers.flatMap((layer) =>
    layer.enabled && layer.override !== undefined && layer.override.until > from ? [{ layer, override: layer.override }] : [],
  );
}
