import type { Clock } from "../../application/ports/clock.ts";
import type { EcwidFailure } from "../../domain/failures/ecwid-failure.ts";
import type { JsonObject } from "../../domain/live.ts";
import { failure, type Result, success } from "../../domain/result.ts";
import type { Deadline } from "./deadline.ts";
import { type FailedCall, failureAfterProbe, failureOfRefusal, failureOfThrown } from "./failures.ts";
import type { Fetch, FetchInit, FetchReply } from "./fetch.ts";
import type { Pacer } from "./pacer.ts";
import { readThrown, type Thrown } from "./thrown.ts";

/** One call to a store: `path` without query, so that it may stand in messages; `query` begins with `?` or is empty. */
export interface Call {
  readonly method: "GET" | "PUT";
  readonly path: string;
  readonly query: string;
  readonly aboutTarget: boolean;
  readonly body?: JsonObject;
}

/** @returns the text of a 2xx reply (for a PUT it does not matter and may be empty), or how the call failed. */
export type Send = (call: Call) => Promise<Result<string, EcwidFailure>>;

export interface SendDependencies {
  /** `<base URL>/<store id>`, without a slash at the end. */
  readonly storeUrl: string;
  readonly secret: string;
  readonly clean: (text: string) => string;
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly pacer: Pacer;
  readonly deadlineMs: number;
  readonly startDeadline: (milliseconds: number) => Deadline;
  readonly isSentOnce: boolean;
}

interface WholeReply {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly body: string;
}

const PROBE: Call = { method: "GET", path: "/profile", query: "?responseFields=generalInfo(storeId)", aboutTarget: false };

const isSuccess = (status: number): boolean => status >= 200 && status < 300;

/** @returns the failed call as messages and failures need it. */
export function failedCall(call: Call, clean: (text: string) => string): FailedCall {
  return { name: `${call.method} ${call.path}`, aboutTarget: call.aboutTarget, clean };
}

function initOf(call: Call, secret: string, signal: AbortSignal): FetchInit {
  const headers = { authorization: `Bearer ${secret}`, accept: "application/json", "user-agent": "doorman" };
  const common = { method: call.method, redirect: "error", signal } as const;
  if (call.body === undefined) return { ...common, headers };
  return { ...common, headers: { ...headers, "content-type": "application/json" }, body: JSON.stringify(call.body) };
}

/** A body cut short says nothing new where the status has already decided: a refusal, or a write that went through. */
async function readBody(call: Call, reply: FetchReply): Promise<string> {
  const decided = !isSuccess(reply.status) || call.method === "PUT";
  return decided ? reply.text().catch(() => "") : reply.text();
}

function createAttempt({ storeUrl, secret, fetch, pacer, deadlineMs, startDeadline }: SendDependencies) {
  return async (call: Call): Promise<Result<WholeReply, Thrown>> => {
    await pacer.admit();
    const { signal, end } = startDeadline(deadlineMs);
    try {
      const reply = await fetch(`${storeUrl}${call.path}${call.query}`, initOf(call, secret, signal));
      return success({ status: reply.status, retryAfter: reply.headers.get("retry-after"), body: await readBody(call, reply) });
    } catch (error) {
      return failure(readThrown(error, signal.aborted));
    } finally {
      end();
    }
  };
}

/**
 * Makes calls to one store: paced, with a deadline each, and every way to fail turned into an {@link EcwidFailure}.
 * A GET whose connection was lost is sent once more, unless every call is to be sent once: a connection kept alive may have been closed by the other side just before.
 * Once the token was rejected, no further call is made with it: each would count towards a ban of our address.
 */
export function createSend(dependencies: SendDependencies): Send {
  const { clock, clean, deadlineMs, isSentOnce } = dependencies;
  const attempt = createAttempt(dependencies);
  let rejected: EcwidFailure | undefined;

  const verdictOn = async (call: Call): Promise<Result<string, EcwidFailure | "unexplained">> => {
    let outcome = await attempt(call);
    const mayRepeat = !isSentOnce && call.method === "GET" && !outcome.ok && outcome.failure.kind === "lost";
    if (mayRepeat) outcome = await attempt(call);
    if (!outcome.ok) return failure(failureOfThrown(outcome.failure, failedCall(call, clean), deadlineMs));
    if (isSuccess(outcome.value.status)) return success(outcome.value.body);
    return failure(failureOfRefusal(outcome.value, failedCall(call, clean), clock.now()));
  };

  const explain = async (call: Call): Promise<EcwidFailure> => {
    // The profile is the probe: where it is what was refused, asking again would only spend another call.
    const probe = call.path === PROBE.path ? failure("unexplained" as const) : await verdictOn(PROBE);
    return failureAfterProbe(failedCall(call, clean), probe.ok ? undefined : probe.failure);
  };

  return async (call) => {
    if (rejected !== undefined) return failure(rejected);
    const verdict = await verdictOn(call);
    if (verdict.ok) return verdict;
    const reason = verdict.failure === "unexplained" ? await explain(call) : verdict.failure;
    if (reason.kind === "token-rejected") rejected = reason;
    return failure(reason);
  };
}
