import type { StoreView } from "../../application/commands/store-view.ts";
import { plain } from "../text/plain.ts";
import { Refusal } from "./refusal.ts";

const MOST_NAMED = 5;

/**
 * For a command that found no coupon or promotion to speak of.
 *
 * @throws Refusal naming the campaigns that have no version that runs, if there are any: then nobody can say what will happen.
 */
export function refuseNotPlanned(views: readonly StoreView[]): void {
  const copies = views.flatMap((view) => view.copies).filter((copy) => copy.campaign === undefined || copy.timeZone === undefined);
  if (copies.length === 0) return;
  const named = copies.slice(0, MOST_NAMED).map(({ campaignId, problems: [problem] }) => {
    const why = problem === undefined ? "it cannot be read" : `${problem.path}: ${problem.message}`;
    return `${campaignId}: ${why}`;
  });
  const more = copies.length > MOST_NAMED ? [`and ${copies.length - MOST_NAMED} more: doorman campaign list names them`] : [];
  const count = copies.length === 1 ? "1 campaign" : `${copies.length} campaigns`;
  throw new Refusal(plain(`${count} cannot be planned: ${[...named, ...more].join("; ")}`));
}
