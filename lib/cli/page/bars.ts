import type { Instant } from "../../domain/instant.ts";
import type { Segment } from "../../domain/timeline/timeline.ts";
import type { Bar, Lane } from "./lanes.ts";
import { html, type Markup } from "./markup.ts";
import { momentText } from "./moment-markup.ts";
import type { TargetPlan } from "./plan-of-target.ts";
import { percent, type Span } from "./scale.ts";
import { cellsText, TONE_NAMES, type Tone, toneOfCells } from "./values.ts";

/** A letter is about so wide, and a picture at least and, on a desk, about so wide: pixels. */
const LETTER = 7;
const NARROW = 320;
const WIDE = 900;

/** The fuller the bar, the more people: the whole height is everyone, the lower half new customers, the upper half returning ones. */
const SHAPES: Readonly<Record<Tone, readonly [y: number, height: number]>> = {
  everyone: [2, 28],
  newcomers: [15, 15],
  returning: [2, 15],
  groups: [2, 28],
  found: [15, 2],
};

interface Held {
  readonly from: Instant;
  readonly to: Instant | undefined;
  readonly tone: Tone;
  readonly text: string;
}

/** @returns what a target holds over the span, whoever brings it about. */
export function liveBars({ segments, span, known }: TargetPlan): readonly Markup[] {
  return heldOver(segments).map(({ from, to, tone, text }) => {
    const extent = extentOf({ from, to }, span);
    const [y, height] = SHAPES[tone];
    const place = tone === "found" ? { y: 11 } : { y: y + height / 2 + 4, on: tone };
    const label = (tone === "groups" ? barText(text, extent, place) : undefined) ?? barText(TONE_NAMES[tone], extent, place);
    const title = html`<title>${`${text} from ${momentText(from, known.timeZone)}`}</title>`;
    return html`<g>${title}<rect class="bar ${tone}" x="${extent.x}%" y="${y}" width="${extent.width}%" height="${height}" rx="2"/>${label}</g>`;
  });
}

/** Who wins may change while the value stays. */
function heldOver(segments: readonly Segment[]): readonly Held[] {
  const held: Held[] = [];
  for (const { from, to, cells } of segments) {
    const next = { from, to, tone: toneOfCells(cells), text: cellsText(cells) };
    const last = held.at(-1);
    const goesOn = last?.text === next.text;
    held.splice(goesOn ? -1 : held.length, 1, goesOn ? { ...next, from: last.from } : next);
  }
  return held;
}

/** @returns a stretch over which a campaign is on: filled where it has its way, hatched where it has not. */
export function campaignBar(bar: Bar, lane: Lane, { span, known }: TargetPlan): Markup {
  const { x, width } = extentOf(bar, span);
  const isPart = bar.state === "partly";
  const tone = bar.state === "loses" ? "loses" : lane.tone;
  const height = isPart ? 8 : 16;
  const lower = isPart ? html`<rect class="bar loses" x="${x}%" y="12" width="${width}%" height="8"/>` : undefined;
  const forced = bar.isForced ? barText("forced", { x, width }, { y: 16, on: tone }) : undefined;
  const shape = html`<rect class="bar ${tone}" x="${x}%" y="4" width="${width}%" height="${height}" rx="2"/>`;
  return html`<g><title>${titleOf(bar, lane, known.timeZone)}</title>${shape}${lower}${forced}</g>`;
}

/** @returns a text that begins in a bar: nothing where it does not fit, and on narrow pages only where it does there too. */
export function barText(text: string, extent: Extent, { y, on }: { readonly y: number; readonly on?: string }): Markup | undefined {
  const needs = text.length * LETTER + 10;
  if ((extent.width / 100) * WIDE < needs) return undefined;
  const classes = [(extent.width / 100) * NARROW < needs ? "roomy" : "", on === undefined ? "" : `on${on}`].join(" ").trim();
  return html`<svg x="${extent.x}%" width="${extent.width}%"><text class="${classes}" x="6" y="${y}">${text}</text></svg>`;
}

/** Where something is in a picture, in percent of its width. */
export interface Extent {
  readonly x: number;
  readonly width: number;
}

/** @returns where a stretch is; one without end reaches to the edge. */
export function extentOf({ from, to }: { readonly from: Instant; readonly to: Instant | undefined }, span: Span): Extent {
  const x = percent(from, span);
  return { x, width: Math.round(((to === undefined ? 100 : percent(to, span)) - x) * 1_000) / 1_000 };
}

function titleOf({ from, to, isForced, because }: Bar, { name }: Lane, timeZone: string): string {
  const until = to === undefined ? "with no end set" : `to ${momentText(to, timeZone)}`;
  return [`${name}: ${momentText(from, timeZone)} ${until}`, isForced ? "forced on" : "", because].filter((part) => part !== "").join(", ");
}
