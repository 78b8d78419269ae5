import { createHash } from "node:crypto";
import type { KnownOutlook } from "../../application/commands/outlooks.ts";
import type { Instant } from "../../domain/instant.ts";
import { targetName } from "../text/names.ts";
import { legend } from "./legend.ts";
import { escaped, html, type Markup, trusted } from "./markup.ts";
import { zonedMoment } from "./moment-markup.ts";
import { freezesIn, isEventful, planOfTarget } from "./plan-of-target.ts";
import { type StoreSpan, storeHeading, storeHeadingId } from "./store-heading.ts";
import { stylesheet } from "./stylesheet.ts";
import { targetSection } from "./target-section.ts";
import { cellsText } from "./values.ts";

/** One store with the targets that are to be shown. */
export interface StorePlan extends StoreSpan {
  readonly outlooks: readonly KnownOutlook[];
}

/** What a page says of all, and how much of it. */
export interface PageOptions {
  readonly now: Instant;
  /** Coupons and promotions that are drawn; the others are named at the end. */
  readonly mostTargets?: number | undefined;
}

/** More make a page that no telephone opens gladly. */
const MOST_TARGETS = 40;
/** More names are only counted. */
const MOST_NAMES = 200;
/** Patterns that the pictures share. */
const HATCH = trusted(
  `<svg width="0" height="0" aria-hidden="true" focusable="false"><defs><pattern id="hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><line class="hatching" x1="0" x2="0" y1="0" y2="5"/></pattern></defs></svg>`,
);

/**
 * The page stands alone: it loads nothing, and its policy lets nothing be loaded or run.
 *
 * @returns the page in pieces, each store's targets worked out one by one when their piece is asked for.
 */
export function* pageOf(stores: readonly StorePlan[], { now, mostTargets = MOST_TARGETS }: PageOptions): Generator<string, void> {
  yield opening(stores, now).markup;
  let room = mostTargets;
  for (const store of stores) {
    yield `<section aria-labelledby="${storeHeadingId(store.view)}">${storeHeading(store).markup}`;
    room = yield* targetsOf(store, now, room, mostTargets);
    yield "</section>\n";
  }
  yield closing(now, stores[0]?.timeZone ?? "UTC").markup;
}

/** @returns how many more targets may be drawn. */
function* targetsOf(store: StorePlan, now: Instant, room: number, mostTargets: number): Generator<string, number> {
  const freezes = freezesIn(store.view, store.span);
  const quiet: Markup[] = [];
  let left = room;
  let index = 0;
  for (; index < store.outlooks.length && left > 0 && quiet.length < MOST_NAMES; index += 1) {
    const known = store.outlooks[index];
    if (known === undefined) break;
    const plan = planOfTarget(known, store.span, freezes);
    if (isEventful(plan)) {
      left -= 1;
      yield targetSection(plan, now).markup;
    } else quiet.push(html`<li>${targetName(known.key, known.label)}: ${cellsText(plan.segments[0]?.cells ?? [])}</li>`);
  }
  if (quiet.length > 0) yield html`<div class="quiet"><h3>Nothing changes in this span</h3><ul>${quiet}</ul></div>`.markup;
  if (store.outlooks.length === 0) yield html`<p>No campaign names any coupon or promotion of this store.</p>`.markup;
  const rest = store.outlooks.slice(index);
  if (rest.length > 0) yield leftOut(rest, mostTargets).markup;
  return left;
}

function leftOut(rest: readonly KnownOutlook[], mostTargets: number): Markup {
  const names = rest.slice(0, MOST_NAMES).map(({ key, label }) => html`<li>${targetName(key, label)}</li>`);
  const more = rest.length > MOST_NAMES ? html`<li>and ${rest.length - MOST_NAMES} more</li>` : undefined;
  return html`<div class="quiet"><h3>Left out: ${rest.length} coupons and promotions of this store</h3>
<p>A page draws at most ${mostTargets}. Name one with <code>--target</code>, a store with <code>--store</code>, or a shorter span with <code>--from</code> and <code>--to</code>.</p>
<details><summary>Which</summary><ul>${names}${more}</ul></details></div>`;
}

function opening(stores: readonly StorePlan[], now: Instant): Markup {
  const style = stylesheet();
  const policy = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'; base-uri 'none'; form-action 'none'`;
  const title = stores.length === 1 ? `Plan of store ${stores[0]?.view.storeId}` : `Plan of ${stores.length} stores`;
  return html`${trusted(`<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(policy)}">
<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="color-scheme" content="light dark">
<title>${escaped(title)} – Doorman</title>
<style>${style}</style></head>`)}
<body>${HATCH}<a class="skip" href="#plan">Skip to the plan</a>
<header><h1>${title}</h1>
<p>What coupons and promotions will hold, and why, if nobody edits anything. Worked out ${zonedMoment(now, stores[0]?.timeZone ?? "UTC")}.</p></header>
${contents(stores)}<main id="plan">${legend()}
`;
}

function contents(stores: readonly StorePlan[]): Markup {
  if (stores.length < 2) return html``;
  const links = stores.map(({ view, timeZone, outlooks }) => {
    return html`<li><a href="#${storeHeadingId(view)}">Store ${view.storeId}</a> ${outlooks.length} coupons and promotions, ${timeZone}</li>`;
  });
  return html`<nav aria-label="Stores"><ul>${links}</ul></nav>`;
}

function closing(now: Instant, timeZone: string): Markup {
  return html`</main><footer><p>Made by <code>doorman plan --html</code>, ${zonedMoment(now, timeZone)}. “as found” is whatever Ecwid holds before any campaign.</p></footer></body></html>
`;
}
