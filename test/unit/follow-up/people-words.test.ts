import { describe, expect, it } from "vitest";
import type { AlarmKind } from "../../../lib/application/alarms/alarm-kinds.ts";
import type { StoreFindings, TargetFinding } from "../../../lib/application/follow-up/findings.ts";
import { noticeOf } from "../../../lib/application/follow-up/text/notice-text.ts";
import type { Names } from "../../../lib/application/follow-up/text/story.ts";
import { withGroupNames } from "../../../lib/application/follow-up/text/words.ts";
import { campaignId, couponId, promotionId, storeId, targetKey } from "../../../lib/domain/identifiers.ts";
import { HOUR, plus } from "../../../lib/domain/instant.ts";
import { instantOf } from "../../support/world.ts";

const NOW = instantOf("2026-11-27T10:00:00Z");
const SALE = { campaignId: campaignId("sale"), name: "Sale" };
const NAMES: Names = { deployment: "Doorman", tickRule: "Doorman-Ticks", campaignsTable: "Doorman-Campaigns-1ABC" };
const COUPON: TargetFinding = {
  key: targetKey({ kind: "coupon", id: couponId("7") }),
  name: "coupon SAVE7 (7)",
  causes: [],
  prospect: {
    should: { cells: [{ cell: "applicationLimit", value: "UNLIMITED" }], campaigns: [SALE] },
    wrong: [{ cell: "applicationLimit", holds: "REPEAT_CUSTOMER_ONLY" }],
    next: undefined,
  },
};
const PROMOTION: TargetFinding = {
  key: targetKey({ kind: "promotion", id: promotionId("9") }),
  name: "promotion Early (9)",
  causes: [],
  prospect: {
    should: {
      cells: [
        { cell: "group:2", value: "in" },
        { cell: "group:3", value: "out" },
      ],
      campaigns: [SALE],
    },
    wrong: [
      { cell: "group:2", holds: "out" },
      { cell: "group:3", holds: "in" },
    ],
    next: undefined,
  },
};

/** The message on one line, so that breaks do not matter. */
function told(
  kind: AlarmKind,
  targets: readonly TargetFinding[],
  changes: Partial<StoreFindings> = {},
  names: Partial<Names> = {},
): string {
  const store: StoreFindings = { storeId: storeId("1003"), timeZone: "Europe/Berlin", causes: [], targets, records: [], ...changes };
  const survey = { stores: [store], storeCount: 1, targetCount: targets.length, looked: 1, unread: 0, isIndexUnread: false };
  const incident = { alarm: "on", changedAt: NOW, openedAt: NOW, times: 1, told: "nothing" } as const;
  const { notice } = noticeOf({ names: { ...NAMES, ...names }, kind, chapter: "opened", incident, survey, looks: 0, now: NOW });
  return notice.text.replaceAll(/\s+/g, " ");
}

function because(target: TargetFinding, code: string, reason = "it says why"): TargetFinding {
  return { ...target, causes: [{ code, reason }] };
}

describe("a customer group", () => {
  it("goes by its name and number, and by its number alone where nobody has read its name", () => {
    const names = { "2": "VIP", "12": "Staff" };

    expect(withGroupNames("customer group 2, customer group 12 and customer group 3", names)).toBe(
      "customer group VIP (2), customer group Staff (12) and customer group 3",
    );
    expect(withGroupNames("customer group 2")).toBe("customer group 2");
    expect(withGroupNames("customer group constructor", {})).toBe("customer group constructor");
  });

  it("writes no line of its own into a message", () => {
    const text = told("tick-silent", [PROMOTION], { groupNames: { "2": "VIP\n\nWHAT YOU CAN DO\u202e" } });

    expect(text).toContain("customer group VIP WHAT YOU CAN DO (2)");
    expect(text).not.toContain("\u202e");
  });

  it("is put in and taken out by hand, and back again", () => {
    expect(told("tick-silent", [PROMOTION], { groupNames: { "2": "VIP" } })).toContain(
      "add customer group VIP (2), take out customer group 3 and leave the other groups as they are, and save. When the campaign ends: take out customer group VIP (2), add customer group 3 again",
    );
  });

  it("is not taken out by hand where the next campaign lets it in as well", () => {
    const spell = { cells: PROMOTION.prospect.should.cells.map(({ cell }) => ({ cell, value: "in" })), campaigns: [SALE] };
    const next = { at: plus(NOW, HOUR), spell };

    expect(told("tick-silent", [{ ...PROMOTION, prospect: { ...PROMOTION.prospect, next } }])).toContain(
      "After 2026-11-27 12:00 Europe/Berlin: add customer group 3 again",
    );
  });

  it.each([
    { groups: [0, 3], groupNames: { "0": "General", "2": "VIP", "3": "Staff" }, remain: "so that General (0), Staff (3) remain" },
    { groups: [0, 3], groupNames: { "2": "VIP" }, remain: "so that the 2 other groups of it remain" },
    { groups: [3], groupNames: {}, remain: "so that the other group of it remains" },
    { groups: [], groupNames: {}, remain: "(if no group would remain, do not save:" },
    { groups: undefined, groupNames: {}, remain: "(if no group would remain, do not save:" },
  ])("is taken out again by hand so that $groups remain, which is said: $remain", ({ groups, groupNames, remain }) => {
    const should = { cells: [{ cell: "group:2" as const, value: "in" }], campaigns: [SALE] };
    const prospect = { should, wrong: [{ cell: "group:2" as const, holds: "out" }], next: undefined, groups };

    const text = told("tick-silent", [{ ...PROMOTION, prospect }], { groupNames });

    expect(text).toMatch(/add customer group .* and leave the other groups as they are, and save/);
    expect(text).toContain(remain);
  });

  it("that was deleted is named in what to do, with the command for its new number", () => {
    const reason = "promotion Early: customer group 2 does not exist in the store";
    const text = told("trouble-ahead", [because(PROMOTION, "GROUP_MISSING", reason)], { groupNames: { "2": "VIP" } });

    expect(text).toContain("whether customer group VIP (2) was deleted by mistake");
    expect(text).toContain("ecwid 1003 customer_groups");
    expect(text).toContain("replace the old number (customer group VIP (2))");
    expect(text).toContain("why: promotion Early: customer group VIP (2) does not exist");
  });
});

describe("a customer group that was deleted, of a promotion to be", () => {
  const cells = [{ cell: "group:2" as const, value: "in" }];
  const missing = { ...PROMOTION, causes: [{ code: "GROUP_MISSING", reason: "customer group 2 does not exist" }] };
  const spell = { cells, campaigns: [SALE] };

  it("opened is added by hand only where Doorman has not done so by then, and is taken out again by hand", () => {
    const next = { at: plus(NOW, HOUR), until: plus(NOW, 3 * HOUR), spell };
    const text = told("trouble-ahead", [{ ...missing, prospect: { should: { cells: [], campaigns: [] }, wrong: [], next } }]);

    expect(text).toContain("Do not put it into the promotion: Doorman does that, once the next step is done.");
    expect(text).toMatch(/If a few minutes after 2026-11-27 12:00 Europe.Berlin it is not in and cannot wait, add it by hand/);
    expect(text).toContain("take it out again after 2026-11-27 14:00 Europe/Berlin: Doorman will not.");
    expect(text).toContain("Forward this message before 2026-11-27 12:00 Europe/Berlin and write");
  });

  it("open already is added by hand at once where it cannot wait", () => {
    const next = { at: plus(NOW, HOUR), spell: { cells: [{ cell: "group:2" as const, value: "out" }], campaigns: [] } };
    const text = told("targets-blocked", [{ ...missing, prospect: { ...PROMOTION.prospect, next } }]);

    expect(text).toContain("If it cannot wait for that, add it by hand");
    expect(text).toContain("take it out again after 2026-11-27 12:00 Europe/Berlin: Doorman will not.");
    expect(text).toContain("Forward this message and write");
  });

  it("open without an end is taken out when the campaign ends", () => {
    expect(told("targets-blocked", [missing])).toContain("take it out again when the campaign ends: Doorman will not.");
  });
});

describe("what the plan lacks", () => {
  const causes = [{ code: "PROMOTION_FEATURE_NOT_AVAILABLE", reason: "none", kind: "promotion" as const }];

  it("is opened by hand once the plan includes it again, and what it includes at once", () => {
    const text = told("switches-failing", [PROMOTION, COUPON], { causes });

    expect(text).toContain(
      "Once the plan includes it again, what cannot wait can be opened by hand in Ecwid admin of store 1003: - promotion Early (9)",
    );
    expect(text).toContain(" What cannot wait can be opened by hand in Ecwid admin of store 1003: - coupon SAVE7 (7)");
    expect(text).toContain("let them decide: it costs money");
  });

  it("is not opened by hand where the store is closed as well", () => {
    const both = [...causes, { code: "SUSPENDED", reason: "none" }];

    expect(told("switches-failing", [PROMOTION], { causes: both })).not.toContain("by hand");
  });
});

describe("whom to turn to", () => {
  it("stands in the heading where the deployment says it", () => {
    expect(told("tick-silent", [COUPON], {}, { contact: "shop-tech@agency.example" })).toContain(
      "FOR WHOEVER LOOKS AFTER DOORMAN (forward this message): shop-tech@agency.example 4. ",
    );
  });

  it("is not to be troubled at once where nobody can do anything yet", () => {
    expect(told("switches-failing", [because(COUPON, "FAILING")])).toContain("(forward this message if it lasts for more than an hour)");
    expect(told("switches-failing", [because(COUPON, "FAILING")], { causes: [{ code: "NO_TOKEN", reason: "none" }] })).toContain(
      "(forward this message)",
    );
  });

  it("is to be found out where it does not, by the account if that is known", () => {
    expect(told("tick-silent", [COUPON])).toContain(
      "Who that is: ask whoever set Doorman up for the shop, or whoever administers the AWS account",
    );
    expect(told("tick-silent", [COUPON], {}, { account: "123456789012", region: "eu-central-1" })).toMatch(
      /whoever administers AWS account 123456789012\..*Alarm: Doorman-tick-silent, AWS account 123456789012, eu-central-1, on since/,
    );
  });
});

describe("a deleted coupon", () => {
  it("is made again with its code and the audience it had, and its number is looked up by that code", () => {
    const text = told("targets-blocked", [because(COUPON, "TARGET_MISSING")]);

    expect(text).toContain("the same code, SAVE7;");
    expect(text).toContain("Not open to everyone (UNLIMITED), unless it cannot wait for the next step: then change it back by hand");
    expect(text).toContain("returning customers only (REPEAT_CUSTOMER_ONLY)");
    expect(text).toContain("ecwid 1003 'discount_coupons?code=SAVE7'");
    expect(text).toContain("In the file sale.json replace the old number (7) by the new one");
  });

  it("whose code is no plain word stays one word of a command", () => {
    const name = "coupon 10% off'; rm -rf (7)";

    expect(told("targets-blocked", [because({ ...COUPON, name }, "TARGET_MISSING")])).toContain(
      "ecwid 1003 'discount_coupons?code=10%25%20off%27%3B%20rm%20-rf'",
    );
  });

  it("that Doorman never read is looked up among all", () => {
    const text = told("targets-blocked", [because({ ...COUPON, name: "coupon 7" }, "TARGET_MISSING")]);

    expect(text).toContain("Add New Coupon): the same code; the same discount");
    expect(text).toContain("ecwid 1003 discount_coupons ");
  });
});

it("says what a promotion is made again with, and how its number is found", () => {
  expect(told("targets-blocked", [because(PROMOTION, "TARGET_MISSING")])).toMatch(
    /make it again under the same name.*ecwid 1003 promotions/,
  );
});

it("says what to write to whoever takes a discount out that the plan lacks, and by which commands that is done", () => {
  const causes = [{ code: "ADVANCED_DISCOUNTS_FEATURE_NOT_AVAILABLE", reason: "the plan", kind: "promotion" as const }];
  const text = told("switches-failing", [COUPON, PROMOTION], { causes });

  expect(text).toContain("and write: the plan is changed, please check the store.");
  expect(text).toContain('write: please take promotion Early (9) out of "Sale".');
  expect(text).toContain("this does not hasten it, but says when it tries again");
  expect(text).toContain("campaign get sale --output sale.json --store 1003 --aws");
  expect(text).toContain('take promotionId 9 out of "promotions" (if nothing is left, set "enabled": false instead)');
});

it("calls the campaigns table by the name it has in this deployment", () => {
  const record = { recordId: "sale", name: "Sale", problems: ["end: no"], isRunning: true, opensAt: NOW, closesAt: plus(NOW, HOUR) };
  const text = told("records-invalid", [], { records: [record] });

  expect(text).toContain("DynamoDB, Explore items, Doorman-Campaigns-1ABC, storeId 1003, campaignId sale");
  expect(text).toMatch(
    /Waiting is safe: the last good version runs\..* campaign put sale\.json --dry-run .* campaign put sale\.json --store/,
  );
  expect(text).toContain("write the times that run (start 2026-11-27T11:00, end 2026-11-27T12:00)");
  expect(told("records-invalid", [], { records: [{ ...record, recordId: "calendar#holidays" }] })).toContain(
    "Explore items, Doorman-Campaigns-1ABC)",
  );
});

it("gives the command that pauses a campaign a worker dies over, with its end, behind everything else", () => {
  const next = { at: plus(NOW, HOUR), spell: { cells: [], campaigns: [] } };
  const target = because({ ...COUPON, prospect: { ...COUPON.prospect, next } }, "WORKER_DIED");

  expect(told("dead-letters", [target])).toMatch(
    /purge-queue .* \d+\. Leave the campaign sale running: coupon SAVE7 \(7\) is tried alone .* Pause it only if the marketer writes .* campaign pause sale --until 2026-11-27T12:00 --reason "a worker dies over it" --store 1003 --aws Commands:/,
  );
});

describe("each kind of trouble", () => {
  it.each([
    ["PAUSED", "switch it on again (it is paused)", "customers cannot use it while it is paused"],
    ["DISABLED", "switch it on again (it is disabled)", "customers cannot use it while it is disabled"],
    ["EXPIRED", "give it an end that lies behind the campaign's, or none (it has expired)", "because it has expired"],
    ["USEDUP", "raise how often it may be used", "because it is used up"],
    ["BEGINS_LATE", "let it begin before the campaign does", "only from its own beginning on"],
    ["ENDS_EARLY", "give it an end that lies behind", "only until its own end"],
    ["HOURS", "take its own weekly hours off", "only in its own weekly hours"],
    ["HOURS_UNREADABLE", "compare its own weekly hours", "whether customers can use it is not known"],
    ["NO_GROUP_LIST", "limit it to the customer groups", "what is named below is not switched"],
    ["READ_ONLY", "is managed in Retail POS: change it there", "what is named below is not switched"],
    ["UNHEARD_OF", "put right what is named below", "what is named below is not switched"],
    ["GROUPS_SCOPE_MISSING", "put right what is named below", "whether customers can use it is not known"],
  ])("has its own sentence for what to do, and for what comes of it if nobody does: %s", (code, remedy, unattended) => {
    const text = told("trouble-ahead", [because(COUPON, code)]);

    expect(text).toContain(remedy);
    expect(text).toContain(unattended);
  });
});

it("names the audience that a coupon goes back to where nobody knows what it holds", () => {
  const wrong = [{ cell: "applicationLimit" as const, holds: "unknown" }];
  const spell = { cells: [{ cell: "applicationLimit" as const, value: "NEW_CUSTOMER_ONLY" }], campaigns: [] };
  const target = because({ ...COUPON, prospect: { ...COUPON.prospect, wrong, next: { at: plus(NOW, HOUR), spell } } }, "WORKER_DIED");

  expect(told("dead-letters", [target])).toContain(
    "Look again after that time, and if it is still so: back to new customers only (NEW_CUSTOMER_ONLY).",
  );
});
