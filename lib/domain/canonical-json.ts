function inOrder(_key: string, value: unknown): unknown {
  const isPlain = typeof value === "object" && value !== null && !Array.isArray(value);
  return isPlain ? Object.fromEntries(Object.entries(value).toSorted(([one], [other]) => (one < other ? -1 : 1))) : value;
}

/** @returns the value as JSON with the keys of every object in order, so that equal contents are equal texts however a database orders them. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, inOrder) ?? "";
}
