import { resolve } from "node:path";
import { createCampaignFolder } from "../adapters/files/campaign-folder.ts";
import { badUse } from "./frame/refusal.ts";
import type { Place, PlaceChoice } from "./frame/surroundings.ts";
import type { OpenParts } from "./open-doorman.ts";

const NO_TOKENS_IN_A_FOLDER = "a folder holds no tokens: add the store with --aws";

/**
 * Loads what the place that was chosen needs; the Doorman on this machine unless another is named. A folder needs nothing of AWS, which
 * takes longer to load than to plan a hundred campaigns.
 *
 * @returns what opens the place, and throws a Refusal if the choice makes no sense.
 */
export async function openPlace(choice: PlaceChoice, parts: OpenParts): Promise<() => Place> {
  const chosen = [choice.local === true, choice.aws === true, choice.folder !== undefined].filter(Boolean);
  if (chosen.length > 1) {
    return () => {
      throw badUse("--local, --aws and --folder exclude each other: choose one");
    };
  }
  const { folder } = choice;
  if (folder !== undefined) return () => openFolder(folder, parts);
  const { openAws, openLocal } = await import("./open-doorman.ts");
  return () => (choice.aws === true ? openAws(choice, parts) : openLocal(parts));
}

function openFolder(folder: string, parts: OpenParts): Place {
  if (folder === "") throw badUse("--folder is empty: name a folder");
  const campaigns = createCampaignFolder(resolve(parts.folder, folder));
  return { campaigns, workings: undefined, tokens: NO_TOKENS_IN_A_FOLDER, afterwards: "", unreachable: "", close: () => {} };
}
