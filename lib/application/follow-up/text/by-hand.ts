import { parseTargetKey } from "../../../domain/identifiers.ts";
import { UNSEEN } from "../../../domain/ledger/ledger.ts";
import { isUncertain, isWrong, type Survey, type TargetFinding } from "../findings.ts";
import { type Spell, UNKNOWN } from "../prospect.ts";
import type { Step } from "./step.ts";
import { AUDIENCES, listed, oneLine, shown, valueWords } from "./words.ts";

const MOST_TARGETS = 6;
const MOST_CELLS = 4;

interface Placed {
  readonly target: TargetFinding;
  readonly timeZone: string;
  /** The thing, its store where there are several, and where it stands in Ecwid admin. */
  readonly what: string;
}

/** @returns where a coupon or promotion stands in Ecwid admin. */
export function placeInAdmin({ key }: Pick<TargetFinding, "key">): string {
  return parseTargetKey(key)?.kind === "promotion" ? "Marketing, Promotions" : "Marketing, Discount coupons";
}

function placed({ stores, storeCount }: Survey): readonly Placed[] {
  return stores.flatMap(({ storeId, timeZone, targets }) =>
    targets.map((target) => {
      const store = storeCount > 1 ? `store ${storeId}, ` : "";
      return { target, timeZone, what: `${oneLine(target.name)} (${store}${placeInAdmin(target)})` };
    }),
  );
}

/** The spell in words, of the cells that hold something else at present. */
function wanted({ cells }: Spell, wrong: TargetFinding["prospect"]["wrong"] = []): string {
  const some = wrong.length === 0 ? cells : cells.filter(({ cell }) => wrong.some((each) => each.cell === cell));
  return listed(
    some.map(({ cell, value }) => valueWords(cell, value)),
    MOST_CELLS,
  );
}

/** What it has to be set back to: what is known to follow, else what the last look saw, else what the person found. */
function backTo({ prospect: { should, wrong, next } }: TargetFinding, after: Spell | undefined): string {
  const cell = after?.cells[0] ?? should.cells[0];
  const follows = after?.cells.find(({ value }) => value !== UNSEEN)?.value;
  const found = wrong[0]?.holds;
  const value = [follows, next === undefined || after === next.spell ? found : undefined].find(
    (each) => each !== undefined && each in AUDIENCES,
  );
  if (cell?.cell === "applicationLimit" && value !== undefined) return value;
  return "what you found (note it before you change it)";
}

function openedByHand({ target, timeZone, what }: Placed): string {
  const { should, wrong, next } = target.prospect;
  const end = next === undefined ? "When the campaign ends" : `After ${shown(next.at, timeZone)}`;
  return `${what}: make it ${wanted(should, wrong)}. ${end} set it back to: ${backTo(target, next?.spell)}`;
}

function nowSteps(wrong: readonly Placed[]): readonly Step[] {
  const unknown = wrong.filter(({ target }) => isUncertain(target));
  const sure = wrong.filter(({ target }) => target.prospect.wrong.some(({ holds }) => holds !== UNKNOWN));
  const toOpen = sure.filter(({ target }) => target.prospect.should.campaigns.length > 0);
  const toClose = sure.filter(({ target }) => target.prospect.should.campaigns.length === 0);
  const look = unknown.map(({ target: { prospect }, timeZone, what }) => {
    const { should, wrong: cells, next } = prospect;
    const until = next === undefined ? "" : ` until ${shown(next.at, timeZone)}`;
    const after = next === undefined ? "" : ` After that time look again, and set it back by hand if nobody has.`;
    return `Look at ${what} in Ecwid admin. It should be ${wanted(should, cells)}${until}. If it is, customers notice nothing. If it is not and cannot wait, set it so by hand.${after}`;
  });
  return [
    ...look.slice(0, MOST_TARGETS).map((text) => ({ text, inEcwid: true })),
    ...step("What cannot wait can be opened by hand in Ecwid admin:", toOpen, openedByHand),
    ...(toOpen.length > 0 ? [RULE] : []),
    ...step(
      "What should be over can be closed by hand in Ecwid admin, and stays closed:",
      toClose,
      ({ target: { prospect }, what }) => `${what}: make it ${wanted(prospect.should, prospect.wrong)}`,
    ),
  ];
}

const RULE: Step = {
  inEcwid: true,
  text: "What you open by hand you must close by hand after that time: Doorman will not close it, even if it works again by then. What you find open already, leave alone.",
};

function step(text: string, all: readonly Placed[], itemOf: (each: Placed) => string): readonly Step[] {
  if (all.length === 0) return [];
  const more = all.length - MOST_TARGETS;
  return [{ inEcwid: true, text, items: [...all.slice(0, MOST_TARGETS).map(itemOf), ...(more > 0 ? [`and ${more} more`] : [])] }];
}

/** What is due while Doorman does nothing: first to be opened, then to be closed. */
function laterSteps(coming: readonly Placed[]): readonly Step[] {
  const dueAt = ({ target, timeZone }: Placed) => (target.prospect.next === undefined ? "" : shown(target.prospect.next.at, timeZone));
  const opens = coming.filter(({ target }) => (target.prospect.next?.spell.campaigns.length ?? 0) > 0);
  const closes = coming.filter(({ target }) => target.prospect.next?.spell.campaigns.length === 0);
  return [
    ...step('If no message that begins with "Over" has come by then, open by hand in Ecwid admin:', opens, (each) => {
      const { next } = each.target.prospect;
      const end = next?.until === undefined ? "when the campaign ends" : `after ${shown(next.until, each.timeZone)}`;
      return `at ${dueAt(each)}, ${each.what}: make it ${next === undefined ? "" : wanted(next.spell)}; ${end} set it back to what you found (note it before you change it)`;
    }),
    ...(opens.length > 0 ? [RULE] : []),
    ...step('If no message that begins with "Over" has come by then, close by hand in Ecwid admin:', closes, (each) => {
      const cells = each.target.prospect.next?.spell;
      return `at ${dueAt(each)}, ${each.what}: make it ${cells === undefined ? "" : wanted(cells)}`;
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
