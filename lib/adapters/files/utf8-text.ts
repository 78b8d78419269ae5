import { failure, type Result, success } from "../../domain/result.ts";

const MOST_BYTES = 50 * 1_024 * 1_024;
const UTF_16_MARKS = ["fffe", "feff"];

/**
 * @param name of the file, for messages.
 * @returns the text of a file without its byte order mark; or why it has none that can be read, in one sentence. Letters that are not UTF-8
 *   would be lost in silence otherwise.
 */
export function utf8Text(name: string, bytes: Uint8Array): Result<string, string> {
  if (bytes.length > MOST_BYTES) {
    const megabytes = Math.round(bytes.length / (1_024 * 1_024));
    return failure(
      `${name}: the file has ${megabytes} MB, and at most ${MOST_BYTES / (1_024 * 1_024)} MB are read: make several files of it`,
    );
  }
  const mark = Buffer.from(bytes.subarray(0, 2)).toString("hex");
  if (UTF_16_MARKS.includes(mark)) return failure(`${name}: the file is saved as UTF-16 (it begins with ${mark}): save it as UTF-8`);
  const nul = bytes.indexOf(0);
  if (nul >= 0) {
    const line = lineAt(Buffer.from(bytes).toString("latin1"), nul);
    return failure(`${name} line ${line}: there is a NUL character (\\u0000), so this is no text in UTF-8: save the file as UTF-8`);
  }
  try {
    return withoutBanner(name, new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    return failure(notUtf8(name, bytes));
  }
}

/** `> doorman@0.1.0 campaign`, and the script behind another `>`. */
const BANNER = /^\s*> \S+@\S+ .*\r?\n> /;

/** @returns the text; or that `npm run … > file` has put npm's own lines in front of it. */
export function withoutBanner(name: string, text: string): Result<string, string> {
  if (!BANNER.test(text)) return success(text);
  return failure(`${name}: the first lines are npm's own: take them out, and next time say npm run -s, or --output <file> instead of >`);
}

/** @returns the number of the line that a place in a text is on, counted from 1. */
export function lineAt(text: string, index: number): number {
  return text.slice(0, index).split("\n").length;
}

function notUtf8(name: string, bytes: Uint8Array): string {
  const text = new TextDecoder("utf-8").decode(bytes);
  const index = text.indexOf("\ufffd");
  const around = JSON.stringify(text.slice(Math.max(text.lastIndexOf("\n", index) + 1, index - 20), index).trimStart());
  return `${name} line ${lineAt(text, index)}: the character behind ${around} is not in UTF-8: save the file as UTF-8 (in Excel: "CSV UTF-8")`;
}
