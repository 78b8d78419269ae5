import fc from "fast-check";
import { expect, it } from "vitest";
import { createEcwidGateway } from "../../../lib/adapters/ecwid/ecwid-gateway.ts";
import type { EcwidStore } from "../../../lib/application/ports/ecwid-gateway.ts";
import { Token } from "../../../lib/application/ports/token-source.ts";
import { policyFor } from "../../../lib/domain/failures/failure-policy.ts";
import { couponId, promotionId, storeId } from "../../../lib/domain/identifiers.ts";
import { parseInstant } from "../../../lib/domain/instant.ts";
import { damagedTexts } from "../../support/arbitrary-damage.ts";
import { CASES } from "./cases.ts";

const SECRET = "secret_a1b2c3d4e5f6";
const NOW = parseInstant("2026-11-27T10:00:00Z");
const ID = couponId("12");

const coupon = { id: 12, name: "Welcome", code: "W", status: "ACTIVE", applicationLimit: "UNLIMITED" };
const promotion = { id: 7, name: "Early", enabled: true, triggers: { subtotal: 25, customerGroups: [0, 1] } };
const good = [
  coupon,
  { total: 1, count: 1, offset: 0, limit: 100, items: [coupon] },
  { total: 1, count: 1, offset: 0, limit: 100, items: [promotion] },
  { total: 2, count: 2, offset: 0, limit: 100, items: [{ id: 0, name: "General" }, { id: 5 }] },
  { generalInfo: { storeId: 1003 }, formatsAndUnits: { timezone: "Europe/Paris" } },
  { errorCode: "INVALID_API_TOKEN", errorMessage: `the token ${SECRET} was revoked` },
];

const replies = fc.record({
  status: fc.oneof(
    {
      arbitrary: fc.constantFrom(200, 200, 200, 201, 204, 400, 401, 402, 403, 404, 405, 408, 409, 415, 422, 429, 500, 502, 503),
      weight: 5,
    },
    { arbitrary: fc.integer({ min: 100, max: 999 }), weight: 1 },
  ),
  retryAfter: fc.oneof(
    fc.constant(null),
    fc.constantFrom("0", "-1", "1e9", "99999999999999", "Fri, 31 Dec 1999 23:59:59 GMT", "soon"),
    fc.string(),
  ),
  body: damagedTexts(good),
});

const calls: readonly ((store: EcwidStore) => Promise<{ readonly ok: boolean }>)[] = [
  (store) => store.readCoupon(ID),
  (store) => store.listCoupons(),
  (store) => store.listPromotions(),
  (store) => store.readProfile(),
  (store) => store.listCustomerGroups(),
  (store) => store.writeApplicationLimit(ID, "UNLIMITED"),
  (store) => store.writeTriggers(promotionId("7"), { customerGroups: [1] }),
];

it(`whatever Ecwid answers, a call ends with a value or with a failure that has a policy and holds no token (${CASES} cases)`, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(replies, { minLength: 1, maxLength: 4 }), fc.constantFrom(...calls), async (answers, call) => {
      let answered = 0;
      const clock = { now: () => NOW, sleepUntil: async () => undefined };
      const fetch = async () => {
        const { status, retryAfter, body } = answers[answered++ % answers.length] ?? { status: 500, retryAfter: null, body: "" };
        return { status, headers: { get: (name: string) => (name === "retry-after" ? retryAfter : null) }, text: async () => body };
      };
      const gateway = createEcwidGateway({ fetch, clock, abortAfter: () => new AbortController().signal });

      const reply: object = await call(gateway.open(storeId("1003"), new Token(SECRET)));

      expect(JSON.stringify(reply)).not.toContain(SECRET);
      if (!("failure" in reply)) return;
      const policy = policyFor(reply.failure as Parameters<typeof policyFor>[0], 0);
      expect(policy.reason.length).toBeGreaterThan(10);
      if (policy.effect === "cool-down") expect(policy.forMs).toBeGreaterThan(0);
    }),
    { numRuns: CASES },
  );
}, 600_000);
