import type { CampaignId } from "../../domain/identifiers.ts";
import { targetKey } from "../../domain/identifiers.ts";
import { formatLocal, type Instant } from "../../domain/instant.ts";
import { overrideInForce } from "../../domain/layers/activity.ts";
import { activeWindow } from "../../domain/windows/active-window.ts";
import { withSaveWarnings } from "../compile/save-warnings.ts";
import type { CampaignCopy, StateTable } from "../ports/state-table.ts";
import { EMPTY_STORE } from "../ports/state-table.ts";
import { statusOf } from "../status/write-status.ts";
import { anyLayerOf, layersOf, type StoreView } from "./store-view.ts";

/** What is known of a campaign at once, before Doorman has taken it up. */
export interface Foretold {
  /** What keeps it from running as it is written: `except[0]: there is no calendar …`. */
  readonly problems: readonly string[];
  readonly warnings: readonly string[];
}

function opensAtOnce(copy: CampaignCopy, at: Instant): readonly string[] {
  const layer = anyLayerOf(copy);
  const override = layer?.enabled === true ? overrideInForce(layer, at) : undefined;
  if (layer === undefined || override?.state !== "on" || activeWindow(layer.windows, at) !== undefined) return [];
  return [`it opens at once, outside its windows: the override forces it on until ${formatLocal(override.until, layer.windows.timeZone)}`];
}

/**
 * Says of a campaign what its status will say once it is compiled, worked out by the same functions.
 *
 * @param view the store as it would run with the campaign as it is written now.
 * @returns nothing for what is no campaign of the view, and while only the store's zone is missing, which Doorman asks for by itself.
 */
export async function foretell(view: StoreView, campaignId: CampaignId, at: Instant): Promise<Foretold> {
  const copy = view.copies.find((each) => each.campaignId === campaignId);
  if (copy === undefined || copy.waitsForZone) return { problems: [], warnings: [] };
  const state: Pick<StateTable, "layersOf"> = {
    layersOf: async (_store, key) =>
      view.copies.flatMap((each) => layersOf(each).flatMap(({ target, layer }) => (targetKey(target) === key ? [layer] : []))),
  };
  const told = await withSaveWarnings(state, view.storeId, copy, at);
  const { warnings } = statusOf(told, campaignId, [], at, view.store ?? EMPTY_STORE);
  const problems = copy.problems.map(({ path, message }) => `${path}: ${message}`);
  return { problems, warnings: [...opensAtOnce(copy, at), ...warnings] };
}
