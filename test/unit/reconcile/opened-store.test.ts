import { describe, expect, it } from "vitest";
import { keepGroupNames } from "../../../lib/application/reconcile/group-names.ts";
import { openStore } from "../../../lib/application/reconcile/open-store.ts";
import { couponId } from "../../../lib/domain/identifiers.ts";
import { HOUR, plus } from "../../../lib/domain/instant.ts";
import { at, groupsAsk, layer } from "../../support/layers.ts";
import { scriptedStore } from "../../support/scripted-store.ts";
import { COUPON, createWorld, STORE, sale } from "../../support/world.ts";

const NOW = at("2026-11-27T09:00");

describe("a store that is opened", () => {
  async function opened(isProven: boolean, isShadow: boolean) {
    const world = createWorld();
    await world.state.writeStore(STORE, { pausedKinds: {}, ...(isProven && { tokenProvenAt: plus(NOW, -HOUR) }) }, 0);
    const sentOnce: unknown[] = [];
    const ecwid = {
      open: (...how: readonly unknown[]) => {
        sentOnce.push(how[2]);
        return scriptedStore({}).store;
      },
    };
    const access = await openStore({ ...world.reconciling, ecwid, isShadow }, STORE, false);
    if (access.kind !== "open") throw new Error("nothing closes it");
    return { sentOnce, write: () => access.ecwid.writeApplicationLimit(couponId("7"), "UNLIMITED") };
  }

  it("has each request sent once while its token is not proven, so that a dead one costs no second call", async () => {
    expect((await opened(true, false)).sentOnce).toEqual([false]);
    expect((await opened(false, false)).sentOnce).toEqual([true]);
  });

  it("lets nothing be written in shadow mode", async () => {
    await expect((await opened(true, true)).write()).rejects.toThrow("shadow mode");
    await expect((await opened(true, false)).write()).resolves.toMatchObject({ ok: true });
  });
});

describe("what people call customer groups", () => {
  it("is written down where it has changed, and not where it is as it was", async () => {
    const { state } = createWorld();
    await state.writeStore(STORE, { pausedKinds: {}, groupNames: { 2: "VIP", 3: "Staff" } }, 0);
    const layers = [layer({ ask: groupsAsk([2]) })];
    const versions = async (name: string) => {
      await keepGroupNames({ state }, STORE, [{ id: 2, name }], layers);
      const { version, groupNames } = await state.readStore(STORE);
      return [version, groupNames];
    };

    expect(await versions("VIP")).toEqual([1, { 2: "VIP", 3: "Staff" }]);
    expect(await versions("Friends")).toEqual([2, { 2: "Friends", 3: "Staff" }]);
  });
});

it("a status that a switch brings up to date tells still of the campaigns it overlaps with", async () => {
  const world = createWorld();
  await world.put(sale());
  await world.put(sale({ campaignId: "other", name: "Other", coupons: [{ couponId: COUPON, applicationLimit: "REPEAT_CUSTOMER_ONLY" }] }));
  await world.put(sale({ campaignId: "far", name: "Far", coupons: [{ couponId: 5, applicationLimit: "UNLIMITED" }] }));

  await world.runTo("2026-11-27T10:05:00Z");

  expect((await world.status("other"))["state"]).toBe("ACTIVE");
  expect((await world.status("other"))["warnings"]).toEqual(expect.arrayContaining([expect.stringContaining('overlaps with "Sale"')]));
});
