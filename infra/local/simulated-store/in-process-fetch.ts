import type { Fetch, FetchInit, FetchReply } from "../../../lib/adapters/ecwid/fetch.ts";
import type { SimulatedReply } from "./reply.ts";
import type { SimulatedRequest } from "./simulated-call.ts";
import type { SimulatedEcwid } from "./simulated-ecwid.ts";

/** @property address where the calls seem to come from. */
export interface InProcessFetchOptions {
  readonly address?: string;
}

/** Errors as node-fetch throws them: told apart by `type` and `code`. */
class SimulatedFetchError extends Error {
  readonly type: string;
  readonly code: string | undefined;

  constructor(message: string, type: string, code?: string) {
    super(message);
    this.type = type;
    this.code = code;
  }
}

function requestOf(url: string, init: FetchInit, address: string): SimulatedRequest {
  const { pathname, search } = new URL(url);
  const { authorization, "content-type": contentType } = init.headers;
  return { method: init.method, url: `${pathname}${search}`, authorization, contentType, body: init.body, address };
}

function replyOf(answered: SimulatedReply | undefined, url: string): FetchReply {
  if (answered === undefined) throw new SimulatedFetchError(`request to ${url} failed, reason: socket hang up`, "system", "ECONNRESET");
  const { status, headers, body } = answered;
  if (status >= 301 && status <= 308 && status !== 304) throw new SimulatedFetchError("redirect mode is set to error", "no-redirect");
  return { status, headers: { get: (name) => headers[name.toLowerCase()] ?? null }, text: async () => body };
}

function whenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    const abort = () => reject(new SimulatedFetchError("The operation was aborted.", "aborted"));
    if (signal.aborted) abort();
    else signal.addEventListener("abort", abort, { once: true });
  });
}

/** @returns the simulated Ecwid as a fetch without a network; it keeps to the caller's `signal` as node-fetch does. */
export function createInProcessFetch(ecwid: SimulatedEcwid, { address = "in-process" }: InProcessFetchOptions = {}): Fetch {
  return async (url, init) => {
    const answered = ecwid.handle(requestOf(url, init, address));
    return replyOf(await Promise.race([answered, whenAborted(init.signal)]), url);
  };
}
