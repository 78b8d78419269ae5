import { describe, expect, it } from "vitest";
import type { StoreState, TargetState } from "../../../lib/application/ports/state-table.ts";
import { type KnownStore, NOTHING_STANDS, standingOf, together } from "../../../lib/application/sweep/standing.ts";
import { couponId, targetKey } from "../../../lib/domain/identifiers.ts";
import type { Layer } from "../../../lib/domain/layers/layer.ts";
import { EMPTY_LEDGER } from "../../../lib/domain/ledger/ledger.ts";
import { at, layer } from "../../support/layers.ts";

const KEY = targetKey({ kind: "coupon", id: couponId("7") });
const BEFORE = at("2026-11-27T09:00");
const LONG_AFTER = at("2027-11-27T09:00");
const SINCE = at("2026-11-20T09:00");
const PAUSE = { code: "STORE_IS_SUSPENDED", reason: "suspended", since: SINCE, probeAt: SINCE };

function target(changes: Partial<TargetState> = {}): KnownStore["targets"][number] {
  return { target: KEY, ledger: EMPTY_LEDGER, attemptsBegun: 0, failuresInARow: 0, warnings: [], ...changes };
}

function known(store: Partial<StoreState>, rest: Partial<KnownStore> = {}): KnownStore {
  const layers = new Map<typeof KEY, readonly Layer[]>([[KEY, [layer()]]]);
  return { store: { pausedKinds: {}, ...store }, targets: [target()], layers, campaigns: [], calendars: [], ...rest };
}

function campaign(changes: Partial<KnownStore["campaigns"][number]>): KnownStore["campaigns"][number] {
  const problems = [{ path: "timeZone", message: "not known" }];
  return { targets: [], fingerprint: "", problems, warnings: [], compiledAt: SINCE, waitsForZone: false, ...changes };
}

describe("what stands at a store", () => {
  it("is nothing where all is well", () => {
    expect(standingOf(known({}), BEFORE)).toEqual(NOTHING_STANDS);
  });

  it.each([
    ["a dead token", { deadToken: { secretVersion: "1", since: SINCE } }, { deadTokens: 1 }],
    ["a store that Ecwid does not serve", { pause: PAUSE }, { closedStores: 1 }],
    ["a store without a secret", { noAccess: { code: "NO_TOKEN", reason: "none", since: SINCE } }, { closedStores: 1 }],
    ["coupons that the plan lacks", { pausedKinds: { coupon: PAUSE } }, { closedStores: 1 }],
    ["promotions that the plan lacks", { pausedKinds: { promotion: PAUSE } }, { closedStores: 1 }],
    ["trouble ahead", { noticed: "print" }, { storesInTrouble: 1 }],
  ] as const)("is counted once: %s", (_name, store, expected) => {
    expect(standingOf(known(store), BEFORE)).toEqual({ ...NOTHING_STANDS, ...expected });
  });

  it("is nobody's trouble where a token is dead and every campaign is over", () => {
    const dead = known({ deadToken: { secretVersion: "1", since: SINCE } });

    expect(standingOf(dead, LONG_AFTER)).toEqual(NOTHING_STANDS);
    expect(standingOf({ ...dead, layers: new Map() }, BEFORE)).toEqual(NOTHING_STANDS);
  });

  it("counts blocked targets, and records whose newest text is not in force", () => {
    const block = { code: "TARGET_MISSING", reason: "gone", since: SINCE };
    const calendar = { freezes: [], fingerprint: "", problems: campaign({}).problems, compiledAt: SINCE, waitsForZone: false };
    const broken = { campaigns: [campaign({}), campaign({ problems: [] })], calendars: [calendar, { ...calendar, problems: [] }] };

    const standing = standingOf(known({}, { targets: [target({ block }), target()], ...broken }), BEFORE);

    expect(standing).toEqual({ ...NOTHING_STANDS, blockedTargets: 1, brokenRecords: 2 });
  });

  it("leaves out a campaign that waits for a zone that has been asked for", () => {
    const campaigns = [campaign({ waitsForZone: true })];

    expect(standingOf(known({}, { campaigns }), BEFORE).brokenRecords).toBe(0);
    expect(standingOf(known({ profileReadAt: SINCE }, { campaigns }), BEFORE).brokenRecords).toBe(1);
  });

  it("adds up over stores", () => {
    const one = { deadTokens: 1, closedStores: 2, blockedTargets: 3, brokenRecords: 4, storesInTrouble: 5 };

    expect(together(together(one, NOTHING_STANDS), one)).toEqual({
      deadTokens: 2,
      closedStores: 4,
      blockedTargets: 6,
      brokenRecords: 8,
      storesInTrouble: 10,
    });
  });
});
