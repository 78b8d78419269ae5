import { DAY, formatLocal, HOUR, type Instant, MINUTE } from "../../../domain/instant.ts";
import { groupOfCell } from "../../../domain/layers/claims.ts";
import { type CellKey, UNSEEN } from "../../../domain/ledger/ledger.ts";
import type { GroupNames } from "../../ports/state-table.ts";
import type { NamedCampaign } from "../prospect.ts";

/** Controls, line ends and marks that turn the direction of text: a campaign's name must not write lines of its own. */
const GARBLING = /[\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069]+/gu;
/** Ecwid's tokens begin so. None should come this far; what looks like one goes, whoever's it is. */
const TOKEN_LIKE = /\b(secret|public)_\w+/gi;
const LONGEST_NAME = 120;

/** @returns foreign text on one line, without what looks like a token, cut to a length that leaves room for others. */
export function oneLine(text: string, longest = LONGEST_NAME): string {
  const line = text.replaceAll(GARBLING, " ").replaceAll(TOKEN_LIKE, "[token]").trim();
  return line.length <= longest ? line : `${line.slice(0, longest - 3)}...`;
}

/** @returns wall-clock time with its zone, to the minute where there are no seconds: `2026-11-27 12:00 Europe/Berlin`. */
export function shown(at: Instant, timeZone: string): string {
  const text = formatLocal(at, timeZone);
  const [time, zone] = [text.slice(0, -timeZone.length - 1), text.slice(-timeZone.length)];
  return `${time.endsWith(":00") ? time.slice(0, -3) : time} ${zone}`;
}

/** @returns wall-clock time as records and commands take it: `2026-11-27T22:00`. */
export function typedTime(at: Instant, timeZone: string): string {
  return shown(at, timeZone)
    .slice(0, -timeZone.length - 1)
    .replace(" ", "T");
}

/** @returns `open from … until …`, as far as it is known; else nothing. */
export function windowText(opensAt: Instant | undefined, closesAt: Instant | undefined, timeZone: string): string {
  if (opensAt === undefined) return "";
  return `open from ${shown(opensAt, timeZone)}${closesAt === undefined ? ", without an end" : ` until ${shown(closesAt, timeZone)}`}`;
}

/** @returns how long something took: `5 minutes`, `1 h 12 min`, `3 days 4 h`. */
export function duration(milliseconds: number): string {
  const minutes = Math.max(1, Math.round(milliseconds / MINUTE));
  if (minutes < 60) return counted(minutes, "minute");
  const hours = Math.floor((minutes * MINUTE) / HOUR);
  if (hours < 48) return minutes % 60 === 0 ? `${hours} h` : `${hours} h ${minutes % 60} min`;
  const days = Math.floor((hours * HOUR) / DAY);
  return `${days} days${hours % 24 === 0 ? "" : ` ${hours % 24} h`}`;
}

/** @returns `1 store`, `3 stores`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** @returns the first of them, and how many more there are: `a, b and 37 more`. */
export function listed(texts: readonly string[], most: number, count = texts.length): string {
  const first = texts.slice(0, most);
  const more = count - first.length;
  return more > 0 ? `${first.join(", ")} and ${more} more` : first.join(", ");
}

export const AUDIENCES: Readonly<Record<string, string>> = {
  UNLIMITED: "everyone",
  NEW_CUSTOMER_ONLY: "new customers only",
  REPEAT_CUSTOMER_ONLY: "returning customers only",
};

/** @returns a customer group as people know it, with its number: `VIP (2)`, and `2` where its name is not known. */
function groupName(number: string, names: GroupNames): string {
  const name = Object.hasOwn(names, number) ? names[number] : undefined;
  return name === undefined ? number : `${oneLine(name, 60)} (${number})`;
}

/** @returns foreign text with the customer groups that it gives by their numbers called what people call them. */
export function withGroupNames(text: string, names: GroupNames = {}): string {
  return text.replaceAll(/\bcustomer group (\d+)\b/g, (_all, number: string) => `customer group ${groupName(number, names)}`);
}

/** @returns groups as people know them: `General (0), VIP (2) and 5 more`. */
export function groupList(groups: readonly number[], names: GroupNames = {}, most = 6): string {
  return listed(
    groups.map((group) => groupName(String(group), names)),
    most,
  );
}

/** @returns the group of a promotion's cell as people know it. */
export function groupOf(cell: CellKey, names: GroupNames = {}): string {
  return `customer group ${groupName(String(groupOfCell(cell)), names)}`;
}

/** @returns the value of a coupon or of one group in a marketer's words, after "is" or "should be": `open to everyone (UNLIMITED)`. */
export function valueWords(cell: CellKey, value: string, names?: GroupNames): string {
  if (value === UNSEEN) return "as it was before";
  if (cell !== "applicationLimit") return `${value === "in" ? "open" : "closed"} to ${groupOf(cell, names)}`;
  const audience = AUDIENCES[value];
  return audience === undefined ? oneLine(value) : `open to ${audience} (${value})`;
}

/** @returns campaigns by what people call them: `"Sale", "Happy hour" and 2 more`. */
export function campaignNames(campaigns: readonly NamedCampaign[], most = 3): string {
  const names = [...new Set(campaigns.map(({ name }) => `"${oneLine(name, 60)}"`))];
  return listed(names, most);
}

const WIDTH = 92;

/** @returns the text in lines that a mail program or a chat need not break, each after the first indented. */
export function wrapped(text: string, first = "", indent = first.replaceAll(/./g, " ")): readonly string[] {
  const lines: string[] = [];
  let line = first;
  let isEmpty = true;
  for (const word of text.split(" ")) {
    if (!isEmpty && line.length + 1 + word.length > WIDTH) {
      lines.push(line);
      line = indent;
      isEmpty = true;
    }
    line += isEmpty ? word : ` ${word}`;
    isEmpty = false;
  }
  return [...lines, line];
}
