import type { Json } from "../../../lib/domain/live.ts";

/** What the simulated store answers, before it is put on a wire. */
export interface SimulatedReply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** @returns a reply with a JSON body. */
export function reply(status: number, body: Json, headers: Readonly<Record<string, string>> = {}): SimulatedReply {
  return { status, headers: { "content-type": "application/json;charset=UTF-8", ...headers }, body: JSON.stringify(body) };
}

/** @returns a refusal as Ecwid words it. */
export function refusal(
  status: number,
  errorCode: string,
  errorMessage: string,
  headers: Readonly<Record<string, string>> = {},
): SimulatedReply {
  return reply(status, { errorMessage, errorCode }, headers);
}

/** @returns 400 `WRONG_PARAMETER`. */
export function wrongParameter(message: string): SimulatedReply {
  return refusal(400, "WRONG_PARAMETER", message);
}
