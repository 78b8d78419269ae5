import type { KnownOutlook } from "../../application/commands/outlooks.ts";
import type { Instant } from "../../domain/instant.ts";
import { targetName } from "../text/names.ts";
import { happeningList } from "./happening-list.ts";
import { html, type Markup } from "./markup.ts";
import { zonedMoment } from "./moment-markup.ts";
import { picture } from "./picture.ts";
import type { TargetPlan } from "./plan-of-target.ts";
import { baseText } from "./values.ts";

/** @returns one target: its name, its picture, and the same as a list. */
export function targetSection(plan: TargetPlan, now: Instant): Markup {
  const { known, segments, overrides } = plan;
  const id = targetId(known);
  const label = targetName(known.key, known.label);
  const base = segments[0] === undefined ? "as found" : baseText(segments[0].cells);
  const forced = overrides.map(({ layer, override: { state, until, reason, by } }) => {
    const who = by === undefined ? "" : ` by ${by}`;
    const what = state === "on" ? "forced on" : "held off";
    return html`<p class="note">Override: “${layer.campaignName}” is ${what}${who} until ${zonedMoment(until, known.timeZone)}: ${reason}</p>`;
  });
  return html`<section class="target" aria-labelledby="${id}"><h3 id="${id}">${label}</h3>
<p>Without any campaign: ${base}.</p>${forced}
${picture(plan, now, label)}
${happeningList(plan)}</section>
`;
}

/** @returns the id of a target's heading, for links within the page. */
function targetId({ storeId, key }: Pick<KnownOutlook, "storeId" | "key">): string {
  return `store-${storeId}-${key.replace("#", "-")}`;
}
