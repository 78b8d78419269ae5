import { describe, expect, it } from "vitest";
import type { EcwidStore } from "../../../lib/application/ports/ecwid-gateway.ts";
import { groupsInWords } from "../../../lib/application/reconcile/attempt.ts";
import { isProven, provingStore } from "../../../lib/application/reconcile/token-proof.ts";
import type { EcwidFailure } from "../../../lib/domain/failures/ecwid-failure.ts";
import { plus } from "../../../lib/domain/instant.ts";
import { failure, success } from "../../../lib/domain/result.ts";
import { at } from "../../support/layers.ts";
import { scriptedStore } from "../../support/scripted-store.ts";
import { createWorld, STORE } from "../../support/world.ts";

const NOW = at("2026-11-27T09:00");
const LOST: EcwidFailure = { kind: "outcome-unknown", message: "no answer", isUnheard: true };
const PROFILE = { timeZone: "UTC" };

/** A store that answers `readProfile` one after the other with what is given; nothing left is a mistake of the test. */
async function answering(replies: readonly (EcwidFailure | typeof PROFILE)[], place: Parameters<typeof provingStore>[3]) {
  const world = createWorld();
  await world.state.writeStore(STORE, { pausedKinds: {}, ...(place.unheard > 0 && { unheard: place.unheard }) }, 0);
  if (place.reservedAt !== undefined) await world.state.writeSystem({ deadAnswers: [place.reservedAt] }, 0);
  let calls = 0;
  const readProfile: EcwidStore["readProfile"] = async () => {
    const reply = replies[calls];
    calls += 1;
    if (reply === undefined) throw new Error("one call too many");
    return "kind" in reply ? failure(reply) : success(reply);
  };
  const { store } = provingStore(world.reconciling, STORE, { ...scriptedStore({}).store, readProfile }, place);
  const read = async (times: number) => {
    for (let asked = 0; asked < times; asked += 1) await store.readProfile();
    return calls;
  };
  return { read, store, unheard: async () => (await world.state.readStore(STORE)).unheard };
}

describe("reads that Ecwid does not answer", () => {
  it("leave a token proven as long as they are fewer than three in a row", () => {
    const store = { pausedKinds: {}, tokenProvenAt: plus(NOW, -1) };

    expect([undefined, 0, 2, 3].map((unheard) => isProven({ ...store, unheard }, NOW))).toEqual([true, true, true, false]);
  });

  it("are three at most, for a token that needs no place, and are counted", async () => {
    const { read, store, unheard } = await answering([LOST, LOST, LOST], { unheard: 0 });

    expect(await read(2)).toBe(2);
    expect(await unheard()).toBe(2);
    expect(await read(3)).toBe(3);
    expect(await store.readProfile()).toEqual(failure(LOST));
    expect(await unheard()).toBe(3);
  });

  it("go on being counted where they were left", async () => {
    const { read, unheard } = await answering([LOST], { unheard: 2 });

    expect(await read(3)).toBe(1);
    expect(await unheard()).toBe(3);
  });

  it("are one at most on a place", async () => {
    const { read, unheard } = await answering([LOST], { reservedAt: NOW, unheard: 0 });

    expect(await read(3)).toBe(1);
    expect(await unheard()).toBe(1);
  });

  it("are three again once the token has shown that it works, and are forgotten with any answer", async () => {
    const { read, unheard } = await answering([PROFILE, LOST, LOST, { kind: "target-missing", message: "m" }, LOST, LOST, LOST], {
      reservedAt: NOW,
      unheard: 2,
    });

    await read(1);
    expect(await unheard()).toBeUndefined();
    await read(3);
    expect(await unheard()).toBeUndefined();
    expect(await read(5)).toBe(7);
    expect(await unheard()).toBe(3);
  });

  it.each<EcwidFailure>([
    { kind: "token-rejected", message: "m" },
    { kind: "rate-limited", retryAfterMs: 5 },
    { kind: "unreadable-reply", message: "m" },
    { kind: "outcome-unknown", message: "Ecwid had something to say", isUnheard: false },
  ])("are not forgotten, and not counted, where the answer is %o", async (reply) => {
    const { read, unheard } = await answering([reply], { unheard: 2 });

    await read(1);

    expect(await unheard()).toBe(2);
  });
});

it.each([
  ["groups 0, 12, 7", [0, 12, 7]],
  ["groups 12", [12]],
  ["UNLIMITED", undefined],
  ["groups ", undefined],
  ["some groups 1", undefined],
  ["groups 1, x", undefined],
  ["groups x", undefined],
])("%j is read as the groups that it names", (text, groups) => {
  expect(groupsInWords(text)).toEqual(groups);
});
