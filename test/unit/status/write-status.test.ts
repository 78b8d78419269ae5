import { describe, expect, it } from "vitest";
import { compileCopy } from "../../../lib/application/compile/compile-copy.ts";
import type { CampaignCopy, StoreState, TargetState } from "../../../lib/application/ports/state-table.ts";
import { withStandingOverlaps } from "../../../lib/application/status/standing-overlaps.ts";
import { statusOf, writeStatusIfChanged } from "../../../lib/application/status/write-status.ts";
import { campaignId, couponId, targetKey, windowId } from "../../../lib/domain/identifiers.ts";
import { plus } from "../../../lib/domain/instant.ts";
import type { Overlap } from "../../../lib/domain/layers/overlaps.ts";
import { EMPTY_LEDGER, type Ledger } from "../../../lib/domain/ledger/ledger.ts";
import type { JsonObject } from "../../../lib/domain/live.ts";
import { at } from "../../support/layers.ts";
import { COUPON, createWorld, STORE, sale } from "../../support/world.ts";

const NOW = at("2026-11-27T09:00");
const KEY = targetKey({ kind: "coupon", id: couponId(String(COUPON)) });
const SALE = campaignId("sale");
const OPEN: StoreState = { pausedKinds: {} };

function copyOf(changes: JsonObject = {}, overrides: Partial<CampaignCopy> = {}): CampaignCopy {
  const item = sale(changes);
  const compiled = compileCopy({ item, before: undefined, storeTimeZone: "UTC", calendars: [], at: NOW, fingerprint: (text) => text });
  return { ...compiled, ...overrides };
}

function known(state: Partial<TargetState>, target = KEY) {
  return { target, ledger: EMPTY_LEDGER, warnings: [], ...state };
}

function problem(changes: object = {}) {
  return { campaignId: SALE, code: "PAUSED", message: "it is paused", ...changes };
}

function held(by: string): Ledger {
  const window = windowId(campaignId(by), "2026-11-27T10:00:00Z");
  return { cells: { applicationLimit: { base: "A", written: "B", window, policy: "yield", standIn: false, heldAt: NOW } }, yielded: {} };
}

describe("the status of a campaign", () => {
  const overlap = { campaignId: campaignId("other"), target: KEY, message: "overlaps", until: undefined } as unknown as Overlap;

  it("says each thing once: of the record, of other campaigns, of itself, of the store and of its targets", () => {
    const noAccess = { code: "N", reason: "there is no secret", since: NOW };
    const override = { state: "on", until: "2026-11-27T11:00", reason: "r" };
    const copy = copyOf({ override }, { warnings: ["of the record", "said twice"], overlaps: [overlap] });
    const targets = [
      known({
        warnings: [
          { campaignId: SALE, message: "said twice" },
          { campaignId: SALE, message: "of a target" },
        ],
        check: { problems: [problem()] },
      }),
    ];

    const status = statusOf(copy, SALE, targets, NOW, { ...OPEN, noAccess });

    expect(status.state).toBe("ACTIVE");
    expect(status.warnings).toEqual([
      "of the record",
      "said twice",
      "overlaps",
      "forced on until 2026-11-27 11:00:00 UTC: r",
      "there is no secret",
      "of a target",
      "it is paused",
    ]);
  });

  it.each([
    ["another campaign's warning", known({ warnings: [{ campaignId: campaignId("other"), message: "m" }] })],
    ["another campaign's problem", known({ check: { problems: [problem({ campaignId: campaignId("other") })] } })],
    [
      "another target's warning",
      known({ warnings: [{ campaignId: SALE, message: "m" }] }, targetKey({ kind: "coupon", id: couponId("1") })),
    ],
    ["a problem whose window is over", known({ check: { problems: [problem({ endsAt: NOW })] } })],
    [
      "a problem that a block says already",
      known({ check: { problems: [problem()] }, block: { code: "PAUSED", reason: "r", since: NOW } }),
    ],
  ])("says nothing of %s", (_what, target) => {
    const status = statusOf(copyOf(), SALE, [target], NOW, OPEN);

    expect(status.warnings).toEqual([]);
  });

  it("says a problem that is another than the block's", () => {
    const target = known({ check: { problems: [problem()] }, block: { code: "OTHER", reason: "r", since: NOW } });

    const status = statusOf(copyOf(), SALE, [target], NOW, OPEN);

    expect(status.warnings).toEqual(["it is paused"]);
  });

  it.each([
    ["SCHEDULED", NOW, {}, true],
    ["ACTIVE", at("2026-11-27T11:00"), {}, true],
    ["ENDED", at("2026-11-27T12:00"), {}, false],
    ["DISABLED", NOW, { enabled: false }, false],
  ])("hears of its targets' problems, of overlaps and of the store while it runs: %s", (state, when, changes, isTold) => {
    const store = { ...OPEN, noAccess: { code: "N", reason: "there is no secret", since: NOW } };

    const status = statusOf(copyOf(changes, { overlaps: [overlap] }), SALE, [known({ check: { problems: [problem()] } })], when, store);

    expect(status.state).toBe(state);
    expect(status.warnings).toEqual(isTold ? ["overlaps", "there is no secret", "it is paused"] : []);
  });

  it.each([
    ["it holds something still", "sale", ["there is no secret"]],
    ["another does", "other", []],
  ])("hears of the store after its end where %s", (_where, holder, expected) => {
    const store = { ...OPEN, noAccess: { code: "N", reason: "there is no secret", since: NOW } };

    const status = statusOf(copyOf(), SALE, [known({ ledger: held(holder) })], at("2026-11-27T12:00"), store);

    expect(status.warnings).toEqual(expected);
  });

  it("hears of the store after its end where it holds one of its targets still", () => {
    const store = { ...OPEN, noAccess: { code: "N", reason: "there is no secret", since: NOW } };
    const coupons = [COUPON, 5].map((id) => ({ couponId: id, applicationLimit: "UNLIMITED" }));
    const targets = [known({ ledger: held("sale") }), known({}, targetKey({ kind: "coupon", id: couponId("5") }))];

    const status = statusOf(copyOf({ coupons }), SALE, targets, at("2026-11-27T12:00"), store);

    expect(status.warnings).toEqual(["there is no secret"]);
  });

  it("hears of a paused kind only where it has such targets", () => {
    const pause = { code: "C", reason: "r", since: NOW, probeAt: NOW };

    const warnings = [{ coupon: pause }, { promotion: pause }].map(
      (pausedKinds) => statusOf(copyOf(), SALE, [], NOW, { pausedKinds }).warnings,
    );

    expect(warnings).toEqual([["r"], []]);
  });

  it.each([{ campaign: undefined }, { timeZone: undefined }])("is INVALID, with what is wrong, where no version runs: %o", (lacks) => {
    const copy = copyOf({}, { ...lacks, problems: [{ path: "p", message: "m" }], warnings: ["w"] });

    const status = statusOf(copy, SALE, [known({ warnings: [{ campaignId: SALE, message: "m" }] })], NOW, OPEN);

    expect(status).toEqual({ state: "INVALID", problems: [{ path: "p", message: "m" }], warnings: ["w"], compiledAt: NOW });
  });

  it("has its window, its next switch and its problems", () => {
    const copy = copyOf({}, { problems: [{ path: "p", message: "m" }] });

    const status = statusOf(copy, SALE, [], at("2026-11-27T10:30"), OPEN);

    expect(status).toMatchObject({
      state: "ACTIVE",
      problems: [{ path: "p", message: "m" }],
      activeWindow: { start: at("2026-11-27T10:00"), end: at("2026-11-27T12:00") },
      nextSwitch: at("2026-11-27T12:00"),
    });
  });
});

describe("writing a status", () => {
  async function written(change: object, isThere = true) {
    const { campaigns } = createWorld();
    const status = { state: "SCHEDULED", problems: [], warnings: [], compiledAt: NOW } as const;
    await campaigns.put(sale());
    await campaigns.writeStatus(STORE, "sale", status);
    const record = await campaigns.get(STORE, "sale");
    let writes = 0;
    campaigns.writeStatus = async () => {
      writes += 1;
      return true;
    };
    const place = { storeId: STORE, campaignId: "sale" };
    await writeStatusIfChanged(campaigns, place, isThere ? record : undefined, { ...status, ...change });
    return writes;
  }

  it.each([
    ["nothing else", {}, 0],
    ["when it was compiled", { compiledAt: plus(NOW, 1_000) }, 0],
    ["its warnings", { warnings: ["w"] }, 1],
    ["its state and when it was compiled", { state: "ACTIVE", compiledAt: plus(NOW, 1_000) }, 1],
  ])("is done or not where it changes %s", async (_what, change, count) => {
    const writes = await written(change);

    expect(writes).toBe(count);
  });

  it("is not done where the record is gone", async () => {
    const writes = await written({ state: "ACTIVE" }, false);

    expect(writes).toBe(0);
  });

  it.each([undefined, null, "text", ["list"], 5])("is done where the record has none that could be read: %j", async (status) => {
    const { campaigns } = createWorld();
    await campaigns.put(sale(status === undefined ? {} : { status }));

    await writeStatusIfChanged(campaigns, { storeId: STORE, campaignId: "sale" }, await campaigns.get(STORE, "sale"), {
      state: "SCHEDULED",
      problems: [],
      warnings: [],
      compiledAt: NOW,
    });

    expect((await campaigns.get(STORE, "sale"))?.item["status"]).toMatchObject({ state: "SCHEDULED" });
  });
});

describe("overlaps that campaigns were told of", () => {
  const coupons = [{ couponId: COUPON, applicationLimit: "REPEAT_CUSTOMER_ONLY" }];
  const told = {
    campaignId: campaignId("other"),
    target: KEY,
    message: "as it was told",
    until: at("2026-11-27T12:00"),
  } as unknown as Overlap;
  const OTHER = copyOf({ campaignId: "other", name: "Other", start: "2026-11-27T11:00", coupons });

  async function standing(other: CampaignCopy | undefined, overrides: Partial<CampaignCopy> = {}, when = NOW) {
    const asked: string[] = [];
    const copy = copyOf({}, { overlaps: [told], ...overrides });
    const result = await withStandingOverlaps(copy, when, async (id) => {
      asked.push(id);
      return other;
    });
    return { messages: (result.overlaps ?? []).map(({ message }) => message), asked };
  }

  const ANEW = expect.stringContaining('overlaps with "Other"');

  it.each([
    ["stand while the other campaign is as it was", { ...OTHER, compiledAt: plus(NOW, -1) }, {}, ["as it was told"]],
    ["are compared anew where the other was saved at the same time", OTHER, {}, [ANEW]],
    ["are compared anew where the other was saved later", { ...OTHER, compiledAt: plus(NOW, 1) }, {}, [ANEW]],
    ["are gone where the other is", undefined, {}, []],
    ["are gone where the other lost the target", copyOf({ campaignId: "other", coupons: [{ ...coupons[0], couponId: 5 }] }), {}, []],
    ["are gone where the other never was good", { ...OTHER, campaign: undefined }, {}, []],
    ["are gone where the other waits for a zone", { ...OTHER, timeZone: undefined }, {}, []],
    ["are gone where the campaign itself runs no more", { ...OTHER, compiledAt: plus(NOW, -1) }, { campaign: undefined }, []],
  ] as const)("%s", async (_what, other, overrides, expected) => {
    const { messages } = await standing(other as CampaignCopy | undefined, overrides);

    expect(messages).toEqual(expected);
  });

  it.each([
    [plus(at("2026-11-27T12:00"), -1), 1],
    [at("2026-11-27T12:00"), 0],
  ])("are asked for until they are over (%i)", async (when, count) => {
    const { asked } = await standing({ ...OTHER, compiledAt: plus(NOW, -1) }, {}, when);

    expect(asked).toHaveLength(count);
  });

  it("without an end are never over", async () => {
    const { messages } = await standing(
      { ...OTHER, compiledAt: plus(NOW, -1) },
      { overlaps: [{ ...told, until: undefined }] },
      at("2030-01-01T00:00"),
    );

    expect(messages).toEqual(["as it was told"]);
  });

  it.each([[undefined], [[]]])("are none where none were told: %j", async (overlaps) => {
    const copy = copyOf({}, { overlaps });

    const result = await withStandingOverlaps(copy, NOW, () => Promise.reject(new Error("nobody asks")));

    expect(result).toBe(copy);
  });
});
