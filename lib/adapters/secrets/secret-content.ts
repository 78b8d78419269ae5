import * as z from "zod";
import type { Result } from "../../domain/result.ts";
import { failure, success } from "../../domain/result.ts";

/** What may stand in an `Authorization: Bearer` header (RFC 6750, section 2.1). Quotes, spaces and line breaks are slips of the hand. */
const BEARER_TOKEN = /^[A-Za-z0-9._~+/-]+=*$/;
const tokenObject = z.object({ token: z.string() });

/**
 * @param content of a secret: the bare token, or JSON `{"token": "…"}`; space around either is dropped.
 * @returns the token, or what is wrong. That says nothing of the content, not even a field's name: a token may have been typed anywhere.
 */
export function tokenIn(content: string | undefined): Result<string, string> {
  if (content === undefined) return failure("it is binary");
  const text = content.trim();
  if (text === "") return failure("it is empty");
  const token = text.startsWith("{") ? tokenOfJson(text) : text;
  if (token === undefined) return failure('it looks like JSON but is not {"token": "…"}');
  if (!BEARER_TOKEN.test(token))
    return failure("its token is empty or has characters that no Ecwid token has (spaces, quotes, line breaks)");
  return success(token);
}

function tokenOfJson(text: string): string | undefined {
  try {
    return tokenObject.safeParse(JSON.parse(text)).data?.token.trim();
  } catch {
    return undefined;
  }
}
