import { describe, expect, it } from "vitest";
import type { AlarmKind } from "../../../lib/application/alarms/alarm-kinds.ts";
import { type TargetQuestion, targetCauses } from "../../../lib/application/follow-up/target-causes.ts";
import type { HistoryEntry } from "../../../lib/application/ports/history.ts";
import { campaignId, couponId, storeId, targetKey } from "../../../lib/domain/identifiers.ts";
import { HOUR, MINUTE, plus } from "../../../lib/domain/instant.ts";
import { EMPTY_LEDGER } from "../../../lib/domain/ledger/ledger.ts";
import { at } from "../../support/layers.ts";

const NOW = at("2026-11-27T10:00");
const STORE = storeId("1003");
const KEY = targetKey({ kind: "coupon", id: couponId("7") });
const BLOCK = { code: "GONE", reason: "it is gone", since: NOW };
const DIED = "Doorman's program broke off while it worked on it; it is tried alone now, so that it holds up no other";

function ago(ms: number) {
  return plus(NOW, -ms);
}

function entry(changes: Partial<HistoryEntry>): HistoryEntry {
  const common = {
    storeId: STORE,
    target: KEY,
    version: 1,
    at: NOW,
    dueAt: ago(HOUR),
    latenessMs: 0,
    reason: "r",
    campaignIds: [],
    attempt: 1,
  };
  return { ...common, kind: "switched", ...changes };
}

async function causes(kind: AlarmKind, state: Partial<TargetQuestion["state"]>, entries: readonly HistoryEntry[] = []) {
  const asked: unknown[] = [];
  const of = async (...question: readonly unknown[]) => {
    asked.push(question);
    return entries;
  };
  const found = await targetCauses(
    { of, record: async () => {} },
    {
      kind,
      storeId: STORE,
      key: KEY,
      state: { ledger: EMPTY_LEDGER, attemptsBegun: 0, failuresInARow: 0, warnings: [], ...state },
      timeZone: "Europe/Berlin",
      nameOf: (campaign) => `the ${campaign}`,
      since: ago(HOUR),
      now: NOW,
    },
  );
  return { found, asked };
}

describe("what a target itself says of an alarm", () => {
  it.each<readonly [string, AlarmKind, Partial<TargetQuestion["state"]>, unknown]>([
    ["is its block, where targets are blocked", "targets-blocked", { block: BLOCK }, BLOCK],
    ["is nothing where another kind of alarm is on", "records-invalid", { block: BLOCK, failuresInARow: 1 }, undefined],
    [
      "is that it is owed for two minutes",
      "switch-late",
      { owedSince: ago(2 * MINUTE) },
      { code: "OWED", reason: "it is not switched yet", since: ago(2 * MINUTE) },
    ],
    ["is nothing where it is owed for less", "switch-late", { owedSince: ago(2 * MINUTE - 1) }, undefined],
    [
      "is that it is due and owed since then",
      "switch-late",
      { dueAt: ago(HOUR) },
      { code: "OWED", reason: "it is not switched yet", since: ago(HOUR) },
    ],
    ["is nothing where nothing is due", "switch-late", {}, undefined],
    ["is not that it is late where it is blocked", "switch-late", { owedSince: ago(HOUR), block: BLOCK }, undefined],
    [
      "is that it failed so far",
      "switches-failing",
      { failuresInARow: 1 },
      { code: "FAILING", reason: "the switch has failed so far", since: undefined },
    ],
    [
      "is that it is owed though it has not failed",
      "switches-failing",
      { owedSince: ago(HOUR) },
      { code: "FAILING", reason: "the switch has failed so far", since: ago(HOUR) },
    ],
    ["is nothing where it has not failed and is not owed", "switches-failing", {}, undefined],
    ["is not that it fails where it is blocked", "switches-failing", { failuresInARow: 3, block: BLOCK }, undefined],
    [
      "is that a worker died over it when it was due",
      "dead-letters",
      { attemptsBegun: 1, dueAt: ago(HOUR) },
      { code: "WORKER_DIED", reason: DIED, since: ago(HOUR) },
    ],
    [
      "is that one died over it, since it is owed",
      "dead-letters",
      { attemptsBegun: 1, dueAt: NOW, owedSince: ago(MINUTE) },
      { code: "WORKER_DIED", reason: DIED, since: ago(MINUTE) },
    ],
    ["is nothing where no worker died over it", "dead-letters", { dueAt: ago(HOUR) }, undefined],
  ])("%s", async (_what, kind, state, expected) => {
    const { found } = await causes(kind, state);

    expect(found).toEqual(expected === undefined ? [] : [expected]);
  });

  it.each([
    ["coupon 7: Ecwid refuses it", undefined, "Ecwid refuses it"],
    ["coupon SAVE (7): Ecwid refuses it", "coupon SAVE (7)", "Ecwid refuses it"],
    ["promotion 7: Ecwid refuses it", undefined, "promotion 7: Ecwid refuses it"],
  ])("is said as the first warning says it, without its name: %s", async (message, label, reason) => {
    const warnings = [message, "another"].map((each) => ({ campaignId: campaignId("sale"), message: each }));

    const { found } = await causes("switches-failing", { failuresInARow: 1, warnings, label });

    expect(found).toMatchObject([{ reason }]);
  });
});

describe("what the history says of an alarm", () => {
  const DECIDED = { decidedAt: NOW };

  it("is asked for where switches are late or windows were missed, of the last ten entries", async () => {
    const [late, missed, other] = [
      await causes("switch-late", DECIDED),
      await causes("windows-missed", DECIDED),
      await causes("dead-letters", DECIDED),
    ];

    expect([late.asked, missed.asked, other.asked]).toEqual([[[STORE, KEY, 10, NOW]], [[STORE, KEY, 10, NOW]], []]);
  });

  it("is not asked for where nothing was decided since then", async () => {
    const asked = [{}, { decidedAt: ago(HOUR + 1) }, { decidedAt: ago(HOUR) }].map(
      async (state) => (await causes("switch-late", state)).asked.length,
    );

    expect(await Promise.all(asked)).toEqual([0, 0, 1]);
  });

  it("is which switches were two minutes late or more, since then", async () => {
    const entries = [
      entry({ latenessMs: 2 * MINUTE, at: ago(HOUR) }),
      entry({ latenessMs: 2 * MINUTE - 1 }),
      entry({ latenessMs: HOUR, at: ago(HOUR + 1) }),
      entry({ latenessMs: HOUR, kind: "kept" }),
      entry({ kind: "missed", latenessMs: HOUR }),
    ];

    const { found } = await causes("switch-late", { ...DECIDED, owedSince: ago(5 * MINUTE) }, entries);

    expect(found).toEqual([
      { code: "OWED", reason: "it is not switched yet", since: ago(5 * MINUTE) },
      { code: "LATE", reason: "it was switched 2 minutes late", since: ago(HOUR) },
    ]);
  });

  const window = (hour: number) => ({
    campaignId: campaignId("sale"),
    startsAt: at(`2026-11-20T0${hour}:00`),
    endsAt: at(`2026-11-20T0${hour}:30`),
  });
  const told = (hour: number) => `"the sale" from 2026-11-20 ${hour}:00 to 2026-11-20 ${hour}:30`;

  it.each([
    [{ missed: [window(9)] }, told(10)],
    [
      { missed: [window(6), window(7), window(8), window(9)] },
      `${["08", "09", "10"].map((hour) => `"the sale" from 2026-11-20 ${hour}:00 to 2026-11-20 ${hour}:30`).join(", ")}, and 1 before`,
    ],
    [{ missed: [window(9)], missedCount: 1 }, told(10)],
    [{ missed: [window(9)], missedCount: 120 }, `${told(10)}, and 119 before`],
    [{}, ""],
  ])("is which windows were missed, the last three of them, in the store's time: %#", async (changes, text) => {
    const { found } = await causes("windows-missed", DECIDED, [entry({ kind: "missed", ...changes }), entry({ latenessMs: HOUR })]);

    expect(found).toEqual([{ code: "MISSED", reason: `came and went without a switch: ${text}`, since: ago(HOUR) }]);
  });
});
