import type { Json } from "../../domain/live.ts";
import { closestName } from "../../domain/windows/closest-name.ts";

/** What a column's cells become: a field of the campaign, of one of its coupons, or of one of its promotions. */
export interface Column {
  readonly field: string;
  readonly of: "campaign" | "coupon" | "promotion";
  /** @returns the cell as a record has it; a text that is not what the field wants is handed on, so that the record's own check says so. */
  readonly read: (cell: string) => Json;
}

const text = (cell: string): Json => cell;
/** Spreadsheets write `2026-11-27 18:00`. */
const time = (cell: string): Json => cell.replace(/^(\d{4}-\d{2}-\d{2}) (?=\d)/, "$1T");
const number = (cell: string): Json => (/^-?\d{1,15}$/.test(cell) ? Number(cell) : cell);
const list = (cell: string): readonly string[] => cell.split(/[\s,;|]+/).filter((each) => each !== "");
const texts = (cell: string): Json => list(cell);
const numbers = (cell: string): Json => list(cell).map(number);
const YES = new Set(["true", "yes", "1"]);
const NO = new Set(["false", "no", "0"]);
const truth = (cell: string): Json => (YES.has(cell.toLowerCase()) ? true : NO.has(cell.toLowerCase()) ? false : cell);

const COLUMNS: readonly Column[] = [
  { field: "storeId", of: "campaign", read: text },
  { field: "campaignId", of: "campaign", read: text },
  { field: "name", of: "campaign", read: text },
  { field: "start", of: "campaign", read: time },
  { field: "end", of: "campaign", read: time },
  { field: "timeZone", of: "campaign", read: text },
  { field: "repeat", of: "campaign", read: text },
  { field: "except", of: "campaign", read: texts },
  { field: "couponId", of: "coupon", read: text },
  { field: "applicationLimit", of: "coupon", read: text },
  { field: "afterwards", of: "coupon", read: text },
  { field: "promotionId", of: "promotion", read: text },
  { field: "addGroups", of: "promotion", read: numbers },
  { field: "removeGroups", of: "promotion", read: numbers },
  { field: "setGroups", of: "promotion", read: numbers },
  { field: "priority", of: "campaign", read: number },
  { field: "onManualEdit", of: "campaign", read: text },
  { field: "ignoreFreeze", of: "campaign", read: text },
  { field: "enabled", of: "campaign", read: truth },
  { field: "note", of: "campaign", read: text },
];

/** @returns the column that a heading means, however it is spelt: `Campaign ID`, `campaign_id` and `campaignId` are the same. */
export function columnOf(heading: string): Column | undefined {
  const bare = bareOf(heading);
  return COLUMNS.find(({ field }) => bareOf(field) === bare);
}

/** @returns what is wrong with a heading that is no column. */
export function noSuchColumn(heading: string): string {
  const names = COLUMNS.map(({ field }) => field);
  const meant = closestName(heading.replaceAll(/[\s_-]/g, ""), names);
  const there = meant === undefined ? `the columns are ${names.join(", ")}` : `did you mean ${meant}?`;
  return `there is no column "${heading}": ${there}`;
}

function bareOf(heading: string): string {
  return heading.replaceAll(/[\s_-]/g, "").toLowerCase();
}
