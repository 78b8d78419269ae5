const LONGEST = 300;
/** Ecwid's tokens begin so (its "app settings" page): whatever looks like one goes, whoever's it is. */
const TOKEN_LIKE = /\b(?:secret|public)_\w+/gi;
const SPACE_OR_CONTROL = /[\s\p{Cc}]+/gu;

/** @returns a function that makes foreign text fit for logs and people: without the token, on one line, at most 300 characters. */
export function createTextCleaner(secret: string): (text: string) => string {
  return (text) => {
    const scrubbed = (secret === "" ? text : text.replaceAll(secret, "[token]")).replaceAll(TOKEN_LIKE, "[token]");
    const line = scrubbed.replaceAll(SPACE_OR_CONTROL, " ").trim();
    return line.length <= LONGEST ? line : `${line.slice(0, LONGEST - 1)}…`;
  };
}
