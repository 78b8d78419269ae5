import fc from "fast-check";

/** Values that are seldom thought of where another was expected. */
const ODD_VALUES: readonly unknown[] = [
  null,
  true,
  -1,
  0.5,
  -0,
  2 ** 53 + 2,
  1e308,
  "",
  " ",
  "__proto__",
  "constructor",
  "\u0000",
  "\ud800",
  "\u202egnirts",
  "NaN",
  "9".repeat(400),
  "x".repeat(5_000),
  [],
  {},
  [[[[[[[[[[]]]]]]]]]],
  { S: null },
  { N: "1" },
  ["1003", 1003],
];

const KEYS = ["__proto__", "constructor", "toString", "length", "id", "", "0", "items", "kind", "\u200bstoreId"];

/** One blow at a text: cut it off, take a piece out, put one in, say one twice, or flip bits. */
const blow = fc.record({
  kind: fc.constantFrom("cut", "remove", "insert", "repeat", "flip"),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.integer({ min: 1, max: 12 }),
  text: fc.oneof(
    fc.string({ unit: "binary", maxLength: 8 }),
    fc.constantFrom("\ufeff", "\u0000", "{", "]", '"', "\\", ",,", "1e999", "\ud83d"),
  ),
});

function strike(text: string, { kind, at, length, text: piece }: { kind: string; at: number; length: number; text: string }): string {
  const from = Math.floor(at * text.length);
  const hit = text.slice(from, from + length);
  const rest = text.slice(from + length);
  const before = text.slice(0, from);
  if (kind === "cut") return before;
  if (kind === "remove") return before + rest;
  if (kind === "insert") return before + piece + hit + rest;
  if (kind === "repeat") return before + hit + hit + rest;
  return before + [...hit].map((unit) => String.fromCharCode(unit.charCodeAt(0) ^ (1 << (length % 7)))).join("") + rest;
}

/** One blow at a value: somewhere inside it something becomes odd, goes missing, or is added. */
const changeInside = fc.record({
  path: fc.array(fc.nat(20), { maxLength: 6 }),
  kind: fc.constantFrom("odd", "odd", "missing", "added", "twice"),
  odd: fc.oneof(fc.constantFrom(...ODD_VALUES), fc.jsonValue({ maxDepth: 2 })),
  key: fc.constantFrom(...KEYS),
});

interface Change {
  readonly path: readonly number[];
  readonly kind: string;
  readonly odd: unknown;
  readonly key: string;
}

function changed(value: unknown, change: Change, depth = 0): unknown {
  const step = change.path[depth];
  if (typeof value !== "object" || value === null || step === undefined) return change.kind === "odd" ? change.odd : value;
  const entries = Object.entries(value);
  const position = entries.length === 0 ? 0 : step % entries.length;
  const next = entries.flatMap(([key, inner], index) => {
    if (index !== position) return [[key, inner] as const];
    const isLast = change.path[depth + 1] === undefined;
    if (!isLast) return [[key, changed(inner, change, depth + 1)] as const];
    if (change.kind === "missing") return [];
    if (change.kind === "added") return [[key, inner] as const, [change.key, change.odd] as const];
    if (change.kind === "twice") return [[key, [inner, inner]] as const];
    return [[key, change.odd] as const];
  });
  return Array.isArray(value) ? next.map(([, inner]) => inner) : Object.fromEntries(next);
}

/** @returns values like the given ones with one to three things wrong inside. */
export function damagedValues(good: readonly unknown[]): fc.Arbitrary<unknown> {
  return fc
    .record({ value: fc.constantFrom(...good), changes: fc.array(changeInside, { minLength: 1, maxLength: 3 }) })
    .map(({ value, changes }) => changes.reduce<unknown>((current, change) => changed(current, change), value));
}

/** @returns texts: random ones, good ones that were damaged by the byte, and JSON of good values with something wrong inside. */
export function damagedTexts(good: readonly unknown[]): fc.Arbitrary<string> {
  const damagedByte = fc
    .record({ value: fc.constantFrom(...good), blows: fc.array(blow, { minLength: 1, maxLength: 4 }) })
    .map(({ value, blows }) => blows.reduce<string>(strike, typeof value === "string" ? value : JSON.stringify(value)));
  const random = fc.oneof(fc.string({ unit: "binary", maxLength: 200 }), fc.json());
  const damagedInside = damagedValues(good).map((value) => JSON.stringify(value) ?? "");
  return fc.oneof({ arbitrary: damagedInside, weight: 4 }, { arbitrary: damagedByte, weight: 4 }, { arbitrary: random, weight: 1 });
}
