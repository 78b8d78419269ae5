import * as z from "zod";
import type { Problem } from "../../domain/campaign/status.ts";
import { closestName } from "../../domain/windows/closest-name.ts";
import { printPath, printValue } from "./print-value.ts";

/**
 * A field that is read from whatever was typed.
 *
 * @param read gives what it means, or undefined if it means nothing. @param advice what may be written, following a colon.
 */
export function field<Value>(read: (typed: unknown) => Value | undefined, advice: string | ((typed: unknown) => string)) {
  return z.unknown().transform((typed, context): Value => {
    const value = read(typed);
    if (value !== undefined) return value;
    context.issues.push({ code: "custom", message: refusal(typed, typeof advice === "string" ? advice : advice(typed)), input: typed });
    return z.NEVER;
  });
}

/** @returns the message on a value that cannot be used: what was got, and what to write instead. */
export function refusal(typed: unknown, advice: string): string {
  if (typed === undefined) return `it is missing: ${advice}`;
  if (typed instanceof Set) return `${printValue(typed)} cannot be used: in the DynamoDB console choose the type "List", not a set`;
  return `${printValue(typed)} cannot be used: ${advice}`;
}

/** A list; its entries are read one by one. */
export function listOf<Entry extends z.ZodType>(entry: Entry, advice: string) {
  return z.array(entry, { error: (issue) => refusal(issue.input, advice) });
}

/** One word of a closed set. */
export function oneOf<const Word extends string>(words: readonly Word[]) {
  const advice = `write ${words.map((word) => `"${word}"`).join(" or ")}`;
  return field(
    (typed) => words.find((word) => word === typed),
    (typed) => {
      const meant = typeof typed === "string" ? closestName(typed.trim(), words) : undefined;
      return meant === undefined ? advice : `did you mean "${meant}"?`;
    },
  );
}

/** @param path where the value stands. @param known the names that its objects may have. @returns what is wrong, one problem for each. */
export function problemsOf(error: z.ZodError, path: readonly PropertyKey[], known: readonly string[]): readonly Problem[] {
  return error.issues.flatMap((issue) => {
    const place = [...path, ...issue.path];
    if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownField([...place, key], key, known));
    return [{ path: printPath(place), message: issue.message }];
  });
}

/** @returns the problem of a field that there is not. */
export function unknownField(path: readonly PropertyKey[], name: string, known: readonly string[]): Problem {
  const meant = closestName(name.trim(), known);
  const hint = meant === undefined ? `the fields are ${known.join(", ")}` : `did you mean "${meant}"?`;
  return { path: printPath(path), message: `there is no such field: ${hint}` };
}
