import { afterEach, describe, expect, it } from "vitest";
import type { Fault } from "../../../infra/local/simulated-store/fault.ts";
import type { SimulatedSettings } from "../../../infra/local/simulated-store/settings.ts";
import { createEcwidGateway } from "../../../lib/adapters/ecwid/ecwid-gateway.ts";
import { Token } from "../../../lib/application/ports/token-source.ts";
import { couponId, promotionId, storeId } from "../../../lib/domain/identifiers.ts";
import { createEndlessClock, openStore, REACHES, SECRET, STORE, type Stage } from "./stage.ts";

const COUPON = couponId("162428889");
const PROMOTION = promotionId("608502");
const numbered = (count: number, first: number) => Array.from({ length: count }, (_, index) => ({ id: first + index }));

describe.each(REACHES)("the Ecwid gateway $name", ({ open }) => {
  const opened: Stage[] = [];
  const stageWith = async (settings?: Partial<SimulatedSettings>) => {
    const stage = await open(settings);
    opened.push(stage);
    return stage;
  };

  afterEach(async () => {
    await Promise.all(opened.splice(0).map((stage) => stage.close()));
  });

  describe("reading", () => {
    it("reads a coupon by its id", async () => {
      const stage = await stageWith();

      const reply = await openStore(stage).readCoupon(COUPON);

      const coupon = { kind: "coupon", id: "162428889", name: "Black Friday", code: "BF26", status: "ACTIVE" };
      const dates = { launchDate: "2026-01-01 00:00:00 +0000", expirationDate: undefined };
      expect(reply).toEqual({ ok: true, value: { ...coupon, ...dates, applicationLimit: "NEW_CUSTOMER_ONLY" } });
    });

    it("reads a coupon's own dates as they were written, by its id and in the list", async () => {
      const stage = await stageWith();
      const dates = { launchDate: "2026-11-01 08:00:00 +0000", expirationDate: "2026-11-30 22:59:59 +0000" };
      stage.ecwid.edit.coupon(STORE, COUPON, { status: "PAUSED", ...dates });

      const [one, list] = [await openStore(stage).readCoupon(COUPON), await openStore(stage).listCoupons()];

      expect(one).toMatchObject({ ok: true, value: { status: "PAUSED", ...dates } });
      expect(list).toMatchObject({ ok: true, value: [{ status: "PAUSED", ...dates }] });
    });

    it.each([null, {}, [7], true])("leaves out a date that is %j instead of refusing the coupon", async (expirationDate) => {
      const stage = await stageWith();
      stage.ecwid.setFaults(() => undefined);
      stage.ecwid.edit.coupon(STORE, COUPON, { launchDate: 1_795_000_000, expirationDate });

      const reply = await openStore(stage).readCoupon(COUPON);

      expect(reply).toMatchObject({ ok: true, value: { launchDate: 1_795_000_000, expirationDate: undefined } });
    });

    it("hands on a limit that Ecwid has added since", async () => {
      const stage = await stageWith();
      stage.ecwid.edit.coupon(STORE, COUPON, { applicationLimit: "VIP_ONLY" });

      const reply = await openStore(stage).readCoupon(COUPON);

      expect(reply).toMatchObject({ ok: true, value: { applicationLimit: "VIP_ONLY" } });
    });

    it("refuses a coupon without a limit instead of guessing one", async () => {
      const stage = await stageWith();
      stage.ecwid.setFaults(() => ({ kind: "status", status: 200, when: "before", body: '{"id":162428889,"code":"BF26"}' }));

      const reply = await openStore(stage).readCoupon(COUPON);

      expect(reply).toMatchObject({ ok: false, failure: { kind: "unreadable-reply" } });
    });

    it("refuses another coupon than the one asked for", async () => {
      const stage = await stageWith();
      stage.ecwid.setFaults(() => ({ kind: "status", status: 200, when: "before", body: '{"id":5,"applicationLimit":"UNLIMITED"}' }));

      const reply = await openStore(stage).readCoupon(COUPON);

      expect(reply).toMatchObject({ ok: false, failure: { kind: "unreadable-reply", message: expect.stringContaining("coupon 5") } });
    });

    it("reads 250 coupons in three pages", async () => {
      const stage = await stageWith();
      for (const coupon of numbered(249, 1)) stage.ecwid.edit.addCoupon(STORE, coupon);

      const reply = await openStore(stage).listCoupons();

      expect(reply.ok && new Set(reply.value.map(({ id }) => id)).size).toBe(250);
      expect(stage.ecwid.log.requests().map(({ query }) => new URLSearchParams(query).get("offset"))).toEqual(["0", "100", "200"]);
    });

    it("reads 230 customer groups, General among them, in three pages, with what people call them", async () => {
      const stage = await stageWith();
      for (const group of numbered(227, 100)) stage.ecwid.edit.addGroup(STORE, group);

      const reply = await openStore(stage).listCustomerGroups();

      expect(reply.ok && new Set(reply.value.map(({ id }) => id))).toEqual(new Set([0, 7, 8, ...numbered(227, 100).map(({ id }) => id)]));
      expect(reply.ok && reply.value.find(({ id }) => id === 0)).toEqual({ id: 0, name: "General" });
      expect(stage.ecwid.log.counts().reads).toBe(3);
    });

    it("hands on the whole triggers untouched, and the groups as numbers", async () => {
      const stage = await stageWith();

      const reply = await openStore(stage).listPromotions();

      const triggers = stage.ecwid.promotion(STORE, PROMOTION)?.["triggers"];
      const [restricted, openToAll] = reply.ok ? reply.value.promotions : [];
      expect(reply).toMatchObject({ ok: true, value: { complete: true } });
      expect(restricted).toEqual({ kind: "promotion", id: "608502", name: "Ten off", enabled: true, triggers, customerGroups: [7] });
      expect(openToAll).toMatchObject({ id: "608503", customerGroups: undefined, triggers: { subtotal: 10 } });
    });

    it("reads 130 promotions where Ecwid pages them after all", async () => {
      const stage = await stageWith({ promotionPaging: true });
      for (const promotion of numbered(128, 1)) stage.ecwid.edit.addPromotion(STORE, promotion);

      const reply = await openStore(stage).listPromotions();

      expect(reply.ok && [reply.value.promotions.length, reply.value.complete]).toEqual([130, true]);
    });

    it("says that the list of promotions is incomplete where Ecwid does not page them", async () => {
      const stage = await stageWith({ promotionPaging: false });
      for (const promotion of numbered(128, 1)) stage.ecwid.edit.addPromotion(STORE, promotion);

      const reply = await openStore(stage).listPromotions();

      expect(reply.ok && [reply.value.promotions.length, reply.value.complete]).toEqual([100, false]);
      expect(stage.ecwid.log.counts().reads).toBe(2);
    });

    it("does not let a promotion that cannot be read hide the others, but then the list is incomplete", async () => {
      const stage = await stageWith();
      stage.ecwid.edit.addPromotion(STORE, { id: 9, triggers: { customerGroups: "nonsense" } });

      const reply = await openStore(stage).listPromotions();

      expect(reply.ok && reply.value.promotions.map(({ id }) => id)).toEqual(["608502", "608503"]);
      expect(reply).toMatchObject({ ok: true, value: { complete: false } });
    });

    it("reads the store's time zone, and that there is none", async () => {
      const stage = await stageWith();
      const store = openStore(stage);

      const zoned = await store.readProfile();
      stage.ecwid.edit.store(STORE, { timeZone: null });
      const zoneless = await store.readProfile();

      expect(zoned).toEqual({ ok: true, value: { timeZone: "Europe/Lisbon" } });
      expect(zoneless).toEqual({ ok: true, value: { timeZone: undefined } });
    });
  });

  describe("writing", () => {
    it("sends the limit of a coupon and nothing else", async () => {
      const stage = await stageWith();

      const reply = await openStore(stage).writeApplicationLimit(COUPON, "REPEAT_CUSTOMER_ONLY");

      expect(reply).toEqual({ ok: true, value: undefined });
      expect(stage.ecwid.log.requests()).toMatchObject([
        { method: "PUT", path: "/api/v3/1003/discount_coupons/162428889", query: "", body: '{"applicationLimit":"REPEAT_CUSTOMER_ONLY"}' },
      ]);
      expect(stage.ecwid.coupon(STORE, COUPON)).toMatchObject({ applicationLimit: "REPEAT_CUSTOMER_ONLY", repeatCustomerOnly: true });
    });

    it.each(["merge", "replace"] as const)("loses no trigger where Ecwid's reading of triggers is to %s", async (triggersMode) => {
      const stage = await stageWith({ triggersMode });
      const store = openStore(stage);
      const list = await store.listPromotions();
      const before = list.ok ? list.value.promotions[0] : undefined;

      const reply = await store.writeTriggers(PROMOTION, { ...before?.triggers, customerGroups: [0, 7, 8] });

      const wanted = { ...before?.triggers, customerGroups: [0, 7, 8] };
      expect(reply.ok).toBe(true);
      expect(stage.ecwid.promotion(STORE, PROMOTION)).toMatchObject({ name: "Ten off", triggers: wanted });
      expect(JSON.parse(stage.ecwid.log.requests().at(-1)?.body ?? "")).toEqual({ triggers: wanted });
    });

    it("does not care what the reply to a write says, nor whether it is whole", async () => {
      const stage = await stageWith({ unchangedUpdateCount: 0 });
      const store = openStore(stage);

      const unchanged = await store.writeApplicationLimit(COUPON, "NEW_CUSTOMER_ONLY");
      stage.ecwid.setFaults(() => ({ kind: "malformed" }));
      const cut = await store.writeApplicationLimit(COUPON, "UNLIMITED");

      expect([unchanged.ok, cut.ok]).toEqual([true, true]);
      expect(stage.ecwid.coupon(STORE, COUPON)).toMatchObject({ applicationLimit: "UNLIMITED" });
    });
  });

  describe("failing", () => {
    const status = (code: number, more: Partial<Extract<Fault, { kind: "status" }>> = {}): Fault => {
      return { kind: "status", status: code, when: "before", ...more };
    };

    it.each<[string, Fault, object]>([
      ["429 with Retry-After", status(429, { retryAfter: "3600" }), { kind: "rate-limited", retryAfterMs: 3_600_000 }],
      ["429 without Retry-After", status(429), { kind: "rate-limited", retryAfterMs: 10_000 }],
      ["any refusal with Retry-After", status(503, { retryAfter: "7" }), { kind: "rate-limited", retryAfterMs: 7_000 }],
      ["400", status(400, { errorCode: "WRONG_PARAMETER" }), { kind: "refused", code: "WRONG_PARAMETER" }],
      ["401", status(401, { body: "" }), { kind: "token-rejected" }],
      ["402", status(402, { errorCode: "NOT_AVAILABLE_ON_CURRENT_PLAN" }), { kind: "store-paused", code: "NOT_AVAILABLE_ON_CURRENT_PLAN" }],
      ["403 of a scope", status(403, { errorCode: "INSUFFICIENT_APP_SCOPE" }), { kind: "scope-missing" }],
      ["404 without a body", status(404, { body: "" }), { kind: "target-missing" }],
      ["404 of a store", status(404, { errorCode: "STORE_NOT_FOUND" }), { kind: "store-paused", code: "STORE_NOT_FOUND" }],
      ["405", status(405, { errorCode: "METHOD_NOT_ALLOWED" }), { kind: "refused", code: "METHOD_NOT_ALLOWED" }],
      ["408", status(408, { errorCode: "TIMEOUT" }), { kind: "outcome-unknown" }],
      ["409", status(409, { errorCode: "CONSTRAINT_VIOLATION" }), { kind: "conflict", code: "CONSTRAINT_VIOLATION" }],
      ["415", status(415, { body: "nonsense" }), { kind: "refused", code: "HTTP_415" }],
      ["422", status(422, { errorCode: "WRONG_URL" }), { kind: "refused", code: "WRONG_URL" }],
      ["500", status(500), { kind: "outcome-unknown" }],
      ["502 with a page", status(502, { body: "<html>" }), { kind: "outcome-unknown" }],
      ["a redirect", status(302, { headers: { location: "/simulated-admin" } }), { kind: "outcome-unknown" }],
      ["a lost connection", { kind: "drop", when: "before" }, { kind: "outcome-unknown" }],
    ])("tells %s as what it is", async (_name, fault, failure) => {
      const stage = await stageWith();
      stage.ecwid.setFaults(() => fault);

      const reply = await openStore(stage).writeApplicationLimit(COUPON, "UNLIMITED");

      expect(reply).toMatchObject({ ok: false, failure });
      expect(stage.ecwid.log.requests()).toHaveLength(1);
      expect(stage.ecwid.coupon(STORE, COUPON)).toMatchObject({ applicationLimit: "NEW_CUSTOMER_ONLY" });
    });

    it.each<Fault>([status(500, { when: "after" }), { kind: "drop", when: "after" }])(
      "cannot know that a write took effect before $kind",
      async (fault) => {
        const stage = await stageWith();
        stage.ecwid.setFaults(() => fault);

        const reply = await openStore(stage).writeApplicationLimit(COUPON, "UNLIMITED");

        expect(reply).toMatchObject({ ok: false, failure: { kind: "outcome-unknown" } });
        expect(stage.ecwid.coupon(STORE, COUPON)).toMatchObject({ applicationLimit: "UNLIMITED" });
      },
    );

    it("tells coupons and promotions that are gone, read-only or beyond the plan", async () => {
      const stage = await stageWith();
      stage.ecwid.edit.store(STORE, { readOnlyPromotions: ["608502"] });
      const store = openStore(stage);

      const coupon = await store.readCoupon(couponId("5"));
      const promotion = await store.writeTriggers(promotionId("5"), { customerGroups: [7] });
      const readOnly = await store.writeTriggers(PROMOTION, { customerGroups: [7] });
      stage.ecwid.edit.store(STORE, { missingFeatures: ["DISCOUNTS", "ADVANCED_DISCOUNTS"] });
      const coupons = await store.listCoupons();
      const promotions = await store.listPromotions();
      stage.ecwid.edit.store(STORE, { suspended: true });
      const suspended = await store.listCustomerGroups();

      expect([coupon, promotion, readOnly, coupons, promotions, suspended]).toMatchObject([
        { failure: { kind: "target-missing" } },
        { failure: { kind: "target-missing" } },
        { failure: { kind: "read-only" } },
        { failure: { kind: "feature-unavailable", code: "DISCOUNTS_FEATURE_NOT_AVAILABLE" } },
        { failure: { kind: "feature-unavailable", code: "ADVANCED_DISCOUNTS_FEATURE_NOT_AVAILABLE" } },
        { failure: { kind: "store-paused", code: "STORE_IS_SUSPENDED" } },
      ]);
    });

    it("calls a reply that is no JSON unreadable", async () => {
      const stage = await stageWith();
      stage.ecwid.setFaults(() => ({ kind: "malformed" }));
      const store = openStore(stage);

      const replies = [await store.readCoupon(COUPON), await store.listCoupons(), await store.listPromotions(), await store.readProfile()];

      for (const reply of replies) expect(reply).toMatchObject({ ok: false, failure: { kind: "unreadable-reply" } });
    });

    it("spends one call on a dead token, and none after it", async () => {
      const stage = await stageWith();
      stage.ecwid.edit.revokeTokens(STORE);
      const store = openStore(stage);

      const first = await store.readCoupon(COUPON);
      const second = await store.listPromotions();

      expect([first, second]).toMatchObject([{ failure: { kind: "token-rejected" } }, { failure: { kind: "token-rejected" } }]);
      expect(stage.ecwid.log.requests()).toHaveLength(1);
    });

    it("spends no call on a token that no header may carry", async () => {
      const stage = await stageWith();

      const reply = await openStore(stage, "secret_one\nsecret_two").readCoupon(COUPON);

      expect(reply).toMatchObject({ ok: false, failure: { kind: "token-rejected" } });
      expect(stage.ecwid.log.requests()).toEqual([]);
    });

    it("asks for the profile once before it calls a token dead for a bare 403", async () => {
      const stage = await stageWith();
      stage.ecwid.setFaults(({ resource }) => (resource === "profile" ? undefined : status(403, { body: "" })));

      const reply = await openStore(stage).readCoupon(COUPON);

      expect(reply).toMatchObject({ ok: false, failure: { kind: "refused", code: "HTTP_403" } });
      expect(stage.ecwid.log.requests().map(({ path }) => path)).toEqual([
        "/api/v3/1003/discount_coupons/162428889",
        "/api/v3/1003/profile",
      ]);
    });

    it("calls a token dead where the profile, too, is refused with a bare 403", async () => {
      const stage = await stageWith();
      stage.ecwid.setFaults(() => status(403, { body: "" }));

      const byCoupon = await openStore(stage).readCoupon(COUPON);
      const byProfile = await openStore(stage).readProfile();

      expect([byCoupon, byProfile]).toMatchObject([{ failure: { kind: "token-rejected" } }, { failure: { kind: "token-rejected" } }]);
      expect(stage.ecwid.log.requests()).toHaveLength(3);
    });

    it("sends a read whose connection was lost once more, and a write never", async () => {
      const stage = await stageWith();
      stage.ecwid.setFaults(({ number }) => (number === 1 ? { kind: "drop", when: "before" } : undefined));

      const read = await openStore(stage).readCoupon(COUPON);
      stage.ecwid.setFaults(() => ({ kind: "drop", when: "before" }));
      const write = await openStore(stage).writeApplicationLimit(COUPON, "UNLIMITED");

      expect([read.ok, write.ok]).toEqual([true, false]);
      expect(stage.ecwid.log.requests().map(({ method }) => method)).toEqual(["GET", "GET", "PUT"]);
    });

    it("gives up on a reply at its deadline, though the write took effect", async () => {
      const stage = await open({}, createEndlessClock());
      opened.push(stage);
      stage.ecwid.setFaults(() => ({ kind: "slow", delayMs: 1, effect: "at-once" }));
      const deadline = new AbortController();
      stage.ecwid.subscribe(() => deadline.abort());

      const reply = await openStore(stage, SECRET, { abortAfter: () => deadline.signal }).writeApplicationLimit(COUPON, "UNLIMITED");

      expect(reply).toMatchObject({ ok: false, failure: { kind: "outcome-unknown", message: expect.stringContaining("within 10000 ms") } });
      expect(stage.ecwid.coupon(STORE, COUPON)).toMatchObject({ applicationLimit: "UNLIMITED" });
    });

    it("keeps to its deadline in real time", async () => {
      const stage = await open({}, createEndlessClock());
      opened.push(stage);
      stage.ecwid.setFaults(() => ({ kind: "slow", delayMs: 1, effect: "at-the-end" }));

      const reply = await openStore(stage, SECRET, { deadlineMs: 30 }).readCoupon(COUPON);

      expect(reply).toMatchObject({ ok: false, failure: { kind: "outcome-unknown", message: expect.stringContaining("within 30 ms") } });
    });
  });

  describe("keeping the token to itself", () => {
    it("lets it into no address, no message and no line of the log, though Ecwid repeat it", async () => {
      const stage = await stageWith();
      const body = JSON.stringify({
        errorMessage: `Token ${SECRET} may not do this, nor secret_ofSomebodyElse`,
        errorCode: "WRONG_PARAMETER",
      });
      stage.ecwid.setFaults(({ method }) => (method === "PUT" ? { kind: "status", status: 400, when: "before", body } : undefined));
      const store = openStore(stage);

      const replies = [await store.readCoupon(COUPON), await store.writeApplicationLimit(COUPON, SECRET), await store.listPromotions()];

      expect(replies[1]).toMatchObject({ failure: { message: expect.stringContaining("Token [token] may not do this, nor [token]") } });
      expect(JSON.stringify([replies, stage.ecwid.log.requests()])).not.toContain("secret_");
    });
  });

  describe("keeping the pace", () => {
    it("holds a store's requests to those of a second and a minute, whoever opens it", async () => {
      const stage = await stageWith();
      const { fetch, clock, baseUrl } = stage;
      const gateway = createEcwidGateway({ fetch, clock, baseUrl, pace: { perSecond: 8, perMinute: 15 } });
      const startedAt = clock.now();

      for (let call = 0; call < 31; call += 1) await gateway.open(storeId(STORE), new Token(SECRET)).readProfile();

      const instants = stage.ecwid.log.requests().map(({ at }) => at - startedAt);
      expect(instants.filter((at) => at < 1_000)).toHaveLength(8);
      expect(instants.filter((at) => at < 60_000)).toHaveLength(15);
      expect(instants.filter((at) => at < 120_000)).toHaveLength(30);
    });
  });
});
