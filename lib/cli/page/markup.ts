import { plain } from "../text/plain.ts";

/** A piece of a page that is HTML already. */
export interface Markup {
  readonly markup: string;
}

/** What may stand in a template: text is escaped, markup is not. */
type Part = Markup | readonly Markup[] | string | number | undefined;

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** @returns the text as HTML, for between tags and within quoted attributes alike, without controls and marks that turn its direction. */
export function escaped(text: string): string {
  return plain(text).replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** Template tag: whatever is put into the template is escaped, unless it was made by this tag. Undefined gives nothing. */
export function html(literals: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return { markup: literals.map((literal, index) => `${literal}${textOf(parts[index])}`).join("") };
}

/** Only for what stands in the program's own text. @returns the text as it is. */
export function trusted(text: string): Markup {
  return { markup: text };
}

function textOf(part: Part): string {
  if (part === undefined) return "";
  if (typeof part === "string") return escaped(part);
  if (typeof part === "number") return String(part);
  return "markup" in part ? part.markup : part.map(({ markup }) => markup).join("");
}
