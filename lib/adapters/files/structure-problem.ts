import { quoted } from "../../domain/windows/quoted.ts";

/** An object or a list that the scan is inside of. */
interface Inside {
  /** The fields so far; undefined in a list. */
  readonly fields: Set<string> | undefined;
  /** The field or the entry that the scan is at. */
  at: string | number;
}

/** DynamoDB holds no more, and what is read deeper down may end the stack. */
const MOST_LEVELS = 32;
const TOO_DEEP = `more than ${MOST_LEVELS} levels deep: write lists of objects, such as coupons, and nothing deeper`;

/**
 * What JSON allows and no record can hold: a field that an object has twice, of which one would be lost, and nesting without end.
 *
 * @param text that is JSON. @returns the first of them, with its place as `coupons[0].couponId`, and where it stands; undefined if all is good.
 */
export function structureProblem(text: string): { readonly message: string; readonly index: number } | undefined {
  const inside: Inside[] = [];
  for (let index = 0; index < text.length; index += 1) {
    const sign = text[index];
    if (sign !== '"') {
      step(inside, sign);
      if (inside.length > MOST_LEVELS) return { message: `${topOf(inside)} is nested ${TOO_DEEP}`, index };
      continue;
    }
    const end = endOfString(text, index);
    const isField = inside.at(-1)?.fields !== undefined && isFollowedByColon(text, end);
    if (isField && isRepeated(inside.at(-1), text.slice(index, end)))
      return { message: `${pathOf(inside)} is there twice: keep one of them`, index };
    index = end - 1;
  }
  return undefined;
}

function step(inside: Inside[], sign: string | undefined): void {
  const last = inside.at(-1);
  if (sign === "{") inside.push({ fields: new Set(), at: "" });
  else if (sign === "[") inside.push({ fields: undefined, at: 0 });
  else if (sign === "}" || sign === "]") inside.pop();
  else if (sign === "," && typeof last?.at === "number") last.at += 1;
}

function isRepeated(object: Inside | undefined, written: string): boolean {
  if (object?.fields === undefined) return false;
  const field: unknown = JSON.parse(written);
  object.at = String(field);
  if (object.fields.has(object.at)) return true;
  object.fields.add(object.at);
  return false;
}

/** @returns the index behind the closing quotation mark. */
function endOfString(text: string, start: number): number {
  for (let end = text.indexOf('"', start + 1); end >= 0; end = text.indexOf('"', end + 1)) {
    let slashes = 0;
    while (text[end - 1 - slashes] === "\\") slashes += 1;
    if (slashes % 2 === 0) return end + 1;
  }
  return text.length;
}

function isFollowedByColon(text: string, end: number): boolean {
  let index = end;
  while (/\s/.test(text[index] ?? "")) index += 1;
  return text[index] === ":";
}

function topOf(inside: readonly Inside[]): string {
  const field = inside.find(({ at }) => typeof at === "string");
  return field === undefined ? "the file" : pathOf([field]);
}

function pathOf(inside: readonly Inside[]): string {
  return inside.reduce((path, { at }) => {
    if (typeof at === "number") return `${path}[${at}]`;
    const name = /^\w{1,60}$/.test(at) ? at : quoted(at);
    return path === "" ? name : `${path}.${name}`;
  }, "");
}
