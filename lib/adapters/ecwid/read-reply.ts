import type * as z from "zod";
import type { EcwidFailure } from "../../domain/failures/ecwid-failure.ts";
import { failure, type Result, success } from "../../domain/result.ts";
import { type FailedCall, unreadableReply } from "./failures.ts";
import { parseJson } from "./parse-json.ts";

function problemOf(error: z.ZodError): string {
  const [first] = error.issues;
  return first === undefined ? "it does not fit" : `${first.path.map(String).join(".") || "body"}: ${first.message}`;
}

/** @returns the text of a 2xx reply as `schema` reads it, or `unreadable-reply` naming the first field that does not fit. */
export function readReply<Value>(text: string, schema: z.ZodType<Value>, call: FailedCall): Result<Value, EcwidFailure> {
  const parsed = parseJson(text);
  if (!parsed.ok) return failure(unreadableReply(call, "it is not JSON"));
  const read = schema.safeParse(parsed.value);
  return read.success ? success(read.data) : failure(unreadableReply(call, problemOf(read.error)));
}
