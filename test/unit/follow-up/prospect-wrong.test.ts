import { describe, expect, it } from "vitest";
import { prospectOf } from "../../../lib/application/follow-up/prospect.ts";
import { campaignId, couponId, targetKey, windowId } from "../../../lib/domain/identifiers.ts";
import { HOUR, plus } from "../../../lib/domain/instant.ts";
import { type CellLedger, type Ledger, UNSEEN } from "../../../lib/domain/ledger/ledger.ts";
import { at, layer } from "../../support/layers.ts";
import { STORE } from "../../support/world.ts";

const [OPENS, CLOSES] = [at("2026-11-27T10:00"), at("2026-11-27T12:00")];
const TARGET = { kind: "coupon", id: couponId("7") } as const;
const WINDOW = windowId(campaignId("sale"), "2026-11-27T10:00:00Z");

function held(changes: Partial<CellLedger> = {}): Ledger {
  const cell = {
    base: "NEW_CUSTOMER_ONLY",
    written: "UNLIMITED",
    window: WINDOW,
    policy: "yield",
    standIn: false,
    heldAt: OPENS,
    ...changes,
  } as const;
  return { cells: { applicationLimit: cell }, yielded: {} };
}

function wrongAt(now: typeof OPENS, ledger: Ledger) {
  const outlook = { target: TARGET, layers: [layer()], ledger, known: {}, from: now };
  const known = { storeId: STORE, key: targetKey(TARGET), label: undefined, timeZone: "UTC", outlook };
  return prospectOf(known, { ledger, attemptsBegun: 0, failuresInARow: 0, warnings: [] }, now).wrong;
}

describe("what customers get wrongly", () => {
  it("is a value that is held still though its window is over, with the campaign that it is held for", () => {
    const wrong = { cell: "applicationLimit", holds: "UNLIMITED" };

    expect(wrongAt(CLOSES, held({ campaignName: "Sale" }))).toEqual([{ ...wrong, heldFor: { campaignId: "sale", name: "Sale" } }]);
    expect(wrongAt(CLOSES, held())).toEqual([{ ...wrong, heldFor: { campaignId: "sale", name: "sale" } }]);
  });

  it("is nothing while the value is the one that is asked for", () => {
    expect(wrongAt(plus(OPENS, HOUR), held())).toEqual([]);
  });

  it("is nothing where the window gave way to a person, or where what was there before is not known", () => {
    expect(wrongAt(plus(OPENS, HOUR), { ...held({ written: "REPEAT_CUSTOMER_ONLY" }), yielded: { applicationLimit: [WINDOW] } })).toEqual(
      [],
    );
    expect(wrongAt(CLOSES, held({ base: UNSEEN }))).toEqual([]);
  });
});
