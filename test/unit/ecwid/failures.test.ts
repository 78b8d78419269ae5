import { describe, expect, it } from "vitest";
import { createTextCleaner } from "../../../lib/adapters/ecwid/clean-text.ts";
import { type FailedCall, failureAfterProbe, failureOfRefusal, failureOfThrown } from "../../../lib/adapters/ecwid/failures.ts";
import { readThrown } from "../../../lib/adapters/ecwid/thrown.ts";
import { parseInstant } from "../../../lib/domain/instant.ts";

const NOW = parseInstant("2026-11-27T05:00:00Z");
const ON_TARGET: FailedCall = { name: "PUT /promotions/9", aboutTarget: true, clean: createTextCleaner("secret_abc") };
const ON_LIST: FailedCall = { ...ON_TARGET, name: "GET /promotions", aboutTarget: false };

function failureOf(status: number, body: unknown, call = ON_LIST) {
  return failureOfRefusal({ status, retryAfter: null, body: typeof body === "string" ? body : JSON.stringify(body) }, call, NOW);
}

describe("a refusal by Ecwid", () => {
  it.each([
    ["errorCode", { errorCode: "INVALID_API_TOKEN", errorMessage: "Bad token" }],
    ["errorMessage", { errorMessage: "INVALID_API_TOKEN" }],
    ["error_message", { error_message: "INVALID_API_TOKEN" }],
  ])("is read by its code, which may sit in %s", (_field, body) => {
    expect(failureOf(403, body)).toMatchObject({ kind: "token-rejected" });
  });

  it.each([
    [403, { errorCode: "INSUFFICIENT_APP_SCOPE" }, "scope-missing"],
    [403, { errorCode: "CUSTOMER_GROUPS_FEATURE_NOT_AVAILABLE" }, "feature-unavailable"],
    [403, { errorCode: "SOMETHING_NEW" }, "refused"],
    [401, "", "token-rejected"],
    [402, "", "store-paused"],
    [404, { errorCode: "STORE_NOT_FOUND" }, "store-paused"],
    [404, { errorCode: "PROFILE_NOT_FOUND" }, "refused"],
    [404, { errorCode: "DISCOUNT_COUPON_NOT_FOUND" }, "target-missing"],
    [404, "", "refused"],
    [409, "", "conflict"],
    [418, "", "refused"],
    [422, { errorCode: "READ_ONLY_PROMOTION_FIELD_CHANGE" }, "read-only"],
    [422, "", "refused"],
    [408, "", "outcome-unknown"],
    [500, { errorCode: "INTERNAL_ERROR" }, "outcome-unknown"],
    [302, "", "outcome-unknown"],
  ])("with status %i and body %j is %s", (status, body, kind) => {
    expect(failureOf(status, body)).toMatchObject({ kind });
  });

  it.each(["", "{}", "[]", "null", "<html>", '{"errorMessage":"Access denied"}', '{"errorCode":403}'])(
    "with status 403 and the body %j is unexplained",
    (body) => {
      expect(failureOf(403, body)).toBe("unexplained");
    },
  );

  it("without a code about one target means that the target is gone", () => {
    expect(failureOf(404, "", ON_TARGET)).toMatchObject({ kind: "target-missing" });
  });

  it.each([400, 402, 404, 409, 503])("with Retry-After asks for silence, whatever its status (%i)", (status) => {
    const failure = failureOfRefusal({ status, retryAfter: "120", body: "" }, ON_TARGET, NOW);

    expect(failure).toEqual({ kind: "rate-limited", retryAfterMs: 120_000 });
  });

  it("is told with status, code, call and Ecwid's words", () => {
    expect(failureOf(400, { errorCode: "WRONG_PARAMETER", errorMessage: "No\nsuch   group" }, ON_TARGET)).toEqual({
      kind: "refused",
      code: "WRONG_PARAMETER",
      message: "Ecwid answered 400 WRONG_PARAMETER to PUT /promotions/9: No such group",
    });
  });

  it("is told in 300 characters at most, without a token even where it was cut", () => {
    const failure = failureOf(400, { errorMessage: `${"x".repeat(250)} secret_abc ${"y".repeat(500)}` });
    const message = typeof failure === "object" && "message" in failure ? failure.message : "";

    expect(message.length).toBe(300);
    expect(message).toContain("[token]");
    expect(message).not.toContain("secret_");
  });
});

describe("an unexplained 403, once the profile was asked for,", () => {
  it.each([
    ["the profile was read", undefined, "refused"],
    ["the profile, too, was refused without a word", "unexplained", "token-rejected"],
    ["the token is called invalid", { kind: "token-rejected", message: "no" }, "token-rejected"],
    ["the token may not read profiles", { kind: "scope-missing", message: "no" }, "refused"],
    ["Ecwid asked for silence", { kind: "rate-limited", retryAfterMs: 1 }, "rate-limited"],
    ["nothing is known", { kind: "outcome-unknown", message: "no" }, "outcome-unknown"],
  ] as const)("where %s, is %s", (_case, probe, kind) => {
    expect(failureAfterProbe(ON_TARGET, probe)).toMatchObject({ kind });
  });
});

describe("an error thrown by a fetch", () => {
  const thrown = (fields: object, aborted = false) => readThrown(Object.assign(new Error("request to https://x failed"), fields), aborted);

  it("is the deadline where it is an abort, also under a name that a minifier gave", () => {
    expect([
      thrown({ name: "AbortError" }),
      thrown({ name: "a", type: "aborted" }),
      thrown({ name: "a" }, true),
      thrown({ name: "TimeoutError" }),
    ]).toEqual(Array(4).fill({ kind: "deadline" }));
  });

  it.each([
    [{ type: "no-redirect" }, "outcome-unknown", "check the base URL"],
    [{ type: "max-size" }, "unreadable-reply", "longer than the limit"],
    [{ type: "system", code: "ECONNRESET" }, "outcome-unknown", "ECONNRESET"],
    [{}, "outcome-unknown", "connection error"],
  ])("%j is %s", (fields, kind, words) => {
    const failure = failureOfThrown(thrown(fields), ON_TARGET, 10_000);

    expect(failure).toMatchObject({ kind, message: expect.stringContaining(words) });
  });

  it("may be anything at all", () => {
    expect([readThrown(undefined, false), readThrown("text", false)]).toEqual(Array(2).fill({ kind: "lost", code: "connection error" }));
  });
});
