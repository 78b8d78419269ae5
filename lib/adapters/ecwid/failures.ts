import type { EcwidFailure } from "../../domain/failures/ecwid-failure.ts";
import type { Instant } from "../../domain/instant.ts";
import { assertNever } from "../../domain/result.ts";
import { readErrorBody } from "./error-body.ts";
import { DEFAULT_RETRY_AFTER_MS, readRetryAfter } from "./retry-after.ts";
import type { Thrown } from "./thrown.ts";

/** The call that failed, and what is needed to speak of it safely. */
export interface FailedCall {
  /** Method and path, as people read it: `PUT /promotions/608502`. */
  readonly name: string;
  /** Whether the path names one coupon or promotion: then 404 means that one, not the store. */
  readonly aboutTarget: boolean;
  /** Makes foreign text fit for logs: no token, one line, capped. */
  readonly clean: (text: string) => string;
}

/** A reply other than 2xx. `retryAfter` is the raw header. */
export interface Refusal {
  readonly status: number;
  readonly retryAfter: string | null;
  readonly body: string;
}

interface Told {
  readonly code: string;
  readonly message: string;
}

const TARGET_CODES: readonly (string | undefined)[] = ["PROMOTION_NOT_FOUND", "DISCOUNT_COUPON_NOT_FOUND"];

function tell(call: FailedCall, status: number, code: string | undefined, text: string | undefined): Told {
  const head = ["Ecwid answered", status, code, "to", call.name].filter((part) => part !== undefined).join(" ");
  const message = text === undefined ? head : `${head}: ${text}`;
  return { code: call.clean(code ?? `HTTP_${status}`), message: call.clean(message) };
}

function forbidden(code: string, told: Told): EcwidFailure {
  if (code === "INVALID_API_TOKEN") return { kind: "token-rejected", message: told.message };
  if (code === "INSUFFICIENT_APP_SCOPE") return { kind: "scope-missing", message: told.message };
  if (code.endsWith("_FEATURE_NOT_AVAILABLE")) return { kind: "feature-unavailable", ...told };
  return { kind: "refused", ...told };
}

function notFound(code: string | undefined, call: FailedCall, told: Told): EcwidFailure {
  if (code === "STORE_NOT_FOUND") return { kind: "store-paused", ...told };
  if (call.aboutTarget || TARGET_CODES.includes(code)) return { kind: "target-missing", message: told.message };
  return { kind: "refused", ...told };
}

/**
 * The failure that a reply other than 2xx means. Sources: Ecwid's pages "REST API error codes" and "REST API" (rate limits).
 * `Retry-After` on any of them is obeyed before anything else is read from it.
 * @returns `unexplained` for a 403 without a readable code: it may be a dead token or not, see {@link failureAfterProbe}.
 */
export function failureOfRefusal(refusal: Refusal, call: FailedCall, now: Instant): EcwidFailure | "unexplained" {
  const { status } = refusal;
  const waitMs = readRetryAfter(refusal.retryAfter, now);
  if (waitMs !== undefined) return { kind: "rate-limited", retryAfterMs: waitMs };
  const { code, text } = readErrorBody(refusal.body);
  const told = tell(call, status, code, text);
  switch (status) {
    case 401:
      return { kind: "token-rejected", message: told.message };
    case 402:
      return { kind: "store-paused", ...told };
    case 403:
      return code === undefined ? "unexplained" : forbidden(code, told);
    case 404:
      return notFound(code, call, told);
    case 408:
      return { kind: "outcome-unknown", message: told.message };
    case 409:
      return { kind: "conflict", ...told };
    case 422:
      return code === "READ_ONLY_PROMOTION_FIELD_CHANGE" ? { kind: "read-only", message: told.message } : { kind: "refused", ...told };
    case 429:
      return { kind: "rate-limited", retryAfterMs: DEFAULT_RETRY_AFTER_MS };
    default:
      return status >= 400 && status < 500 ? { kind: "refused", ...told } : { kind: "outcome-unknown", message: told.message };
  }
}

/**
 * What an unexplained 403 means once the store's profile was asked for: a token that can read it lives, so only the call was refused.
 * @param probe undefined where the profile was read; `unexplained` where it, too, was refused with a bare 403; else how it failed.
 */
export function failureAfterProbe(call: FailedCall, probe: EcwidFailure | "unexplained" | undefined): EcwidFailure {
  const told = tell(call, 403, undefined, undefined);
  if (probe === "unexplained") return { kind: "token-rejected", message: told.message };
  // A refusal that names its reason shows a living token as well as a reply does.
  if (probe === undefined || probe.kind === "scope-missing" || probe.kind === "refused") return { kind: "refused", ...told };
  return probe;
}

/** The failure that a call without a whole reply means: it may or may not have happened. `deadlineMs` is only for the message. */
export function failureOfThrown(thrown: Thrown, call: FailedCall, deadlineMs: number): EcwidFailure {
  switch (thrown.kind) {
    case "deadline":
      return { kind: "outcome-unknown", message: call.clean(`no whole reply to ${call.name} within ${deadlineMs} ms`), isUnheard: true };
    case "redirected":
      return { kind: "outcome-unknown", message: call.clean(`${call.name} was redirected, which is never followed: check the base URL`) };
    case "too-long":
      return unreadableReply(call, "it is longer than the limit");
    case "lost":
      return {
        kind: "outcome-unknown",
        message: call.clean(`the connection was lost during ${call.name} (${thrown.code})`),
        isUnheard: true,
      };
    default:
      return assertNever(thrown);
  }
}

/** @returns the failure of a 2xx reply that is not what the documentation says; `problem` completes "it …" or names the field. */
export function unreadableReply(call: FailedCall, problem: string): EcwidFailure {
  return { kind: "unreadable-reply", message: call.clean(`the reply to ${call.name} cannot be used: ${problem}`) };
}

/** @returns the failure of a token that cannot stand in a header at all; no call is spent on it. */
export function unusableToken(): EcwidFailure {
  return { kind: "token-rejected", message: "the token holds spaces or characters that no header may carry: put the bare token" };
}
