import { describe, expect, it } from "vitest";
import type { SimulatedSettings } from "../../../infra/local/simulated-store/settings.ts";
import { createSimulatedEcwid, type SimulatedEcwid } from "../../../infra/local/simulated-store/simulated-ecwid.ts";
import { type Instant, parseInstant, plus } from "../../../lib/domain/instant.ts";
import type { JsonObject } from "../../../lib/domain/live.ts";

const START = parseInstant("2026-11-27T05:00:00Z");

interface Answer {
  readonly status: number;
  readonly body: JsonObject;
  readonly retryAfter: string | undefined;
}

/** One simulated store, 1003, and a way to call it at an instant that the test sets. */
function createBench(settings: Partial<SimulatedSettings> = {}) {
  let now: Instant = START;
  const clock = {
    now: () => now,
    sleepUntil: async (at: Instant) => {
      now = at;
    },
  };
  const ecwid: SimulatedEcwid = createSimulatedEcwid({ clock, settings });
  ecwid.addStore({
    storeId: "1003",
    tokens: [
      "secret_good",
      { token: "secret_reader", scopes: ["read_promotion"], dead: false },
      { token: "secret_dead", scopes: [], dead: true },
    ],
    groups: [{ id: 7, name: "VIP" }],
    coupons: [{ id: 11, code: "TEN", applicationLimit: "NEW_CUSTOMER_ONLY" }],
    promotions: [{ id: 22, triggers: { subtotal: 10, customerGroups: [7] } }],
  });

  const call = async (
    method: string,
    path: string,
    body?: JsonObject,
    { token = "secret_good", address = "here" } = {},
  ): Promise<Answer> => {
    const authorization = `Bearer ${token}`;
    const text = body === undefined ? undefined : JSON.stringify(body);
    const answered = await ecwid.handle({
      method,
      url: `/api/v3/${path}`,
      authorization,
      contentType: "application/json",
      body: text,
      address,
    });
    if (answered === undefined) return { status: 0, body: {}, retryAfter: undefined };
    return { status: answered.status, body: JSON.parse(answered.body) as JsonObject, retryAfter: answered.headers["retry-after"] };
  };
  const at = (milliseconds: number) => {
    now = plus(START, milliseconds);
  };
  return { ecwid, call, at };
}

describe("the simulated Ecwid's entrance", () => {
  it.each([
    ["a token without the scope", "GET", "1003/discount_coupons", "secret_reader", 403, "INSUFFICIENT_APP_SCOPE"],
    ["a dead token", "GET", "1003/profile", "secret_dead", 403, "INVALID_API_TOKEN"],
    ["an unknown token", "GET", "1003/profile", "secret_other", 403, "INVALID_API_TOKEN"],
    ["a token in the address", "GET", "1003/profile?token=secret_good", "", 403, "INVALID_API_TOKEN"],
    ["an unknown store", "GET", "1/profile", "secret_good", 404, "STORE_NOT_FOUND"],
    ["a read of one promotion, which Ecwid does not have", "GET", "1003/promotions/22", "secret_good", 405, "METHOD_NOT_ALLOWED"],
    ["an unknown address", "GET", "1003/discounts", "secret_good", 422, "WRONG_URL"],
    ["an unreadable limit", "GET", "1003/discount_coupons?limit=ten", "secret_good", 400, "WRONG_PARAMETER"],
  ])("refuses %s", async (_case, method, path, token, status, errorCode) => {
    const { call } = createBench();

    const answer = await call(method, path, undefined, { token });

    expect(answer).toMatchObject({ status, body: { errorCode } });
  });

  it("refuses a token's 601st request in a minute until the first is a minute old", async () => {
    const { call, at } = createBench();
    await call("GET", "1003/profile");
    at(20_000);
    for (let count = 1; count < 600; count += 1) await call("GET", "1003/profile");

    const tooMany = await call("GET", "1003/profile");
    const otherToken = await call("GET", "1003/promotions", undefined, { token: "secret_reader" });
    at(60_000);
    const later = await call("GET", "1003/profile");

    expect(tooMany).toMatchObject({ status: 429, body: { errorCode: "RATE_LIMITED" }, retryAfter: "40" });
    expect([otherToken.status, later.status]).toEqual([200, 200]);
  });

  it("bans an address after twenty calls with dead tokens in a minute, whatever token comes next", async () => {
    const { call, at } = createBench();
    const statuses = [];
    for (let count = 0; count < 20; count += 1)
      statuses.push((await call("GET", "1003/profile", undefined, { token: "secret_dead" })).status);

    const good = await call("GET", "1003/profile");
    const fromElsewhere = await call("GET", "1003/profile", undefined, { address: "elsewhere" });
    at(24 * 3_600_000);
    const nextDay = await call("GET", "1003/profile");

    expect(new Set(statuses)).toEqual(new Set([403]));
    expect(good).toMatchObject({ status: 429, retryAfter: "86400" });
    expect([fromElsewhere.status, nextDay.status]).toEqual([200, 200]);
  });

  it("bans an address after 600 calls with dead tokens in all, however slow", async () => {
    const { call, at } = createBench();
    for (let count = 0; count < 599; count += 1) {
      at(count * 10_000);
      await call("GET", "1003/profile", undefined, { token: "secret_dead" });
    }

    const before = await call("GET", "1003/profile");
    await call("GET", "1003/profile", undefined, { token: "secret_dead" });
    const after = await call("GET", "1003/profile");

    expect([before.status, after.status]).toEqual([200, 429]);
  });

  it("does not serve a store that is suspended or whose plan has no API", async () => {
    const { call, ecwid } = createBench();

    ecwid.edit.store("1003", { suspended: true });
    const suspended = await call("GET", "1003/profile");
    ecwid.edit.store("1003", { suspended: false, apiOnPlan: false });
    const free = await call("GET", "1003/profile");

    expect([suspended, free]).toMatchObject([
      { status: 402, body: { errorCode: "STORE_IS_SUSPENDED" } },
      { status: 402, body: { errorCode: "NOT_AVAILABLE_ON_CURRENT_PLAN" } },
    ]);
  });

  it("logs each request with its outcome and without its token", async () => {
    const { call, ecwid } = createBench();

    await call("GET", "1003/profile?token=secret_good");
    await call("PUT", "1003/discount_coupons/11", { name: "secret_good" });

    expect(ecwid.log.requests("1003")).toMatchObject([
      { number: 1, method: "GET", path: "/api/v3/1003/profile", query: "?token=[token]", outcome: 200, at: START },
      { number: 2, method: "PUT", body: '{"name":"[token]"}', outcome: 200 },
    ]);
    expect(ecwid.log.counts()).toEqual({ all: 2, reads: 1, writes: 1, byOutcome: { 200: 2 } });
  });
});

describe("a simulated list", () => {
  it("comes in Ecwid's envelope, in pages of 100 at most, with only the fields asked for", async () => {
    const { call, ecwid } = createBench();
    for (let id = 100; id < 220; id += 1) ecwid.edit.addCoupon("1003", { id });

    const answer = await call(
      "GET",
      "1003/discount_coupons?limit=500&offset=50&responseFields=total,count,offset,limit,items(id,applicationLimit)",
    );

    expect(answer.body).toMatchObject({ total: 121, count: 71, offset: 50, limit: 100 });
    expect(answer.body["items"]).toContainEqual({ id: 149, applicationLimit: "UNLIMITED" });
  });

  it("of groups begins with General", async () => {
    const { call } = createBench();

    const list = await call("GET", "1003/customer_groups?responseFields=items(id)");
    const general = await call("GET", "1003/customer_groups/0");
    const missing = await call("GET", "1003/customer_groups/5");

    expect(list.body).toEqual({ items: [{ id: 0 }, { id: 7 }] });
    expect(general.body).toEqual({ id: 0, name: "General" });
    expect(missing).toMatchObject({ status: 404, body: { errorMessage: "Customer group #5 not found" } });
  });
});

describe("a simulated coupon", () => {
  it("keeps its two fields about customers in step, and moves its dates", async () => {
    const { call, ecwid, at } = createBench();
    at(60_000);

    const answer = await call("PUT", "1003/discount_coupons/11", { applicationLimit: "REPEAT_CUSTOMER_ONLY", repeatCustomerOnly: false });

    expect(answer.body).toEqual({ updateCount: 1 });
    expect(ecwid.coupon("1003", 11)).toMatchObject({
      applicationLimit: "REPEAT_CUSTOMER_ONLY",
      repeatCustomerOnly: true,
      creationDate: "2026-11-27 05:00:00 +0000",
      updateDate: "2026-11-27 05:01:00 +0000",
    });
    expect((await call("GET", "1003/latest-stats")).body).toMatchObject({ discountCouponsUpdated: "2026-11-27 05:01:00 +0000" });
  });

  it("takes the older field alone, too", async () => {
    const { call, ecwid } = createBench();

    await call("PUT", "1003/discount_coupons/11", { repeatCustomerOnly: true });
    const repeat = ecwid.coupon("1003", 11)?.["applicationLimit"];
    await call("PUT", "1003/discount_coupons/11", { repeatCustomerOnly: false });

    expect([repeat, ecwid.coupon("1003", 11)?.["applicationLimit"]]).toEqual(["REPEAT_CUSTOMER_ONLY", "UNLIMITED"]);
  });

  it.each([
    [{ applicationLimit: "EVERYBODY" }, 400],
    [{ status: "EXPIRED" }, 400],
    [{ code: "TAKEN" }, 409],
  ])("refuses %j", async (body, status) => {
    const { call, ecwid } = createBench();
    ecwid.edit.addCoupon("1003", { id: 12, code: "TAKEN" });

    const answer = await call("PUT", "1003/discount_coupons/11", body);

    expect(answer.status).toBe(status);
  });

  it.each([0, 1] as const)("counts an update that changes nothing as %i where it is told to", async (unchangedUpdateCount) => {
    const { call } = createBench({ unchangedUpdateCount });

    const answer = await call("PUT", "1003/discount_coupons/11", { applicationLimit: "NEW_CUSTOMER_ONLY" });

    expect(answer.body).toEqual({ updateCount: unchangedUpdateCount });
  });
});

describe("a simulated promotion", () => {
  it.each([
    ["merge", { subtotal: 10, customerGroups: [0] }],
    ["replace", { customerGroups: [0] }],
  ] as const)("takes partial triggers as told: %s", async (triggersMode, triggers) => {
    const { call, ecwid } = createBench({ triggersMode });

    await call("PUT", "1003/promotions/22", { triggers: { customerGroups: [0] } });

    expect(ecwid.promotion("1003", 22)?.["triggers"]).toEqual(triggers);
  });

  it.each([
    [{ unknownGroups: "reject" }, [7, 99], 400, [7]],
    [{ unknownGroups: "drop" }, [7, 99], 200, [7]],
    [{ unknownGroups: "keep" }, [7, 99], 200, [7, 99]],
    [{ emptyGroups: "keep" }, [], 200, []],
    [{ emptyGroups: "remove" }, [], 200, undefined],
    [{ emptyGroups: "reject" }, [], 400, [7]],
    [{ unknownGroups: "keep" }, Array.from({ length: 201 }, (_, id) => id), 400, [7]],
    [{ unknownGroups: "keep" }, Array.from({ length: 200 }, (_, id) => id), 200, Array.from({ length: 200 }, (_, id) => id)],
  ] as const)("with %j answers %j with %i", async (settings, customerGroups, status, left) => {
    const { call, ecwid } = createBench(settings);

    const answer = await call("PUT", "1003/promotions/22", { triggers: { customerGroups: [...customerGroups] } });

    const triggers = ecwid.promotion("1003", 22)?.["triggers"] as JsonObject;
    expect([answer.status, triggers["customerGroups"]]).toEqual([status, left]);
  });

  it("cannot be changed where it is read-only, nor in a part that is", async () => {
    const { call, ecwid } = createBench();

    const part = await call("PUT", "1003/promotions/22", { targets: { all: false } });
    ecwid.edit.store("1003", { readOnlyPromotions: ["22"] });
    const whole = await call("PUT", "1003/promotions/22", { name: "New" });

    expect([part, whole]).toMatchObject(Array(2).fill({ status: 422, body: { errorCode: "READ_ONLY_PROMOTION_FIELD_CHANGE" } }));
  });

  it("cannot be limited to groups on a plan without them", async () => {
    const { call, ecwid } = createBench();
    ecwid.edit.store("1003", { missingFeatures: ["CUSTOMER_GROUPS"] });

    const answer = await call("PUT", "1003/promotions/22", { triggers: { customerGroups: [7] } });

    expect(answer).toMatchObject({ status: 403, body: { errorCode: "CUSTOMER_GROUPS_FEATURE_NOT_AVAILABLE" } });
  });
});

describe("people at the simulated control panel", () => {
  it("change, add and remove without a request", () => {
    const { ecwid } = createBench();

    ecwid.edit.coupon("1003", 11, { applicationLimit: "REPEAT_CUSTOMER_ONLY", code: null });
    ecwid.edit.promotion("1003", 22, { triggers: { customerGroups: null, subtotal: 5 } });
    ecwid.edit.deleteGroup("1003", 7);
    ecwid.edit.addPromotion("1003", { id: 23 });
    ecwid.edit.removePromotion("1003", 23);

    expect(ecwid.coupon("1003", 11)).toMatchObject({ applicationLimit: "REPEAT_CUSTOMER_ONLY", repeatCustomerOnly: true });
    expect(ecwid.coupon("1003", 11)).not.toHaveProperty("code");
    expect(ecwid.promotion("1003", 22)?.["triggers"]).toEqual({ subtotal: 5 });
    expect(ecwid.store("1003").groups).toEqual([{ id: 0, name: "General" }]);
    expect(ecwid.promotion("1003", 23)).toBeUndefined();
    expect(ecwid.log.counts().all).toBe(0);
  });

  it("are told where they name what does not exist", () => {
    const { ecwid } = createBench();

    expect(() => ecwid.edit.coupon("1003", 5, {})).toThrow("no 5 among its coupons");
    expect(() => ecwid.edit.coupon("1", 5, {})).toThrow("no simulated store 1");
    expect(() => ecwid.edit.addCoupon("1003", { id: 11 })).toThrow("already");
    expect(() => ecwid.edit.deleteGroup("1003", 0)).toThrow("General");
  });
});

describe("faults", () => {
  it("answer with a stale state, of reads only", async () => {
    const { call, ecwid } = createBench();
    await call("PUT", "1003/discount_coupons/11", { applicationLimit: "UNLIMITED" });

    ecwid.setStoreFaults("1003", ({ method }) => (method === "GET" ? { kind: "stale" } : undefined));
    const stale = await call("GET", "1003/discount_coupons/11");
    ecwid.setStoreFaults("1003", undefined);
    const fresh = await call("GET", "1003/discount_coupons/11");

    expect([stale.body["applicationLimit"], fresh.body["applicationLimit"]]).toEqual(["NEW_CUSTOMER_ONLY", "UNLIMITED"]);
  });

  it("of one store leave another alone", async () => {
    const { call, ecwid } = createBench();
    ecwid.addStore({ storeId: "1004", tokens: ["secret_good"] });
    ecwid.setStoreFaults("1004", () => ({ kind: "status", status: 503, when: "before", retryAfter: "5" }));

    const [one, other] = [await call("GET", "1003/profile"), await call("GET", "1004/profile")];

    expect([one.status, other.status, other.retryAfter]).toEqual([200, 503, "5"]);
  });

  it("can make a reply slow, with its effect at the end", async () => {
    const { call, ecwid } = createBench();
    ecwid.setFaults(() => ({ kind: "slow", delayMs: 4_000, effect: "at-the-end" }));

    await call("PUT", "1003/discount_coupons/11", { applicationLimit: "UNLIMITED" });

    expect(ecwid.coupon("1003", 11)).toMatchObject({ updateDate: "2026-11-27 05:00:04 +0000" });
  });
});

describe("the saved state", () => {
  it("brings every store back as it was", async () => {
    const { ecwid } = createBench();
    ecwid.edit.coupon("1003", 11, { applicationLimit: "UNLIMITED" });
    const { ecwid: other, call } = createBench();

    other.fromJson(ecwid.toJson());

    expect(other.stores()).toEqual(ecwid.stores());
    expect((await call("GET", "1003/discount_coupons/11")).body).toMatchObject({ applicationLimit: "UNLIMITED" });
  });

  it("says what is wrong with a text that is none", () => {
    const { ecwid } = createBench();

    expect(() => ecwid.fromJson('{"version":1,"stores":[{}]}')).toThrow("stores[0]");
    expect(ecwid.stores()).toHaveLength(1);
  });
});
