import { formatInstant, formatLocal, type Instant, plus } from "../../domain/instant.ts";
import { type Activity, activityOf, overrideInForce } from "../../domain/layers/activity.ts";
import type { Layer } from "../../domain/layers/layer.ts";
import type { JsonObject } from "../../domain/live.ts";
import { failure, type Result, success } from "../../domain/result.ts";
import { activeWindow } from "../../domain/windows/active-window.ts";
import { windowsBetween } from "../../domain/windows/windows-between.ts";
import { isObject } from "./check-record.ts";
import type { Edited } from "./edit-record.ts";

/** Who forces a campaign, and why; it is kept in the record. */
export interface Motive {
  readonly reason: string;
  readonly by?: string | undefined;
}

/** A campaign at the present instant: the layer stands for its windows. */
export interface Present {
  readonly layer: Layer;
  readonly now: Instant;
}

type Edit = Result<Edited, string>;

const PAUSED = "it is paused: resume it first";
/** Further ahead nobody plans; a rule that has no window by then has none. */
const FAR_AHEAD_MS = 10 * 366 * 24 * 60 * 60 * 1_000;

/**
 * @param until as it is to stand in the record: a local time, or an instant.
 * @returns the record with the override; refused where nobody would feel it, since a paused campaign stays off.
 */
export function overridden(item: JsonObject, state: "on" | "off", until: string, motive: Motive): Result<JsonObject, string> {
  return item["enabled"] === false ? failure(PAUSED) : success(withOverride(item, state, until, motive));
}

function withOverride(item: JsonObject, state: "on" | "off", until: string, { reason, by }: Motive): JsonObject {
  return { ...item, override: { state, until, reason, ...(by !== undefined && { by }) } };
}

/** @returns the record switched off until somebody resumes it. */
export function paused(item: JsonObject): Edited {
  return { item: { ...item, enabled: false }, said: "is paused until somebody resumes it" };
}

/** @returns the record with nothing that holds it off: an override that says "off" is gone, and `enabled` is true. One that says "on" stays. */
export function resumed(item: JsonObject, present?: Present): Edited {
  const { override, enabled, ...rest } = item;
  const heldOff = isObject(override) && override["state"] === "off";
  const forced = present === undefined ? undefined : overrideInForce(present.layer, present.now);
  if (enabled !== false && !heldOff && present !== undefined && forced?.state === "on")
    return { item, said: `is not paused, but forced on until ${local(forced.until, present.layer)}: campaign end closes it` };
  if (enabled !== false && !heldOff) return { item, said: "is not paused" };
  const kept = { ...rest, ...(override !== undefined && !heldOff && { override }), ...(enabled !== undefined && { enabled: true }) };
  return { item: kept, said: "goes by its windows again" };
}

/** Leaves out the next window. Refused where there is none to leave out. */
export function skipped(item: JsonObject, { layer, now }: Present, motive: Motive): Edit {
  const refusal = whyNotAtAll(layer) ?? whyHeldOff(layer, now);
  if (refusal !== undefined) return failure(refusal);
  if (activityOf(layer, now) !== undefined) return failure("it is on now: use end to close it early");
  const next = windowsBetween(layer.windows, now, plus(now, FAR_AHEAD_MS), 1)[0];
  if (next === undefined) return failure("it has no window ahead that could be skipped");
  if (next.endsAt === undefined) return failure("its next window has no end: use pause");
  const said = `skips its window from ${local(next.startsAt, layer)} to ${local(next.endsAt, layer)}`;
  return success({ item: withOverride(item, "off", formatInstant(next.endsAt), motive), said });
}

/** @param by how much longer, in milliseconds, or until which instant. Only for a campaign that is on. */
export function extended(item: JsonObject, present: Present, by: { readonly ms: number } | { readonly to: Instant }, motive: Motive): Edit {
  const on = activityNow(present);
  if (!on.ok) return on;
  const { endsAt } = on.value;
  if (endsAt === undefined) return failure("it has no end that could be put off");
  const until = "to" in by ? by.to : plus(endsAt, by.ms);
  if (until <= endsAt) return failure(`it is on until ${local(endsAt, present.layer)} as it is: to close it earlier use end or pause`);
  const said = `is on until ${local(until, present.layer)} instead of ${local(endsAt, present.layer)}`;
  return success({ item: withOverride(item, "on", formatInstant(until), motive), said });
}

/** Closes the window that is open now; later ones open as planned. */
export function ended(item: JsonObject, present: Present, motive: Motive): Edit {
  const on = activityNow(present);
  if (!on.ok) return on;
  const { layer, now } = present;
  const window = activeWindow(layer.windows, now);
  if (window === undefined) {
    // Only an override keeps it on: with that gone it is off, and the next window is not touched.
    const { override: _forcedOn, ...rest } = item;
    return success({ item: rest, said: "is no longer forced on" });
  }
  if (window.endsAt === undefined) return failure("its window has no end: use pause");
  const said = `is closed for the rest of its window, until ${local(window.endsAt, layer)}`;
  return success({ item: withOverride(item, "off", formatInstant(window.endsAt), motive), said });
}

function activityNow({ layer, now }: Present): Result<Activity, string> {
  const refusal = whyNotAtAll(layer) ?? whyHeldOff(layer, now);
  if (refusal !== undefined) return failure(refusal);
  const activity = activityOf(layer, now);
  return activity === undefined ? failure("it is not on now: skip leaves out its next window, override on opens it") : success(activity);
}

function whyNotAtAll(layer: Layer): string | undefined {
  return layer.enabled ? undefined : PAUSED;
}

function whyHeldOff(layer: Layer, now: Instant): string | undefined {
  const override = overrideInForce(layer, now);
  return override?.state === "off" ? `it is held off until ${local(override.until, layer)} already: resume it first` : undefined;
}

function local(at: Instant, layer: Layer): string {
  return formatLocal(at, layer.windows.timeZone);
}
