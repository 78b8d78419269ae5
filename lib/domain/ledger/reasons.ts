import type { CampaignId } from "../identifiers.ts";
import { campaignOfWindow } from "../identifiers.ts";
import { formatLocal } from "../instant.ts";
import { overrideInForce } from "../layers/activity.ts";
import { groupOfCell } from "../layers/claims.ts";
import type { Layer } from "../layers/layer.ts";
import { assertNever } from "../result.ts";
import type { CellDecision, CellRule } from "./decide-cell.ts";
import type { TargetDecision } from "./decide-target.ts";
import { UNSEEN } from "./ledger.ts";

/** Rules whose reason a person should hear of even though nothing is written. */
const WORTH_TELLING: ReadonlySet<CellRule> = new Set([
  "already-so",
  "stand-in",
  "enforce",
  "enforce-close",
  "doubt",
  "yield",
  "resume",
  "rebase",
  "keep-close",
  "missing",
]);

/** Rules that a marketer should read of in the campaign's status for as long as they hold; a missing group is one of the target's problems. */
const WARNED: ReadonlySet<CellRule> = new Set(["already-so", "yield", "stand-in"]);

function nameOf(campaignId: CampaignId | undefined, layers: readonly Layer[], nameKept?: string): string {
  const layer = layers.find((each) => each.campaignId === campaignId);
  return `"${layer?.campaignName ?? nameKept ?? campaignId ?? "a campaign"}"`;
}

function holderOf({ heldFor, heldBy }: CellDecision, layers: readonly Layer[]): string {
  return nameOf(heldFor === undefined ? undefined : campaignOfWindow(heldFor), layers, heldBy);
}

/** Why a campaign that held a value does so no more: its window may be over, or somebody may have ended it. */
function howItLeft(decision: CellDecision, layers: readonly Layer[]): string {
  const campaignId = decision.heldFor === undefined ? undefined : campaignOfWindow(decision.heldFor);
  const layer = layers.find((each) => each.campaignId === campaignId);
  if (layer === undefined) return "asks for nothing here any more";
  if (!layer.enabled) return "was disabled";
  const override = overrideInForce(layer, decision.at);
  return override?.state === "off" ? `is held off (${override.reason})` : "is over";
}

function untilWhen(decision: CellDecision): string {
  const activity = decision.winner?.activity;
  if (activity === undefined) return "";
  if (activity.startedAt === "forced") return `is forced on by an override (${activity.layer.override?.reason ?? "no reason given"})`;
  if (activity.endsAt === undefined) return "is on until somebody ends it";
  return `is on until ${formatLocal(activity.endsAt, activity.layer.windows.timeZone)}`;
}

function valueInWords(value: string): string {
  if (value === "in") return "let the group in";
  if (value === "out") return "took the group out";
  return value === UNSEEN ? "set another value" : `set ${value}`;
}

/**
 * @param layers all layers of the target, for their names.
 * @returns one clause a marketer understands: which campaign, and why that leads to this value.
 */
export function reasonOf(decision: CellDecision, layers: readonly Layer[]): string {
  const winner = nameOf(decision.winner?.activity.layer.campaignId, layers);
  const holder = () => holderOf(decision, layers);
  const by = `somebody ${valueInWords(decision.live)} in Ecwid`;
  switch (decision.rule) {
    case "idle":
      return "no campaign asks for anything";
    case "open":
    case "apply":
    case "hold":
      return `${winner} ${untilWhen(decision)}`;
    case "already-so":
      return `${winner} ${untilWhen(decision)}, but what it asks for was there already; it closes to the same unless "afterwards" is given`;
    case "stand-in":
      return `${winner} gave way earlier in this window to a change made by hand`;
    case "close":
      return `${holder()} ${howItLeft(decision, layers)}`;
    case "enforce":
      if (holder() !== winner) return `${by}, which ${holder()} did not allow; now ${winner} ${untilWhen(decision)}`;
      return `${by}, and ${winner} enforces its value`;
    case "enforce-close":
      return `${by}, and ${holder()}, which enforces, ${howItLeft(decision, layers)}`;
    case "doubt":
      return `found something that Doorman did not write; looking again in a minute before believing that ${by}`;
    case "yield":
      return `${by}; ${winner} gives way until its window ends`;
    case "resume":
      return `the change made by hand was taken back; ${winner} goes on`;
    case "rebase":
      return `${by} ${holder() === winner ? `during another window of ${winner}` : `while ${holder()} held it`}, so that is the value to return to; ${winner} ${untilWhen(decision)}`;
    case "missing":
      return `${winner} asks for customer group ${groupOfCell(decision.cell)}, which does not exist in the store; correct the campaign or create the group`;
    case "keep-close":
      return `${holder()} ${howItLeft(decision, layers)}, but ${by}: kept`;
    default:
      return assertNever(decision.rule);
  }
}

/** @returns the reasons of the cells that change, or where none does, of those worth telling; each once, joined by "; ". */
export function explain(decision: TargetDecision, layers: readonly Layer[]): string {
  if (decision.change.kind === "refused") return decision.change.reason;
  const changing = decision.cells.filter(
    ({ cell, want, live }) => want !== live && !decision.leftOut.some((group) => cell === `group:${group}`),
  );
  const told = changing.length > 0 ? changing : decision.cells.filter((cell) => WORTH_TELLING.has(cell.rule));
  const reasons = new Set(told.map((cell) => reasonOf(cell, layers)));
  if (decision.leftOut.length > 0) reasons.add(`customer group ${decision.leftOut.join(", ")} no longer exists and is left out`);
  return reasons.size > 0 ? [...reasons].join("; ") : "everything is in place";
}

/** @returns what each campaign's marketer should know of this decision, beyond that it was carried out. */
export function warningsOf(
  decision: TargetDecision,
  layers: readonly Layer[],
): readonly { readonly campaignId: CampaignId; readonly message: string }[] {
  const told = new Map<string, { readonly campaignId: CampaignId; readonly message: string }>();
  const tell = (campaignId: CampaignId | undefined, message: string) => {
    if (campaignId !== undefined) told.set(`${campaignId} ${message}`, { campaignId, message });
  };
  for (const cell of decision.cells) {
    const campaignId = cell.winner?.activity.layer.campaignId;
    if (WARNED.has(cell.rule)) tell(campaignId, reasonOf(cell, layers));
  }
  return [...told.values()];
}
