import { isJsonObject, parseJson } from "./parse-json.ts";

const MACHINE_CODE = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/;

/** What the body of a refusal says. */
export interface ErrorBody {
  /** Such as `INVALID_API_TOKEN`; undefined where there is none that can be read. */
  readonly code: string | undefined;
  readonly text: string | undefined;
}

/**
 * Reads the body of a refusal: `errorCode` and `errorMessage`, where the code may sit in either field (Ecwid's table of codes calls
 * them messages), or `error_message` as in its batch replies. The body may be empty or no JSON at all.
 */
export function readErrorBody(body: string): ErrorBody {
  const parsed = parseJson(body);
  if (!parsed.ok || !isJsonObject(parsed.value)) return { code: undefined, text: undefined };
  const { errorCode, errorMessage, error_message } = parsed.value;
  const texts = [errorCode, errorMessage, error_message].filter((field) => typeof field === "string").map((field) => field.trim());
  const code = texts.find((text) => MACHINE_CODE.test(text));
  return { code, text: texts.find((text) => text !== code && text !== "") };
}
