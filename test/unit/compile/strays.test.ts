import { expect, it } from "vitest";
import { compileCampaign } from "../../../lib/application/compile/compile-campaign.ts";
import { couponId, targetKey } from "../../../lib/domain/identifiers.ts";
import { layer } from "../../support/layers.ts";
import { createWorld, STORE } from "../../support/world.ts";

const KEY = targetKey({ kind: "coupon", id: couponId("7") });

it("a layer without a record is taken away, and so is what a compile of it lays meanwhile", async () => {
  const world = createWorld();
  const { state, clock } = world;
  const { campaignId } = layer();
  await state.putLayer(STORE, KEY, layer());
  const { removeLayer } = state;
  let isFirst = true;
  state.removeLayer = async (store, target, campaign) => {
    await removeLayer(store, target, campaign);
    if (!isFirst) return;
    isFirst = false;
    const copy = { targets: [KEY], fingerprint: "", problems: [], warnings: [], compiledAt: clock.now(), waitsForZone: false };
    await state.writeCampaign(STORE, campaignId, copy, 0);
    await state.putLayer(STORE, KEY, layer());
  };

  const hasChanged = await compileCampaign({ ...world.compiling, dispatcher: { send: async () => {} } }, { storeId: STORE, campaignId }, [
    KEY,
  ]);

  expect(hasChanged).toBe(true);
  expect(await state.campaignsOf(STORE)).toEqual([]);
  expect(await state.layersOf(STORE, KEY)).toEqual([]);
  expect((await state.readTarget(STORE, KEY)).dueAt).toBe(clock.now());
});
