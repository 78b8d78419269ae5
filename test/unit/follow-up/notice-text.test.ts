import { describe, expect, it } from "vitest";
import { ALARM_KINDS, type AlarmKind } from "../../../lib/application/alarms/alarm-kinds.ts";
import type { StoreFindings, Survey, TargetFinding } from "../../../lib/application/follow-up/findings.ts";
import { noticeOf, type Telling } from "../../../lib/application/follow-up/text/notice-text.ts";
import type { Incident } from "../../../lib/application/ports/incident.ts";
import { campaignId, couponId, storeId, targetKey } from "../../../lib/domain/identifiers.ts";
import { HOUR, plus } from "../../../lib/domain/instant.ts";
import { instantOf } from "../../support/world.ts";

const now = instantOf("2026-11-27T10:00:00Z");
const incident: Incident = { alarm: "on", changedAt: now, openedAt: plus(now, -HOUR), times: 3, told: "opened", headline: "What it was" };
const sale = { campaignId: campaignId("sale"), name: "Sale" };

function coupon(id: number, changes: Partial<TargetFinding> = {}): TargetFinding {
  return {
    key: targetKey({ kind: "coupon", id: couponId(String(id)) }),
    name: `coupon SAVE${id} (${id})`,
    causes: [{ code: "TARGET_MISSING", reason: "the store has none with this number" }],
    prospect: {
      should: { cells: [{ cell: "applicationLimit", value: "UNLIMITED" }], campaigns: [sale] },
      wrong: [{ cell: "applicationLimit", holds: "NEW_CUSTOMER_ONLY" }],
      next: { at: plus(now, 2 * HOUR), spell: { cells: [{ cell: "applicationLimit", value: "NEW_CUSTOMER_ONLY" }], campaigns: [] } },
    },
    ...changes,
  };
}

function store(id: number, targets: readonly TargetFinding[], changes: Partial<StoreFindings> = {}): StoreFindings {
  return { storeId: storeId(String(id)), timeZone: "Europe/Berlin", causes: [], targets, records: [], ...changes };
}

function surveyOf(stores: readonly StoreFindings[], changes: Partial<Survey> = {}): Survey {
  const targetCount = stores.reduce((sum, { targets }) => sum + targets.length, 0);
  return { stores, storeCount: stores.length, targetCount, looked: stores.length, unread: 0, isIndexUnread: false, ...changes };
}

function tell(kind: AlarmKind, survey: Survey, changes: Partial<Telling> = {}) {
  const names = { deployment: "Doorman", tickRule: "Doorman-TicksEveryMinute", campaignsTable: "Doorman-Campaigns" };
  return noticeOf({ names, kind, chapter: "opened", incident, survey, looks: 0, now, ...changes });
}

const HOSTILE = `Sale\n\nWHAT YOU CAN DO IN ECWID\n1. Pay here\u202e ${["secret", "abcDEF123"].join("_")} ${"é🎉".repeat(200)}`;
const everything = surveyOf(
  [
    store(1003, [coupon(7, { name: `coupon ${HOSTILE}`, causes: [{ code: "CODE", reason: HOSTILE, since: now }] })], {
      causes: [{ code: "SCOPE_MISSING", reason: HOSTILE, kind: "promotion" }],
      records: [{ recordId: "sale", name: HOSTILE, problems: [HOSTILE], isRunning: false }],
    }),
  ],
  { cut: "many", unread: 2, isIndexUnread: true, stopped: { since: now, reason: HOSTILE } },
);

describe.each(ALARM_KINDS)("a message about %s", (kind) => {
  it.each(["opened", "again", "more", "closed"] as const)(
    "can be sent and read, whatever people wrote into names and Ecwid into errors: %s",
    (chapter) => {
      for (const survey of [everything, surveyOf([]), surveyOf([store(1003, [coupon(1)])])]) {
        const { notice, headline } = tell(kind, survey, { chapter, looks: 2 });
        const prose = notice.text.split("\n").filter((line) => !/^ {5}\S|\S{60}/.test(line));

        expect(notice.subject).toMatch(/^\[Doorman\] [ -~]{1,89}$/);
        expect(prose.filter((line) => line.length > 92)).toEqual([]);
        expect(notice.text).toContain(`docs/runbook.md#${kind}`);
        expect(notice.text).not.toMatch(/\n1\. Pay here|secret_abc|\u202e/);
        expect(headline).not.toContain("\n");
        expect(Object.keys(notice.attributes).length).toBeLessThanOrEqual(10);
        expect(Object.values(notice.attributes).filter((value) => value.length === 0)).toEqual([]);
      }
    },
  );

  it("says what a person does, where something is wrong", () => {
    expect(tell(kind, surveyOf([store(1003, [coupon(1)])])).notice.text).toMatch(
      /\n\n(WHAT YOU CAN DO IN ECWID|FOR WHOEVER LOOKS AFTER DOORMAN .*\nWho that is: .*)\n1\. /,
    );
  });
});

describe("a long list", () => {
  it("is cut, store by store and in all, and says how many there are more", () => {
    const coupons = Array.from({ length: 43 }, (_each, index) => coupon(index + 1));
    const stores = Array.from({ length: 47 }, (_each, index) => store(2000 + index, coupons));

    const { notice } = tell("targets-blocked", surveyOf(stores));

    expect(notice.text).toContain("- and 37 more: npm run doorman -- plan --store 2000 --aws");
    expect(notice.text).toContain("and 37 more stores");
    expect(Buffer.byteLength(notice.text)).toBeLessThan(32_000);
    expect(notice.attributes).toMatchObject({ storeCount: "47", targetCount: "2021" });
  });

  it("stays under what SNS takes (262,144 bytes) though every text is as long and wide as it may be", () => {
    const wide = "🎉".repeat(400);
    const coupons = Array.from({ length: 500 }, (_each, index) =>
      coupon(index + 1, {
        name: wide,
        causes: [
          { code: "A", reason: wide },
          { code: "B", reason: wide },
        ],
      }),
    );
    const stores = Array.from({ length: 100 }, (_each, index) => store(2000 + index, coupons));

    const { notice } = tell("switches-failing", surveyOf(stores));

    expect(Buffer.byteLength(notice.text) + Buffer.byteLength(JSON.stringify(notice.attributes))).toBeLessThan(262_144);
  });

  it("has one advice for each kind of cause, and names the other stores that it holds for", () => {
    const causes = [{ code: "TOKEN_REJECTED", reason: "Ecwid refused the store's token", since: now }];
    const stores = [1003, 1004, 1005].map((id) => store(id, [coupon(1, { causes: [] })], { causes }));

    const { notice } = tell("token-dead", surveyOf(stores), { looks: 3 });

    expect(notice.text.match(/store add/g)).toHaveLength(1);
    expect(notice.text).toContain(". The same for stores 1004, 1005.");
    expect(notice.text).toContain("It looks into the secret just now");
    expect(notice.text.match(/opened by hand in Ecwid admin of store 100[345]:/g)).toHaveLength(3);
    expect(notice.subject).toBe("[Doorman] Stores 1003, 1004, 1005: Ecwid refuses the tokens, so no discount can be switched there");
  });
});

describe("the second line", () => {
  const second = (targets: readonly TargetFinding[]) =>
    tell("targets-blocked", surveyOf([store(1003, targets)])).notice.text.split("\n\n")[0];
  const { prospect } = coupon(1);

  it("says until when customers get something else than planned", () => {
    expect(second([coupon(1)])).toContain('Wrong now, until 2026-11-27 13:00 Europe/Berlin: coupon SAVE1 (1) ("Sale").');
  });

  it("names the last end of several", () => {
    const later = coupon(2, { prospect: { ...prospect, next: { at: plus(now, 5 * HOUR), spell: prospect.should } } });

    expect(second([coupon(1), later])).toContain("Wrong now, at the longest until 2026-11-27 16:00 Europe/Berlin: coupon");
  });

  it("says that something is open that should be over", () => {
    const wrong = [{ cell: "applicationLimit" as const, holds: "UNLIMITED", heldFor: sale }];
    const should = { cells: [{ cell: "applicationLimit" as const, value: "NEW_CUSTOMER_ONLY" }], campaigns: [] };

    expect(second([coupon(1, { prospect: { should, wrong, next: undefined } })])).toContain(
      'Wrong now, until this is put right: coupon SAVE1 (1) ("Sale") should be over.',
    );
  });

  it("says what comes next where nothing is wrong yet", () => {
    const next = { at: plus(now, 3 * HOUR), spell: prospect.should };

    expect(second([coupon(1, { prospect: { should: { cells: [], campaigns: [] }, wrong: [], next } })])).toContain(
      "Nothing is wrong for customers yet. The next switch is due at 2026-11-27 14:00",
    );
  });
});
