/** Controls, and marks that turn the direction of text: a record must not be able to move the cursor of whoever reads it. */
const NOTHING_GARBLES = /^[ -~]*$/;
const GARBLING = /[\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu;

/** @returns the text on one line, with nothing in it that a terminal would obey. */
export function plain(text: string): string {
  return NOTHING_GARBLES.test(text) ? text : text.replaceAll(GARBLING, " ");
}
