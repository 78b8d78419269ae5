import { doorman } from "./commands.ts";
import type { Step } from "./step.ts";
import { listed } from "./words.ts";

const MOST_CAMPAIGNS = 3;

/**
 * @param campaigns ids; none known: a placeholder stands for them.
 * @param when what it depends on, before the first word: `Either way`. @param change what is changed in the file.
 * @returns how somebody with Doorman's commands changes a campaign, from the record to the end.
 */
export function changeCampaign(storeId: string, campaigns: readonly string[], when: string, change: string): readonly Step[] {
  const ids = campaigns.length === 0 ? ["<campaign>"] : campaigns.slice(0, MOST_CAMPAIGNS);
  const more =
    campaigns.length > ids.length ? ` Do the same in the other campaigns: ${listed(campaigns.slice(MOST_CAMPAIGNS), MOST_CAMPAIGNS)}.` : "";
  return ids.flatMap((id, index) => [
    { text: `${when}, fetch the campaign ${id}:`, commands: [doorman(`campaign get ${id} --output ${id}.json`, storeId)] },
    {
      text: `In the file ${id}.json ${change} (if nothing is left, set "enabled": false instead); save it and put it at once: a put overwrites what others saved since. A minute later (at the latest after the next hourly look) the list has no more line that begins "${id}:".${more}`,
      commands: [doorman(`campaign put ${id}.json`, storeId), ...(index === ids.length - 1 ? [doorman("campaign list", storeId)] : [])],
    },
  ]);
}
