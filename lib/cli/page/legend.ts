import { html, type Markup } from "./markup.ts";

const ENTRIES: readonly (readonly [swatch: Markup, meaning: string])[] = [
  [bar("everyone", 2, 20), "everyone (UNLIMITED): full height"],
  [bar("newcomers", 12, 10), "new customers (NEW_CUSTOMER_ONLY): lower half"],
  [bar("returning", 2, 10), "returning customers (REPEAT_CUSTOMER_ONLY): upper half"],
  [bar("groups", 2, 20), "customer groups of a promotion are changed"],
  [bar("found", 11, 2), "as found: nothing is changed"],
  [bar("loses", 4, 16), "hatched: the campaign is on, but loses to a stronger one"],
  [html`${bar("groups", 2, 10)}${bar("loses", 12, 10)}`, "half hatched: it wins a part and loses a part"],
  [html`<rect class="freeze" width="44" height="24"/>`, "shaded: a freeze, nothing starts"],
  [html`<svg class="skipped" x="22" y="12" overflow="visible"><path d="M-5-5 5 5M-5 5 5-5"/></svg>`, "cross: a start that a freeze skips"],
  [html`<rect class="heldoff" x="1" y="5" width="42" height="14" rx="2"/>`, "dotted outline: held off by an override"],
  [html`<line class="clocks" x1="22" x2="22" y1="0" y2="24"/>`, "dashed line: clocks are changed (+1 h, −1 h)"],
  [html`<line class="now" x1="22" x2="22" y1="0" y2="24"/>`, "line on the dates: now"],
];

/** @returns what the marks of the pictures mean; none is told apart by its colour alone. */
export function legend(): Markup {
  const items = ENTRIES.map(
    ([swatch, meaning]) =>
      html`<li><svg class="swatch" width="44" height="24" aria-hidden="true">${swatch}</svg><span>${meaning}</span></li>`,
  );
  return html`<section class="legend" aria-labelledby="legend"><h2 id="legend">How to read the pictures</h2><ul>${items}</ul></section>`;
}

function bar(tone: string, y: number, height: number): Markup {
  return html`<rect class="bar ${tone}" x="1" y="${y}" width="42" height="${height}" rx="2"/>`;
}
