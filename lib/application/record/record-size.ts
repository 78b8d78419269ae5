/** A DynamoDB item may hold 400 KB; the rest is for `status` and for what the copy adds. */
export const MOST_BYTES = 300 * 1_024;

const encoder = new TextEncoder();
/** Characters that are one byte each and that JSON writes as they are. */
const WRITTEN_AS_IT_IS = /^[ !#-[\]-~]*$/;

/** @returns whether a value, written as JSON, takes more than `limit` bytes. Stops as soon as that is certain, so depth and circles do no harm. */
export function isLargerThan(value: unknown, limit: number): boolean {
  const left: unknown[] = [value];
  let size = 0;
  while (left.length > 0 && size <= limit) {
    const next = left.pop();
    size += ownSize(next);
    for (const part of partsOf(next)) left.push(part);
  }
  return size > limit;
}

/** What a value takes without what is in it: a text with its quotation marks, a list or an object with its brackets, commas and colons. */
function ownSize(value: unknown): number {
  if (typeof value === "string" && WRITTEN_AS_IT_IS.test(value)) return value.length + 2;
  if (typeof value === "string") return encoder.encode(JSON.stringify(value)).length;
  if (typeof value !== "object" || value === null) return typeof value === "symbol" ? 0 : `${value}`.length;
  return 1 + Math.max(1, partsOf(value).length);
}

function partsOf(value: unknown): readonly unknown[] {
  if (typeof value !== "object" || value === null) return [];
  return Array.isArray(value) ? value : Object.entries(value).flat();
}
