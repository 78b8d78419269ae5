import type { StoreView } from "../../application/commands/store-view.ts";
import { type Instant, plus } from "../../domain/instant.ts";
import { type ClockChange, clockChanges } from "../../domain/windows/clock-changes.ts";
import { html, type Markup } from "./markup.ts";
import { moment, shiftText, zonedMoment } from "./moment-markup.ts";
import { freezesIn, type NamedFreeze } from "./plan-of-target.ts";
import { dayText, type Span } from "./scale.ts";

/** One store over a span, in the zone in which its people read times. */
export interface StoreSpan {
  readonly view: StoreView;
  readonly timeZone: string;
  readonly span: Span;
}

/** @returns the store's name, its span, and what concerns all of its campaigns: freezes, and days on which the clocks are changed. */
export function storeHeading({ view, timeZone, span }: StoreSpan): Markup {
  const freezes = freezesIn(view, span).map((freeze) => freezeText(freeze, timeZone));
  const zones = new Set([timeZone, ...view.copies.flatMap((copy) => copy.timeZone ?? [])]);
  const clocks = [...zones].flatMap((zone) => clockChanges(zone, span.from, span.to).map((change) => clocksText(change, zone)));
  const notices = [...freezes, ...clocks];
  const id = storeHeadingId(view);
  return html`<h2 id="${id}">Store ${view.storeId}</h2>
<p>${moment(span.from, timeZone)} to ${moment(span.to, timeZone)}, times of <b>${timeZone}</b>.</p>
${notices.length === 0 ? undefined : html`<ul class="notices">${notices}</ul>`}
`;
}

/** @returns the id of a store's heading, for links within the page. */
export function storeHeadingId({ storeId }: Pick<StoreView, "storeId">): string {
  return `store-${storeId}`;
}

function freezeText({ calendar, note, from, to }: NamedFreeze, timeZone: string): Markup {
  const [first, last] = [dayText(from, timeZone), dayText(plus(to, -1), timeZone)];
  const days = first === last ? first : `${first} to ${last}`;
  return html`<li><b>Freeze “${calendar}”</b>, ${days}: nothing starts${note === undefined ? "" : ` (${note})`}. From ${zonedMoment(from, timeZone)} up to ${zonedMoment(to, timeZone)}.</li>`;
}

function clocksText({ at, shift }: ClockChange, timeZone: string): Markup {
  const wall = shift > 0 ? "forward" : "back";
  return html`<li><b>Clocks go ${wall} in ${timeZone}</b> (${shiftText(shift)}): ${moment(beforeIt(at), timeZone)} is followed by ${zonedMoment(at, timeZone)}.</li>`;
}

/** The last minute that the wall showed before. */
function beforeIt(at: Instant): Instant {
  return plus(at, -60_000);
}
