import type { CellKey } from "../../../domain/ledger/ledger.ts";
import type { GroupNames } from "../../ports/state-table.ts";
import { isUncertain, isWrong, type Survey, type TargetFinding } from "../findings.ts";
import { type Spell, UNKNOWN } from "../prospect.ts";
import { handBack, handChange, isPromotion } from "./by-hand-groups.ts";
import { isPlanLack } from "./headline-words.ts";
import type { Step } from "./step.ts";
import { AUDIENCES, listed, oneLine, shown, valueWords } from "./words.ts";

const MOST_TARGETS = 6;
const MOST_CELLS = 4;

interface Placed {
  readonly target: TargetFinding;
  readonly storeId: string;
  readonly timeZone: string;
  readonly names: GroupNames | undefined;
  /** The thing, and where it stands in Ecwid admin. */
  readonly what: string;
  /** Its store's plan does not include it any more. */
  readonly isPlanLacking: boolean;
}

/** @returns where coupons or promotions stand in Ecwid admin. */
export function placeInAdmin(target: Pick<TargetFinding, "key">): string {
  return isPromotion(target) ? "Marketing, Promotions" : "Marketing, Discount Coupons";
}

/** Where in one of them the audience stands (support.ecwid.com: "Discount coupons"; read 2026-11-22). */
function placeOfAudience(target: TargetFinding): string {
  const field = isPromotion(target) ? "open it, Customer groups" : "open it, click its limits, Customers";
  return `${placeInAdmin(target)}: ${field}`;
}

function placed({ stores }: Survey): readonly Placed[] {
  return stores.flatMap(({ storeId, timeZone, targets, groupNames, causes }) =>
    targets.map((target) => {
      const what = `${oneLine(target.name)} (${placeOfAudience(target)})`;
      const isPlanLacking = causes.some((cause) => isPlanLack(cause) && (cause.kind === "promotion") === isPromotion(target));
      return { target, storeId, timeZone, names: groupNames, what, isPlanLacking };
    }),
  );
}

/** The spell in words, of the cells that hold something else at present. */
function wanted({ cells }: Spell, names: GroupNames | undefined, wrong: TargetFinding["prospect"]["wrong"] = []): string {
  const some = wrong.length === 0 ? cells : cells.filter(({ cell }) => wrong.some((each) => each.cell === cell));
  return listed(
    some.map(({ cell, value }) => valueWords(cell, value, names)),
    MOST_CELLS,
  );
}

const AS_NOTED = "back to what you found (note it before you change it)";

/** What is to be done once the campaign is over: what is known to follow, else what the last look saw, else what the person found. */
function back(target: TargetFinding, changed: Spell["cells"], after: Spell | undefined, names: GroupNames | undefined): string {
  if (isPromotion(target)) return handBack(target, changed, after, names) ?? AS_NOTED;
  const isAudience = (value: string | undefined) => value !== undefined && value in AUDIENCES;
  const follows = after?.cells.find(({ value }) => isAudience(value))?.value;
  const found = target.prospect.wrong[0]?.holds;
  const value = [follows, after === undefined ? found : undefined].find(isAudience);
  return value === undefined ? AS_NOTED : `back to ${AUDIENCES[value]} (${value})`;
}

/** The cells that a person changes by hand. */
function changedCells({ prospect: { should, wrong } }: TargetFinding): Spell["cells"] {
  return should.cells.filter(({ cell }: { readonly cell: CellKey }) => wrong.some((each) => each.cell === cell));
}

function openedByHand({ target, timeZone, names, what }: Placed): string {
  const { next } = target.prospect;
  const end = next === undefined ? "When the campaign ends" : `After ${shown(next.at, timeZone)}`;
  return `${what}: ${made(target, changedCells(target), names)}, and save. ${end}: ${back(target, changedCells(target), next?.spell, names)}`;
}

function lookStep({ target, storeId, timeZone, names, what }: Placed): Step {
  const { should, wrong, next } = target.prospect;
  const until = next === undefined ? "" : ` until ${shown(next.at, timeZone)}`;
  const then = back(target, changedCells(target), next?.spell, names);
  const after = next === undefined ? "" : ` Look again after that time, and if it is still so: ${then}.`;
  return {
    inEcwid: true,
    text: `Look at ${what} in Ecwid admin of store ${storeId}. It should be ${wanted(should, names, wrong)}${until}. If it is, customers notice nothing. If not, and if it cannot wait, set it so, and save.${after}`,
  };
}

function nowSteps(wrong: readonly Placed[]): readonly Step[] {
  const unknown = wrong.filter(({ target }) => isUncertain(target));
  const sure = wrong.filter(({ target }) => target.prospect.wrong.some(({ holds }) => holds !== UNKNOWN));
  const toOpen = sure.filter(({ target }) => target.prospect.should.campaigns.length > 0);
  const toClose = sure.filter(({ target }) => target.prospect.should.campaigns.length === 0);
  return [
    ...unknown.slice(0, MOST_TARGETS).map(lookStep),
    ...step("what cannot wait can be opened by hand in Ecwid admin of", "", toOpen, openedByHand),
    ...(toOpen.length > 0 ? [RULE] : []),
    ...step("what should be over can be closed by hand in Ecwid admin of", ", and stays closed", toClose, ({ target, names, what }) => {
      return `${what}: ${made(target, changedCells(target), names)}, and save`;
    }),
  ];
}

const RULE: Step = {
  inEcwid: true,
  text: "What you open by hand, close by hand after that time: Doorman will not close it, even if it works again by then. What you find open already, leave alone; look after that time, and close it if it is still open.",
};

/** A step for each store, because people sign in to one at a time. @param before the store, and @param behind it, in the heading. */
function step(before: string, behind: string, all: readonly Placed[], itemOf: (each: Placed) => string): readonly Step[] {
  const stores = [...Map.groupBy(all.slice(0, MOST_TARGETS), ({ storeId, isPlanLacking }) => `${storeId} ${isPlanLacking}`).values()];
  const more = all.length - MOST_TARGETS;
  return stores.flatMap((some, index) => {
    const [first] = some;
    if (first === undefined) return [];
    const start = first.isPlanLacking
      ? `Once the plan includes it again, ${before}`
      : `${before.charAt(0).toUpperCase()}${before.slice(1)}`;
    const rest = more > 0 && index === stores.length - 1 ? [`and ${more} more`] : [];
    return [{ inEcwid: true, text: `${start} store ${first.storeId}${behind}:`, items: [...some.map(itemOf), ...rest] }];
  });
}

function dueAt({ target, timeZone }: Placed): string {
  return target.prospect.next === undefined ? "" : shown(target.prospect.next.at, timeZone);
}

/** What is to be changed in Ecwid, as an order. */
function made(target: TargetFinding, cells: Spell["cells"], names: GroupNames | undefined): string {
  return isPromotion(target) ? handChange(target, cells, names) : `make it ${wanted({ cells, campaigns: [] }, names)}`;
}

/** What another value comes to, of what it holds now. */
function openedLater(each: Placed): string {
  const { target, timeZone, names, what } = each;
  const { next, should } = target.prospect;
  const cells = next?.spell.cells ?? [];
  const changed = cells.filter(({ cell, value }) => should.cells.find((now) => now.cell === cell)?.value !== value);
  const end = next?.until === undefined ? "When the campaign ends" : `After ${shown(next.until, timeZone)}`;
  return `at ${dueAt(each)}, ${what}: ${made(target, changed, names)}, and save. ${end}: ${back(target, changed, should, names)}`;
}

/** What is due while Doorman does nothing: first to be opened, then to be closed. */
function laterSteps(coming: readonly Placed[]): readonly Step[] {
  const opens = coming.filter(({ target }) => (target.prospect.next?.spell.campaigns.length ?? 0) > 0);
  const closes = coming.filter(({ target }) => target.prospect.next?.spell.campaigns.length === 0);
  return [
    ...step("a few minutes after these times, open by hand in Ecwid admin of", " what Doorman has not opened", opens, openedLater),
    ...(opens.length > 0 ? [RULE] : []),
    ...step("a few minutes after these times, close by hand in Ecwid admin of", " what Doorman has not closed", closes, (each) => {
      const cells = each.target.prospect.next?.spell.cells ?? [];
      return `at ${dueAt(each)}, ${each.what}: ${made(each.target, cells, each.names)}, and save`;
    }),
  ];
}

/**
 * @returns what people can do in Ecwid while Doorman cannot, and what they have to undo: what nobody holds is taken for what was there before
 * (the table of cells: `base := live`), so that what is opened by hand would stay open.
 *
 * @param isNowOnly only what is wrong already: the rest is not concerned.
 */
export function byHandSteps(survey: Survey, isNowOnly: boolean): readonly Step[] {
  const all = placed(survey);
  const wrong = all.filter(({ target }) => isWrong(target) && target.prospect.wrong.length > 0);
  if (wrong.length > 0) return nowSteps(wrong);
  return isNowOnly ? [] : laterSteps(all.filter(({ target }) => target.prospect.next !== undefined));
}
