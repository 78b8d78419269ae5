import { describe, expect, it } from "vitest";
import type { StoreMessage } from "../../../lib/application/ports/dispatcher.ts";
import type { StoreState } from "../../../lib/application/ports/state-table.ts";
import { Token } from "../../../lib/application/ports/token-source.ts";
import { lookLater } from "../../../lib/application/reconcile/look-later.ts";
import { reopenStore } from "../../../lib/application/reconcile/reopen-store.ts";
import type { EcwidFailure } from "../../../lib/domain/failures/ecwid-failure.ts";
import { policyFor } from "../../../lib/domain/failures/failure-policy.ts";
import { couponId, promotionId, targetKey } from "../../../lib/domain/identifiers.ts";
import { type Instant, MINUTE, plus, SECOND } from "../../../lib/domain/instant.ts";
import { EMPTY_LEDGER } from "../../../lib/domain/ledger/ledger.ts";
import { at } from "../../support/layers.ts";
import { scriptedStore } from "../../support/scripted-store.ts";
import { createWorld, STORE } from "../../support/world.ts";

const NOW = at("2026-11-27T09:00");
const TOKEN = { token: new Token("secret"), version: "v1" };
const KEYS = [targetKey({ kind: "promotion", id: promotionId("2") }), targetKey({ kind: "coupon", id: couponId("1") })];
const LOOK = { kind: "look", storeId: STORE, instant: NOW, because: "somebody asked", relay: 0 } as const;
const message = "said so";

async function reopening(profile: { readonly timeZone: string | undefined } | EcwidFailure, store: StoreState, relay = 0) {
  const world = createWorld();
  await world.state.writeStore(STORE, store, 0);
  for (const key of KEYS)
    await world.state.writeTarget(STORE, key, { ledger: EMPTY_LEDGER, attemptsBegun: 0, failuresInARow: 0, warnings: [] }, 0);
  const sent: (readonly [number, StoreMessage])[] = [];
  const recompiled: string[] = [];
  const dependencies = {
    ...world.reconciling,
    dispatcher: { send: async (each: StoreMessage) => void sent.push([world.clock.now() - NOW, each]) },
    recompileStore: async (id: string) => void recompiled.push(id),
  };
  const running = reopenStore(dependencies, { ...LOOK, relay }, scriptedStore({ profile }).store, TOKEN);
  await world.clock.advanceBy(MINUTE);
  const next = await running;
  const due = (await world.state.targetsOf(STORE)).map(({ dueAt }) => dueAt);
  return { world, next, sent, recompiled, due, after: await world.state.readStore(STORE) };
}

const SWITCHES = { kind: "switch", storeId: STORE, instant: NOW, targets: KEYS.toSorted(), relay: 0 };
const PAUSE = { code: "X", reason: "x", since: NOW, probeAt: NOW };
const LATER = { ...PAUSE, probeAt: plus(NOW, 1) };

describe("a store whose profile was read", () => {
  it("was open: it keeps what was told of it, and is told of", async () => {
    const kept = { noticed: "known", groupNames: { "2": "VIP" } };
    const store: StoreState = { timeZone: "UTC", pausedKinds: {}, ...kept, coolDownUntil: NOW, dueAt: NOW };

    const { next, sent, recompiled, world, due } = await reopening({ timeZone: "UTC" }, store);

    expect(next).toEqual({ timeZone: "UTC", profileReadAt: NOW, tokenProvenAt: NOW, pausedKinds: {}, ...kept });
    expect([sent, recompiled, due]).toEqual([[], [], [undefined, undefined]]);
    expect(world.events).toEqual([{ kind: "looked", storeId: STORE, timeZone: "UTC", because: "somebody asked" }]);
  });

  it.each([
    ["paused", { pausedKinds: {}, pause: PAUSE }],
    ["without a working token", { pausedKinds: {}, deadToken: { secretVersion: "v0", since: NOW } }],
    ["closed to a kind whose hour is up", { pausedKinds: { coupon: PAUSE } }],
  ] satisfies readonly (readonly [string, StoreState])[])("was %s: all of its targets are due now", async (_how, store) => {
    const { next, sent, due } = await reopening({ timeZone: "UTC" }, { timeZone: "UTC", ...store });

    expect(next).toEqual({ timeZone: "UTC", profileReadAt: NOW, tokenProvenAt: NOW, pausedKinds: {} });
    expect(due).toEqual([NOW, NOW]);
    expect(sent).toEqual([[0, SWITCHES]]);
  });

  it("was closed to a kind whose hour is not up: it stays so", async () => {
    const { next, sent, due } = await reopening({ timeZone: "UTC" }, { timeZone: "UTC", pausedKinds: { promotion: LATER } });

    expect(next?.pausedKinds).toEqual({ coupon: undefined, promotion: LATER });
    expect([sent, due]).toEqual([[], [undefined, undefined]]);
  });

  it("is in another zone than before: its campaigns are compiled anew", async () => {
    const { next, recompiled } = await reopening({ timeZone: "Europe/Paris" }, { timeZone: "UTC", pausedKinds: {} });

    expect(next?.timeZone).toBe("Europe/Paris");
    expect(recompiled).toEqual([STORE]);
  });

  it("names no zone: it keeps the one it had", async () => {
    const { next, recompiled } = await reopening({ timeZone: undefined }, { timeZone: "UTC", pausedKinds: {} });

    expect(next?.timeZone).toBe("UTC");
    expect(recompiled).toEqual([]);
  });

  it.each([
    [{ kind: "scope-missing", message }, NOW],
    [{ kind: "feature-unavailable", code: "X", message }, NOW],
    [{ kind: "refused", code: "X", message }, undefined],
    [{ kind: "target-missing", message }, undefined],
  ] satisfies readonly (readonly [EcwidFailure, Instant | undefined])[])(
    "may be refused with a reason: the store is served all the same, its token not always proven (%o)",
    async (failure, tokenProvenAt) => {
      const { next, due } = await reopening(failure, { timeZone: "UTC", pausedKinds: {}, pause: PAUSE });

      expect(next).toEqual({ timeZone: "UTC", profileReadAt: NOW, tokenProvenAt, pausedKinds: {} });
      expect(due).toEqual([NOW, NOW]);
    },
  );
});

describe("a store whose profile could not be read", () => {
  const STORE_BEFORE: StoreState = { timeZone: "UTC", pausedKinds: {} };

  it.each([
    [{ kind: "token-rejected", message }, "token-dead"],
    [{ kind: "rate-limited", retryAfterMs: 1_000 }, "cool-down"],
    [{ kind: "outcome-unknown", message }, "retry"],
    [{ kind: "unreadable-reply", message }, "retry"],
    [{ kind: "read-only", message }, "retry"],
    [{ kind: "store-paused", code: "SUSPENDED", message }, "store-paused"],
  ] satisfies readonly (readonly [EcwidFailure, string])[])("is asked nothing more, and that is told: %o", async (failure, effect) => {
    const { next, world, after } = await reopening(failure, STORE_BEFORE);

    const { code, reason } = policyFor(failure, 0);
    expect(next).toBeUndefined();
    expect(after.profileReadAt).toBeUndefined();
    expect(world.events).toEqual([{ kind: "attempt-failed", storeId: STORE, failure: code, message: reason, effect }]);
  });

  it.each([
    ["with no clear answer, in five seconds", { kind: "outcome-unknown", message }, 0, 5 * SECOND],
    ["with no clear answer, for the fifth time", { kind: "outcome-unknown", message }, 4, 5 * SECOND],
    ["with a short silence, once it is over", { kind: "rate-limited", retryAfterMs: 5_000 }, 0, 5 * SECOND],
    ["with a shorter silence, once it is over", { kind: "rate-limited", retryAfterMs: 700 }, 3, 700],
  ] satisfies readonly (readonly [string, EcwidFailure, number, number])[])("is asked again %s", async (_how, failure, relay, after) => {
    const { sent, after: store } = await reopening(failure, STORE_BEFORE, relay);

    expect(sent).toEqual([[after, { ...LOOK, relay: relay + 1 }]]);
    expect(store.dueAt).toBeUndefined();
  });

  it.each([
    ["after the fifth time, in a minute", { kind: "outcome-unknown", message }, 5, MINUTE],
    ["with a silence that is too long to wait for, in a minute at least", { kind: "rate-limited", retryAfterMs: 5_001 }, 0, MINUTE],
    ["with a long silence, once it is over", { kind: "rate-limited", retryAfterMs: 600_000 }, 0, 10 * MINUTE],
  ] satisfies readonly (readonly [string, EcwidFailure, number, number])[])("is left to a tick %s", async (_how, failure, relay, later) => {
    const { sent, after } = await reopening(failure, STORE_BEFORE, relay);

    expect(sent).toEqual([]);
    expect(after.dueAt).toBe(plus(NOW, later));
  });

  it("does not come back by itself where that would not help", async () => {
    const { sent, after } = await reopening({ kind: "token-rejected", message }, STORE_BEFORE);

    expect(sent).toEqual([]);
    expect(after.dueAt).toBeUndefined();
  });
});

describe("a look that could not be taken", () => {
  it.each([
    ["is put into the due index", undefined, NOW, 2],
    ["is taken out of it", NOW, undefined, 2],
    ["is left where it is", NOW, NOW, 1],
  ])("%s", async (_what, before, dueAt, version) => {
    const world = createWorld();
    await world.state.writeStore(STORE, { timeZone: "UTC", pausedKinds: {}, dueAt: before }, 0);

    await lookLater(world.reconciling, STORE, dueAt);

    expect(await world.state.readStore(STORE)).toMatchObject({ timeZone: "UTC", dueAt, version });
  });
});
