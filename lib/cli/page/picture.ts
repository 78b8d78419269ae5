import { DAY, type Instant } from "../../domain/instant.ts";
import { barText, campaignBar, extentOf, liveBars } from "./bars.ts";
import { type Lane, lanesOf } from "./lanes.ts";
import { html, type Markup } from "./markup.ts";
import { momentText, shiftText } from "./moment-markup.ts";
import type { NamedFreeze, SkippedStart, TargetPlan } from "./plan-of-target.ts";
import { percent, ticksOf } from "./scale.ts";

/** More campaigns than that over one target are left to the list. */
const MOST_LANES = 16;
/** Of a campaign, in letters: more would push the pictures of the others away. */
const LONGEST_NAME = 56;
/** From then on a telephone's width is too little: the picture scrolls in its own region. */
const LONG_SPAN_MS = 15 * DAY;
/** @returns the picture of a target: what it holds above, and a line for each campaign below it. The list says the same in words. */
export function picture(plan: TargetPlan, now: Instant, label: string): Markup {
  const { span, known } = plan;
  const lanes = lanesOf(plan);
  const more = lanes.length - MOST_LANES;
  const isLong = span.to - span.from > LONG_SPAN_MS;
  const ticks = ticksOf(span, known.timeZone).map(({ at }) => line(at, plan, "tick"));
  const behind = html`${ticks}${plan.freezes.map((freeze) => freezeBand(freeze, plan))}${plan.clocks.map(({ at }) => line(at, plan, "clocks"))}`;
  const tracks = lanes.slice(0, MOST_LANES).map((lane) => laneMarkup(lane, plan, behind));
  const left = more > 0 ? html`<p class="note">${more} more campaigns are on here: they are in the list below.</p>` : undefined;
  return html`<figure class="picture">
<div class="scroll" role="region" tabindex="0" aria-label="${`Picture of ${label}`}"><div class="${isLong ? "lanes long" : "lanes"}">
${axis(plan, now)}${notices(plan)}
<div class="lane live"><p class="who"><b>Live</b> <span>what customers get</span></p>
<svg class="track" aria-hidden="true">${behind}${liveBars(plan)}</svg></div>
${tracks}</div></div>${left}
<figcaption>Times of ${known.timeZone}. The list below says the same in words.${isLong ? html`<span class="sideways"> The picture scrolls sideways.</span>` : undefined}</figcaption></figure>`;
}

/** Too near to the edge a label would be cut off. */
const LAST_LABEL = 94;

function axis(plan: TargetPlan, now: Instant): Markup {
  const { span, known } = plan;
  const ticks = ticksOf(span, known.timeZone).map(({ at, labels: [upper, lower] }) => {
    const x = percent(at, span);
    const labels = html`<text x="${x}%" dx="4" y="12">${upper}</text><text class="faint" x="${x}%" dx="4" y="26">${lower}</text>`;
    return html`${line(at, plan, "tick")}${x > LAST_LABEL ? undefined : labels}`;
  });
  const present = now > span.from && now < span.to ? line(now, plan, "now") : undefined;
  return html`<div class="lane axis"><p class="who"></p><svg class="track" aria-hidden="true">${ticks}${present}</svg></div>`;
}

/** A line of its own for what no campaign does: freezes, and clocks that are changed. */
function notices(plan: TargetPlan): Markup | undefined {
  const { freezes, clocks, span } = plan;
  if (freezes.length === 0 && clocks.length === 0) return undefined;
  const bands = freezes.map((freeze) => {
    const text = barText(freeze.calendar, extentOf(freeze, span), { y: 16 });
    return html`<g><title>freeze ${freeze.calendar}</title>${freezeBand(freeze, plan)}${text}</g>`;
  });
  const marks = clocks.map(({ at, shift }) => {
    const x = percent(at, span);
    const isNearEnd = x > 85;
    return html`${line(at, plan, "clocks")}<text class="clockstext" x="${x}%" dx="${isNearEnd ? -5 : 5}" y="16" text-anchor="${isNearEnd ? "end" : "start"}">${shiftText(shift)}</text>`;
  });
  const names = [freezes.length > 0 ? "Freeze" : "", clocks.length > 0 ? "Clocks" : ""].filter((name) => name !== "").join(" / ");
  return html`<div class="lane notices"><p class="who">${names} <span>${[...new Set(freezes.map(({ calendar }) => calendar))].join(", ")}</span></p><svg class="track" aria-hidden="true">${bands}${marks}</svg></div>`;
}

function laneMarkup(lane: Lane, plan: TargetPlan, behind: Markup): Markup {
  const { heldOffUntil, bars, name, asks, priority } = lane;
  const { timeZone } = plan.known;
  const heldOff =
    heldOffUntil === undefined
      ? undefined
      : html`<rect class="heldoff" x="1" y="5" width="${percent(heldOffUntil, plan.span)}%" height="14" rx="2"><title>held off until ${momentText(heldOffUntil, timeZone)}</title></rect>`;
  const endless = bars.some(({ to }) => to === undefined) ? " · no end set" : "";
  return html`<div class="lane"><p class="who"><b>${shortened(name)}</b> <span>${asks} · priority ${priority}${endless}</span></p>
<svg class="track" aria-hidden="true">${behind}${heldOff}${bars.map((bar) => campaignBar(bar, lane, plan))}${lane.skipped.map((each) => cross(each, plan))}</svg></div>
`;
}

/** The list has the whole name. */
function shortened(name: string): string {
  const letters = [...name];
  return letters.length > LONGEST_NAME ? `${letters.slice(0, LONGEST_NAME - 1).join("")}…` : name;
}

function cross({ window, calendar }: SkippedStart, { span, known }: TargetPlan): Markup {
  const title = `${momentText(window.startsAt, known.timeZone)}: does not start, freeze ${calendar ?? ""}`;
  return html`<svg class="skipped" x="${percent(window.startsAt, span)}%" y="12"><title>${title}</title><path d="M-5-5 5 5M-5 5 5-5"/></svg>`;
}

function freezeBand(freeze: NamedFreeze, { span }: TargetPlan): Markup {
  const { x, width } = extentOf(freeze, span);
  return html`<rect class="freeze" x="${x}%" y="0" width="${width}%" height="100%"/>`;
}

function line(at: Instant, { span }: TargetPlan, kind: "tick" | "clocks" | "now"): Markup {
  const x = percent(at, span);
  return html`<line class="${kind}" x1="${x}%" x2="${x}%" y1="0" y2="100%"/>`;
}
