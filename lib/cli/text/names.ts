import type { TargetKey } from "../../domain/identifiers.ts";
import { keyInWords } from "../../domain/identifiers.ts";
import type { CellKey, CellValue } from "../../domain/ledger/ledger.ts";
import { plain } from "./plain.ts";

/** @returns a target as people know it: `coupon WELCOME10 (162428889)`, or `coupon 162428889` where nobody has read its name yet. */
export function targetName(key: TargetKey, label: string | undefined): string {
  return plain(label ?? keyInWords(key));
}

/** @returns a cell's value in words: `UNLIMITED`, or `group 1006534 in`. */
export function cellText(cell: CellKey, value: CellValue): string {
  return cell === "applicationLimit" ? value : `${cell.replace(":", " ")} ${value}`;
}

/** @returns a change of a cell in words: `NEW_CUSTOMER_ONLY → UNLIMITED`, or `group 1006534: out → in`. */
export function changeText(cell: CellKey, before: CellValue, after: CellValue): string {
  return `${cell === "applicationLimit" ? "" : `${cell.replace(":", " ")}: `}${before} → ${after}`;
}
