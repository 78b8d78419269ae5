const LONGEST = 60;
/** Characters that JSON leaves as they are, and that would still garble a line of text: controls, and marks that turn its direction. */
const GARBLING = /[\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** @returns the text in quotation marks, shortened to 60 characters, with whatever would garble a message written as `\uXXXX`. */
export function quoted(text: string): string {
  const shortened = text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
  return JSON.stringify(shortened).replaceAll(GARBLING, (mark) => `\\u${mark.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
