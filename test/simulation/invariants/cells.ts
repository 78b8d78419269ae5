import type { CellKey } from "../../../lib/domain/ledger/ledger.ts";
import type { TargetValue } from "../world/journal.ts";

/** @param cell `limit`, or a group's number as text. @returns how the ledger calls it. */
export function cellKey(cell: string): CellKey {
  return cell === "limit" ? "applicationLimit" : `group:${Number(cell)}`;
}

/** @returns what a cell holds; undefined where the target is gone or has no such thing. */
function cellValue({ limit, groups }: TargetValue, cell: string): string | undefined {
  if (cell === "limit") return limit;
  if (groups === undefined) return undefined;
  return groups.includes(Number(cell)) ? "in" : "out";
}

/** @returns the cells that differ, with both values. */
export function changesBetween(
  before: TargetValue,
  after: TargetValue,
): readonly { readonly cell: string; readonly was: string; readonly is: string }[] {
  const cells = new Set<string>([
    ...(before.limit === undefined ? [] : ["limit"]),
    ...[...(before.groups ?? []), ...(after.groups ?? [])].map(String),
  ]);
  return [...cells].flatMap((cell) => {
    const [was, is] = [cellValue(before, cell), cellValue(after, cell)];
    return was === undefined || is === undefined || was === is ? [] : [{ cell, was, is }];
  });
}
