import { describe, expect, it } from "vitest";
import { readOnlyStore } from "../../../lib/application/reconcile/read-only-store.ts";
import { reconcileLook } from "../../../lib/application/reconcile/reconcile-look.ts";
import { couponId, promotionId } from "../../../lib/domain/identifiers.ts";
import { HOUR, MINUTE, plus } from "../../../lib/domain/instant.ts";
import { NOW, oneMessage } from "../../support/one-message.ts";
import { scriptedStore } from "../../support/scripted-store.ts";
import { STORE } from "../../support/world.ts";

const LOOK = { kind: "look", storeId: STORE, instant: NOW, because: "somebody asked", relay: 0 } as const;

describe("a store in shadow mode", () => {
  it("refuses each write, by its name, and no call is made", async () => {
    const { store, calls } = scriptedStore({});
    const readOnly = readOnlyStore(store);

    await expect(readOnly.writeApplicationLimit(couponId("7"), "UNLIMITED")).rejects.toThrow(/^writeApplicationLimit was called in shadow/);
    await expect(readOnly.writeTriggers(promotionId("8"), {})).rejects.toThrow(/^writeTriggers was called in shadow/);
    expect(calls).toEqual([]);
  });
});

describe("a look at a store that is closed", () => {
  it("concerns all of it, also where what closes it passes by itself", async () => {
    const { world } = await oneMessage({ store: { coolDownUntil: plus(NOW, HOUR) } });

    expect(await reconcileLook(world.reconciling, LOOK, plus(NOW, 2 * MINUTE))).toBe("all");
  });

  it("tells a dead token from another cause", async () => {
    const { world } = await oneMessage();
    const secret = await world.reconciling.tokens.read(STORE);
    if (!secret.ok) throw new Error("the store has a token");
    const { version, ...store } = await world.state.readStore(STORE);
    await world.state.writeStore(STORE, { ...store, deadToken: { secretVersion: secret.value.version, since: NOW } }, version);

    await reconcileLook(world.reconciling, LOOK, plus(NOW, 2 * MINUTE));

    expect(world.events).toMatchObject([{ kind: "attempt-failed", failure: "TOKEN_REJECTED", effect: "token-dead" }]);
  });
});
