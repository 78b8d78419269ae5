import { parseTargetKey } from "../../../domain/identifiers.ts";
import { groupOfCell } from "../../../domain/layers/claims.ts";
import { UNSEEN } from "../../../domain/ledger/ledger.ts";
import type { GroupNames } from "../../ports/state-table.ts";
import type { TargetFinding } from "../findings.ts";
import type { Spell } from "../prospect.ts";
import { groupList, groupOf, listed } from "./words.ts";

const MOST_CELLS = 4;
type Cells = Spell["cells"];

/** @returns whether it is a promotion: those have groups. */
export function isPromotion({ key }: Pick<TargetFinding, "key">): boolean {
  return parseTargetKey(key)?.kind === "promotion";
}

function opposite(cells: Cells): Cells {
  return cells.map(({ cell, value }) => ({ cell, value: value === "in" ? "out" : "in" }));
}

/** @returns the groups after changes of some of them; undefined where nobody knows what they are changed from. */
function groupsAfter({ prospect: { groups } }: TargetFinding, ...changes: readonly Cells[]): readonly number[] | undefined {
  if (groups === undefined) return undefined;
  const left = new Set(groups);
  for (const { cell, value } of changes.flat()) value === "in" ? left.add(groupOfCell(cell)) : left.delete(groupOfCell(cell));
  return [...left];
}

/** Doorman never leaves a promotion without groups: Ecwid does not say whether that means everybody or nobody. */
const NEVER_NONE = " (if no group would remain, do not save: without any it may be open to everyone; forward this message instead)";

/** Where a group is put in, one remains. */
function whatRemains(cells: Cells, left: readonly number[] | undefined, names: GroupNames | undefined): string {
  if (cells.some(({ value }) => value === "in")) return "";
  if (left === undefined || left.length === 0) return NEVER_NONE;
  const all = left.every((group) => names !== undefined && Object.hasOwn(names, String(group)));
  const others = left.length === 1 ? "the other group of it" : `the ${left.length} other groups of it`;
  return `, so that ${all ? groupList(left, names) : others} ${left.length === 1 ? "remains" : "remain"}`;
}

function orders(cells: Cells, names: GroupNames | undefined): string {
  const each = cells.map(({ cell, value }) => `${value === "in" ? "add" : "take out"} ${groupOf(cell, names)}`);
  return listed(each, MOST_CELLS);
}

/** @param cells of a promotion, with what they are to be. @returns that as an order: `add customer group VIP (2) and leave the other groups as they are`. */
export function handChange(target: TargetFinding, cells: Cells, names: GroupNames | undefined): string {
  const known = cells.filter(({ value }) => value !== UNSEEN);
  if (known.length === 0) return "make it as it was before the campaign";
  const remains = whatRemains(known, groupsAfter(target, known), names);
  return `${orders(known, names)} and leave the other groups as they are${remains}`;
}

/**
 * Whoever changed a group only where it was not so already undoes just that.
 *
 * @param changed by hand. @param after what holds then.
 * @returns how it is undone; undefined where nothing is to be undone.
 */
export function handBack(
  target: TargetFinding,
  changed: Cells,
  after: Spell | undefined,
  names: GroupNames | undefined,
): string | undefined {
  const undone = opposite(changed.filter(({ cell, value }) => after?.cells.find((each) => each.cell === cell)?.value !== value));
  if (undone.length === 0) return undefined;
  const remains = whatRemains(undone, groupsAfter(target, changed, undone), names);
  return `${orders(undone, names)} again${remains}`;
}
