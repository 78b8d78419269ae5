import { describe, expect, it } from "vitest";
import { dueChecks } from "../../../lib/application/check/due-checks.ts";
import { storeTroubles, troublesFor } from "../../../lib/application/check/store-troubles.ts";
import type { CampaignCopy } from "../../../lib/application/ports/state-table.ts";
import type { Campaign } from "../../../lib/domain/campaign/campaign.ts";
import { campaignId, couponId, promotionId, storeId, targetKey } from "../../../lib/domain/identifiers.ts";
import { DAY, plus } from "../../../lib/domain/instant.ts";
import { at } from "../../support/layers.ts";

const NOW = at("2026-11-27T10:00");
const COUPON = targetKey({ kind: "coupon", id: couponId("7") });
const PROMOTION = targetKey({ kind: "promotion", id: promotionId("8") });
const PAUSE = { since: NOW, probeAt: NOW };

describe("the troubles of a store", () => {
  it("are none where nothing is in the way", () => {
    const troubles = storeTroubles({ pausedKinds: {} });

    expect(troubles).toEqual([]);
  });

  it("are those of all of it, then those of one kind, each with its reason", () => {
    const troubles = storeTroubles({
      deadToken: { secretVersion: "v", since: NOW },
      pause: { ...PAUSE, code: "P", reason: "p" },
      noAccess: { code: "N", reason: "n", since: NOW },
      pausedKinds: { coupon: { ...PAUSE, code: "C", reason: "c" }, promotion: { ...PAUSE, code: "R", reason: "r" } },
    });

    expect(troubles).toStrictEqual([
      { code: "TOKEN_REJECTED", reason: "Ecwid refused the store's token; put a working one into its secret" },
      { code: "P", reason: "p" },
      { code: "N", reason: "n" },
      { code: "C", reason: "c", kind: "coupon" },
      { code: "R", reason: "r", kind: "promotion" },
    ]);
  });

  it("concern a campaign by the kinds of its targets", () => {
    const troubles = [
      { code: "N", reason: "n" },
      { code: "C", reason: "c", kind: "coupon" },
      { code: "R", reason: "r", kind: "promotion" },
    ] as const;

    const told = [[COUPON], [PROMOTION], [COUPON, PROMOTION], []].map((targets) => troublesFor(troubles, targets).map(({ code }) => code));

    expect(told).toEqual([["N", "C"], ["N", "R"], ["N", "C", "R"], ["N"]]);
  });

  it("concern no target whose key names none", () => {
    const told = troublesFor([{ code: "C", reason: "c", kind: "coupon" }], ["nonsense" as typeof COUPON]);

    expect(told).toEqual([]);
  });
});

describe("the targets that a look should read", () => {
  const CAMPAIGN: Campaign = {
    storeId: storeId("1003"),
    campaignId: campaignId("sale"),
    name: "Sale",
    start: { kind: "local", dateTime: "2026-12-24T10:00" },
    end: { kind: "local", dateTime: "2026-12-24T12:00" },
    except: [],
    coupons: [{ couponId: couponId("7"), applicationLimit: "UNLIMITED" }],
    promotions: [{ promotionId: promotionId("8"), groups: { form: "change", add: [2], remove: [] } }],
    priority: 0,
    onManualEdit: "yield",
    enabled: true,
  };

  function copy(changes: Partial<CampaignCopy> = {}): CampaignCopy {
    const common = { targets: [], fingerprint: "", problems: [], warnings: [], waitsForZone: false };
    return { campaign: CAMPAIGN, timeZone: "UTC", calendars: { except: [], freezes: [] }, compiledAt: NOW, ...common, ...changes };
  }

  it.each([
    ["all of them where nobody has looked", [], [COUPON, PROMOTION]],
    [
      "those looked at before the campaign was saved",
      [
        [COUPON, plus(NOW, -1)],
        [PROMOTION, NOW],
      ],
      [COUPON],
    ],
    [
      "those never looked at",
      [
        [COUPON, NOW],
        [PROMOTION, undefined],
      ],
      [PROMOTION],
    ],
    [
      "none where all were looked at since",
      [
        [COUPON, NOW],
        [PROMOTION, plus(NOW, 1)],
      ],
      [],
    ],
  ] as const)("are %s", (_which, checked, expected) => {
    const targets = checked.map(([target, checkedAt]) => ({ target, check: { checkedAt, problems: [] } }));

    const due = dueChecks([copy()], targets, plus(NOW, 5));

    expect([...due]).toEqual(expected);
  });

  it("are those of every campaign", () => {
    const other: Campaign = { ...CAMPAIGN, promotions: [], coupons: [{ couponId: couponId("9"), applicationLimit: "UNLIMITED" }] };

    const due = dueChecks([copy({ campaign: { ...CAMPAIGN, promotions: [] } }), copy({ campaign: other })], [{ target: COUPON }], NOW);

    expect([...due]).toEqual([COUPON, "coupon#9"]);
  });

  it("are looked at anew a day before the window", () => {
    const targets = [COUPON, PROMOTION].map((target) => ({ target, check: { checkedAt: plus(NOW, 1), problems: [] } }));
    const dayBefore = plus(at("2026-12-24T10:00"), -DAY);

    const due = [plus(dayBefore, -1), dayBefore].map((when) => dueChecks([copy()], targets, when).size);

    expect(due).toEqual([0, 2]);
  });

  it.each([
    ["never was good", { campaign: undefined }],
    ["waits for a zone", { timeZone: undefined }],
    ["has no target left", { campaign: { ...CAMPAIGN, coupons: [], promotions: [] } }],
    ["is disabled", { campaign: { ...CAMPAIGN, enabled: false } }],
  ] satisfies readonly (readonly [string, Partial<CampaignCopy>])[])("are none of a campaign that %s", (_what, changes) => {
    const due = dueChecks([copy(changes)], [], NOW);

    expect(due.size).toBe(0);
  });
});
