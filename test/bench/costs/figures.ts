const QUANTITY = new Intl.NumberFormat("en-GB", { maximumSignificantDigits: 3 });
const DOLLARS = new Intl.NumberFormat("en-GB", { minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** @returns a quantity in three digits. */
export function quantityInWords(quantity: number): string {
  return QUANTITY.format(quantity);
}

/** @returns dollars and cents; less than half a cent is not nothing. */
export function dollars(usd: number): string {
  if (usd > 0 && usd < 0.005) return "< 0.01";
  return DOLLARS.format(usd);
}

/** @returns a share of the whole, in whole per cents. */
export function percent(share: number): string {
  return share > 0 && share < 0.005 ? "< 1 %" : `${Math.round(100 * share)} %`;
}

/** @returns a table in Markdown. */
export function markdownTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
