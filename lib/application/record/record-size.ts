/** @returns whether a value, written as JSON, takes more than `limit` bytes. Stops as soon as that is certain, so depth and circles do no harm. */
export function isLargerThan(value: unknown, limit: number): boolean {
  const encoder = new TextEncoder();
  const left: unknown[] = [value];
  let size = 0;
  while (left.length > 0 && size <= limit) {
    const next = left.pop();
    if (typeof next === "string") size += encoder.encode(JSON.stringify(next)).length;
    else if (typeof next !== "object" || next === null) size += `${typeof next === "symbol" ? "" : next}`.length;
    else {
      const entries = Object.entries(next);
      const names = Array.isArray(next) ? [] : entries.map(([name]) => name);
      size += 2 + entries.length + names.length;
      for (const name of names) left.push(name);
      for (const [, inner] of entries) left.push(inner);
    }
  }
  return size > limit;
}
