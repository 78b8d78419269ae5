/** The middle of several runs, and how far they lie apart. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** @returns the value below which this share of a list lies (nearest rank). */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((one, other) => one - other);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** @returns the middle, the least and the most. */
export function spreadOf(values: readonly number[]): Spread {
  return { median: percentile(values, 0.5), least: Math.min(...values), most: Math.max(...values) };
}

const number = new Intl.NumberFormat("en-GB", { maximumSignificantDigits: 3 });

/** @returns three digits. */
export function inWords(value: number): string {
  return Number.isFinite(value) ? number.format(value) : "–";
}

/** @returns the middle with the least and the most behind it; alone where they do not differ in three digits. */
export function spreadInWords({ median, least, most }: Spread, show = inWords): string {
  const [middle, from, to] = [show(median), show(least), show(most)];
  return from === to ? middle : `${middle} (${from}–${to})`;
}

/** @returns seconds with what suits their size. */
export function seconds(milliseconds: number): string {
  return `${inWords(milliseconds / 1_000)} s`;
}

/** @returns how many times as much. */
export function ratio(value: number, of: number): string {
  return of === 0 ? "–" : `${inWords(value / of)} ×`;
}
