import { type Happening, happeningsOf } from "./happenings.ts";
import { html, type Markup } from "./markup.ts";
import { zonedMoment } from "./moment-markup.ts";
import { MOST_SEGMENTS, type TargetPlan } from "./plan-of-target.ts";

/** The rest is folded away. */
const SHOWN_AT_ONCE = 12;

const KINDS: Readonly<Record<Happening["kind"], string>> = {
  first: "At first",
  switch: "Switch",
  same: "No switch",
  skipped: "Skipped",
  clocks: "Clocks",
};

/** @returns all that happens to a target, in words; where there is much of it, folded after the first. */
export function happeningList(plan: TargetPlan): Markup {
  const items = happeningsOf(plan).map((each) => item(each, plan));
  const rest = items.slice(SHOWN_AT_ONCE);
  const folded =
    rest.length === 0
      ? undefined
      : html`<details><summary>${rest.length} more, until the end of the span</summary><ol class="happenings">${rest}</ol></details>`;
  return html`<ol class="happenings">${items.slice(0, SHOWN_AT_ONCE)}</ol>${folded}${cutNote(plan)}`;
}

function item({ at, kind, what, why, contests }: Happening, { known }: TargetPlan): Markup {
  const sentences = contests.map((contest) => html`<li>${contest}</li>`);
  const told = sentences.length === 0 ? undefined : html`<ul>${sentences}</ul>`;
  return html`<li class="${kind}"><p class="when">${zonedMoment(at, known.timeZone)}</p><p class="what"><span class="kind">${KINDS[kind]}</span> ${what}</p><div class="why"><p>${why}</p>${told}</div></li>
`;
}

function cutNote({ cutAt, known }: TargetPlan): Markup | undefined {
  if (cutAt === undefined) return undefined;
  return html`<p class="note">Only the first ${MOST_SEGMENTS} stretches are shown, up to ${zonedMoment(cutAt, known.timeZone)}; what comes later is left out. A later <code>--from</code> shows it.</p>`;
}
