import type { Instant } from "../../../lib/domain/instant.ts";
import type { Layer, ManualEditPolicy } from "../../../lib/domain/layers/layer.ts";
import type { Moment } from "../../../lib/domain/windows/window-rule.ts";
import { OFFSETS_MS } from "../plan/record.ts";

/**
 * What a layer asks for and when, worked out a second time and in the simplest way, so that the engine's own answer can be held against
 * it: zones without daylight saving, windows that repeat daily or not at all.
 */
export interface Claim {
  readonly campaignId: string;
  readonly policy: ManualEditPolicy;
  readonly priority: number;
  /** As the ledger names it. */
  readonly window: string;
  readonly startedAt: number;
  readonly value: string;
}

const DAY_MS = 86_400_000;

function isoSeconds(at: number): string {
  return new Date(at).toISOString().replace(".000Z", "Z");
}

function placed(moment: Moment, timeZone: string): number {
  if (moment.kind === "fixed") return moment.at;
  const offset = OFFSETS_MS[timeZone];
  if (offset === undefined) throw new RangeError(`the oracle knows no offset for ${timeZone}`);
  return Date.parse(`${moment.dateTime}Z`) - offset;
}

/** All windows of a layer, `[start, end)`. */
function windowsOf({ windows: { start, end, timeZone, repeat } }: Layer): readonly { readonly from: number; readonly to: number }[] {
  const count = Number(/^FREQ=DAILY;COUNT=(\d+)$/.exec(repeat ?? "FREQ=DAILY;COUNT=1")?.[1]);
  const from = placed(start, timeZone);
  const lengthMs = end === undefined ? Number.POSITIVE_INFINITY : placed(end, timeZone) - from;
  return Array.from({ length: count }, (_, day) => ({ from: from + day * DAY_MS, to: from + day * DAY_MS + lengthMs }));
}

const windowsKept = new WeakMap<Layer, ReturnType<typeof windowsOf>>();

function keptWindows(layer: Layer): ReturnType<typeof windowsOf> {
  const kept = windowsKept.get(layer) ?? windowsOf(layer);
  windowsKept.set(layer, kept);
  return kept;
}

function activeAt(layer: Layer, at: number): { readonly window: string; readonly startedAt: number } | undefined {
  const { enabled, override, campaignId } = layer;
  if (!enabled) return undefined;
  if (override !== undefined && at < override.until) {
    if (override.state === "off") return undefined;
    return { window: `${campaignId}@forced-until-${isoSeconds(override.until)}`, startedAt: Number.POSITIVE_INFINITY };
  }
  const on = keptWindows(layer).findLast(({ from, to }) => from <= at && at < to);
  return on === undefined ? undefined : { window: `${campaignId}@${isoSeconds(on.from)}`, startedAt: on.from };
}

/** @param cell `limit`, or the number of a group as text. @returns what the layer asks for there. */
function valueAsked({ ask }: Layer, cell: string): string | undefined {
  if (ask.kind === "coupon") return cell === "limit" ? ask.applicationLimit : undefined;
  const group = Number(cell);
  if (ask.form === "set") return ask.groups.includes(group) ? "in" : "out";
  if (ask.add.includes(group)) return "in";
  return ask.remove.includes(group) ? "out" : undefined;
}

function isStronger(one: Claim, other: Claim): boolean {
  if (one.priority !== other.priority) return one.priority > other.priority;
  if (one.startedAt !== other.startedAt) return one.startedAt > other.startedAt;
  return one.campaignId > other.campaignId;
}

/** @returns who wins a cell at an instant, if anybody asks for it. */
export function winnerAt(layers: readonly Layer[], cell: string, at: number): Claim | undefined {
  let best: Claim | undefined;
  for (const layer of layers) {
    const value = valueAsked(layer, cell);
    const active = value === undefined ? undefined : activeAt(layer, at);
    if (value === undefined || active === undefined) continue;
    const claim = { campaignId: layer.campaignId, policy: layer.onManualEdit, priority: layer.priority, value, ...active };
    if (best === undefined || isStronger(claim, best)) best = claim;
  }
  return best;
}

/** @returns the instants in (from, to] at which a window of one of the layers starts or ends, or an override lapses. */
export function boundariesIn(layers: readonly Layer[], from: number, to: number): readonly number[] {
  const all = layers.flatMap((layer) => [
    ...keptWindows(layer).flatMap((window) => [window.from, window.to]),
    ...(layer.override === undefined ? [] : [layer.override.until]),
  ]);
  return [...new Set(all.filter((at) => from < at && at <= to))];
}

/** Whatever was asked for at any time in a span, by any of the versions of the layers that stood in it; undefined among them: by nobody. */
export function winnersIn(
  log: readonly { readonly at: Instant; readonly layers: readonly Layer[] }[],
  cell: string,
  versions: { readonly from: number; readonly to: number },
  span: { readonly from: number; readonly to: number },
): readonly (Claim | undefined)[] {
  const found: (Claim | undefined)[] = [];
  const last = log.findLastIndex(({ at }) => at <= versions.from);
  const standing = log.slice(Math.max(0, last)).filter(({ at }) => at <= versions.to);
  for (const { layers } of standing.length === 0 || last < 0 ? [{ layers: [] }, ...standing] : standing) {
    const instants = [span.from, span.to, ...boundariesIn(layers, span.from, span.to).flatMap((at) => [at - 1, at])];
    for (const at of new Set(instants)) found.push(winnerAt(layers, cell, at));
  }
  return found;
}

function coversTo(layer: Layer, window: string): number {
  const { override, campaignId } = layer;
  if (override?.state === "on" && window === `${campaignId}@forced-until-${isoSeconds(override.until)}`) return override.until;
  return keptWindows(layer).find(({ from }) => window === `${campaignId}@${isoSeconds(from)}`)?.to ?? Number.NEGATIVE_INFINITY;
}

/**
 * @returns whether a window was over at any time since, by the text that stood then. If a marketer makes it longer after that, it is
 * somebody's decision to begin anew. Held off or disabled, it is not over.
 */
export function wasOver(
  log: readonly { readonly at: Instant; readonly layers: readonly Layer[] }[],
  window: string,
  since: number,
  now: number,
): boolean {
  return log.some(({ at, layers }, index) => {
    const until = Math.min(log[index + 1]?.at ?? now, now);
    if (until <= since || at > now) return false;
    const layer = layers.find(({ campaignId }) => window.startsWith(`${campaignId}@`));
    return layer === undefined || coversTo(layer, window) <= until;
  });
}
