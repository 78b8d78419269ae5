import type { TargetKey } from "../../../domain/identifiers.ts";

const DOORMAN = "npm run doorman --";

/** @returns the command as it is typed in the project's folder. */
export function doorman(words: string, storeId?: string): string {
  return `${DOORMAN} ${words}${storeId === undefined ? "" : ` --store ${storeId} --aws`}`;
}

/** @returns the command that names all stores. */
export function storeList(): string {
  return `${DOORMAN} store list --aws`;
}

/** @returns the command that has Doorman look at a store at once. */
export function storeCheck(storeId: string): string {
  return `${DOORMAN} store check ${storeId} --aws`;
}

/** @returns a target as commands take it: `coupon:7`. */
export function typed(key: TargetKey): string {
  return key.replace("#", ":");
}

/** Quoting for a shell: what people named a coupon may hold anything. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "%27")}'`;
}

/**
 * @param code of one coupon; undefined: all of them.
 * @returns the runbook's command that lists a store's coupons with their numbers.
 */
export function couponNumbers(storeId: string, code: string | undefined): string {
  return `ecwid ${storeId} ${code === undefined ? "discount_coupons" : quoted(`discount_coupons?code=${encodeURIComponent(code)}`)}`;
}
