import { describe, expect, it } from "vitest";
import { recentWrite, stillRecent, wouldUndo } from "../../../lib/application/reconcile/recent-write.ts";
import { MINUTE, plus, SECOND } from "../../../lib/domain/instant.ts";
import type { Change } from "../../../lib/domain/ledger/decide-target.ts";
import { EMPTY_LEDGER, type Intent } from "../../../lib/domain/ledger/ledger.ts";
import { NOW } from "../../support/one-message.ts";

const INTENT: Intent = {
  at: NOW,
  cells: { "group:2": { before: "out", after: "in" }, "group:3": { before: "in", after: "out" } },
  ledgerAfter: EMPTY_LEDGER,
  told: { before: "groups 0, 3", after: "groups 0, 2", reason: "r", campaignIds: [], historyVersion: 1 },
  triggersBefore: { customerGroups: [0, 3] },
};
const CELLS = { "group:2": "in", "group:3": "out" } as const;
const WRITE = { at: NOW, cells: CELLS };

function groups(before: readonly number[], after: readonly number[]): Change {
  return { kind: "groups", before, after };
}

describe("what Doorman has written a moment ago", () => {
  it("is remembered of a promotion, from when Ecwid took it", () => {
    expect(recentWrite(INTENT)).toEqual(WRITE);
    expect(recentWrite({ ...INTENT, acceptedAt: plus(NOW, SECOND) })).toEqual({ at: plus(NOW, SECOND), cells: CELLS });
  });

  it("is not remembered of a coupon", () => {
    const { triggersBefore: _none, ...ofCoupon } = INTENT;

    expect(recentWrite(ofCoupon)).toBeUndefined();
  });

  it("counts for a minute", () => {
    expect(stillRecent(WRITE, plus(NOW, MINUTE - 1))).toBe(WRITE);
    expect(stillRecent(WRITE, plus(NOW, MINUTE))).toBeUndefined();
    expect(stillRecent(undefined, NOW)).toBeUndefined();
  });
});

describe("a change decided on a list that may be behind", () => {
  it.each<readonly [string, Change, boolean]>([
    ["leaves out again what has just come in, because it does not show yet", groups([0], [0, 5]), true],
    ["lets in again what has just gone out, because it still shows", groups([0, 2, 3], [0, 2, 3, 5]), true],
    ["changes other groups only, and shows what was written", groups([0, 2], [0, 2, 5]), false],
    ["sets itself what does not show yet", groups([0, 3], [0, 2]), false],
    ["takes out on purpose what has just come in, and shows", groups([0, 2], [0]), false],
    ["is one of a coupon", { kind: "limit", before: "UNLIMITED", after: "NEW_CUSTOMER_ONLY" }, false],
    ["is none", { kind: "none" }, false],
  ])("would undo Doorman's own or not where it %s", (_where, change, expected) => {
    expect(wouldUndo(WRITE, change, NOW)).toBe(expected);
  });

  it("is believed once a minute has passed, and where nothing was written", () => {
    const change = groups([0], [0, 5]);

    expect(wouldUndo(WRITE, change, plus(NOW, MINUTE))).toBe(false);
    expect(wouldUndo(undefined, change, NOW)).toBe(false);
  });
});
