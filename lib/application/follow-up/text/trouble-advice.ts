import type { TargetFinding } from "../findings.ts";
import { placeInAdmin } from "./by-hand.ts";
import { doorman, typed } from "./commands.ts";
import type { Step } from "./step.ts";
import { oneLine } from "./words.ts";

/** What a marketer does about each kind of trouble, and how it looks once it is done. */
const REMEDIES: Readonly<Record<string, string>> = {
  PAUSED: "switch it on again (it is paused)",
  DISABLED: "switch it on again (it is disabled)",
  EXPIRED: "give it an end that lies behind the campaign's, or none (it has expired)",
  USEDUP: "raise how often it may be used (it is used up)",
  BEGINS_LATE: "let it begin before the campaign does",
  ENDS_EARLY: "give it an end that lies behind the campaign's, or none",
  HOURS: "take its own weekly hours off, or make them as wide as the campaign's",
  HOURS_UNREADABLE: "compare its own weekly hours with the campaign's",
  NO_GROUP_LIST:
    "limit it to the customer groups that may use it outside the campaign: without any it is open to everyone, and Doorman leaves it alone",
  EMPTY_GROUP_LIST: "choose at least one customer group for it, or have the campaign leave one in",
  TOO_MANY_GROUPS: "limit it to fewer customer groups (200 at most, with the campaign's)",
  TRIGGERS_LOST:
    "compare all its conditions with what you expect, and correct what is missing: Doorman put them back as it had found them, and leaves it alone since",
};

function checkedBy(storeId: string, target: TargetFinding): Step {
  return {
    text: "Once that is done, Doorman finds out within the hour; at once with this, which then has no note:",
    commands: [doorman(`now ${typed(target.key)}`, storeId)],
  };
}

/** @returns what to do about what in Ecwid keeps a coupon or promotion from doing what its campaign means. */
export function troubleSteps(storeId: string, target: TargetFinding, code: string): readonly Step[] {
  const place = `In Ecwid admin of store ${storeId} (${placeInAdmin(target)}) open ${oneLine(target.name)}`;
  if (code === "READ_ONLY") {
    const text = `${oneLine(target.name)} of store ${storeId} is managed in Retail POS: change it there. Or forward this message and write "take it out of the campaign".`;
    return [{ inEcwid: true, text }, checkedBy(storeId, target)];
  }
  const remedy = REMEDIES[code] ?? "put right what is named below";
  return [{ inEcwid: true, text: `${place}, ${remedy}, and save.` }, checkedBy(storeId, target)];
}
