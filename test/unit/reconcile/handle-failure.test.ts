import { describe, expect, it } from "vitest";
import type { TargetState } from "../../../lib/application/ports/state-table.ts";
import { Token } from "../../../lib/application/ports/token-source.ts";
import { readAttempt } from "../../../lib/application/reconcile/begin-attempt.ts";
import { applyToStore, handleFailure, putOff } from "../../../lib/application/reconcile/handle-failure.ts";
import type { EcwidFailure } from "../../../lib/domain/failures/ecwid-failure.ts";
import { policyFor } from "../../../lib/domain/failures/failure-policy.ts";
import { couponId, targetKey } from "../../../lib/domain/identifiers.ts";
import { HOUR, type Instant, MINUTE, plus, SECOND } from "../../../lib/domain/instant.ts";
import type { Layer } from "../../../lib/domain/layers/layer.ts";
import { EMPTY_LEDGER, type Intent } from "../../../lib/domain/ledger/ledger.ts";
import { at, layer } from "../../support/layers.ts";
import { createWorld, STORE } from "../../support/world.ts";

const NOW = at("2026-11-27T10:00");
const EARLIER = plus(NOW, -1_000);
const KEY = targetKey({ kind: "coupon", id: couponId("7") });
const TOKEN = { token: new Token("secret"), version: "v1" };
const FRESH: TargetState = { ledger: EMPTY_LEDGER, attemptsBegun: 1, failuresInARow: 0, warnings: [], dueAt: NOW };
const message = "said so";

async function attempted(state: Partial<TargetState> = {}, layers: readonly Layer[] = [layer()]) {
  const world = createWorld({ now: "2026-11-27T10:00:00Z" });
  for (const each of layers) await world.state.putLayer(STORE, KEY, each);
  await world.state.writeTarget(STORE, KEY, { ...FRESH, ...state }, 0);
  const attempt = await readAttempt(world.state, STORE, KEY, NOW);
  if (attempt === undefined) throw new TypeError(KEY);
  return { world, attempt };
}

describe("what a failure says of its store", () => {
  async function applied(failure: EcwidFailure, kind: "coupon" | "promotion" | undefined, reservedAt?: Instant) {
    const world = createWorld({ now: "2026-11-27T10:00:00Z" });
    const promotion = { code: "OLD", reason: "old", since: NOW, probeAt: NOW };
    await world.state.writeStore(STORE, { timeZone: "UTC", pausedKinds: { promotion } }, 0);
    await world.state.writeSystem({ deadAnswers: [EARLIER] }, 0);
    const forgotten: string[] = [];
    const tokens = { ...world.reconciling.tokens, forget: (id: string) => void forgotten.push(id) };
    const policy = policyFor(failure, 0);
    const reach = await applyToStore({ ...world.reconciling, tokens }, STORE, kind, policy, { ...TOKEN, reservedAt });
    const { version, ...store } = await world.state.readStore(STORE);
    return { reach, reason: policy.reason, store, forgotten, version, promotion, system: await world.state.readSystem() };
  }

  it.each([
    { kind: "outcome-unknown", message },
    { kind: "target-missing", message },
  ] satisfies readonly EcwidFailure[])("is nothing where it is the target's own: %o", async (failure) => {
    const { reach, version } = await applied(failure, "coupon");

    expect(reach).toEqual({ scope: "target" });
    expect(version).toBe(1);
  });

  it("is a silence as long as Ecwid asked for", async () => {
    const { reach, store, reason } = await applied({ kind: "rate-limited", retryAfterMs: 90_000 }, "coupon");

    const coolDownUntil = plus(NOW, 90_000);
    expect(reach).toEqual({ scope: "store", tryAgainAt: coolDownUntil, reason, isToldByStore: false });
    expect(store).toMatchObject({ timeZone: "UTC", coolDownUntil });
  });

  it("is a pause of all of it, with a probe a little under an hour later", async () => {
    const { reach, store, reason } = await applied({ kind: "store-paused", code: "SUSPENDED", message }, "coupon");

    expect(reach).toEqual({ scope: "store", tryAgainAt: undefined, reason, isToldByStore: true });
    expect(store).toMatchObject({ timeZone: "UTC", pause: { code: "SUSPENDED", reason, since: NOW, probeAt: plus(NOW, 55 * MINUTE) } });
  });

  it("is a pause of one kind, beside the other's", async () => {
    const { reach, store, reason, promotion } = await applied({ kind: "scope-missing", message }, "coupon");

    const coupon = { code: "SCOPE_MISSING", reason, since: NOW, probeAt: plus(NOW, 55 * MINUTE) };
    expect(reach).toEqual({ scope: "kind", tryAgainAt: undefined, reason, isToldByStore: true });
    expect(store).toEqual({ timeZone: "UTC", pausedKinds: { promotion, coupon } });
  });

  it("pauses no kind where none was asked for", async () => {
    const { reach, version } = await applied({ kind: "scope-missing", message }, undefined);

    expect(reach).toEqual({ scope: "target" });
    expect(version).toBe(1);
  });

  it.each([
    ["without a place", undefined, [EARLIER, NOW]],
    ["on a place that counts already", EARLIER, [EARLIER]],
    ["on a place that it has given back", plus(NOW, -5), [EARLIER, NOW]],
  ])("is a dead token, called %s", async (_how, reservedAt, deadAnswers) => {
    const { reach, store, reason, forgotten, system } = await applied({ kind: "token-rejected", message }, "coupon", reservedAt);

    expect(reach).toEqual({ scope: "store", tryAgainAt: undefined, reason, isToldByStore: true });
    expect(store).toMatchObject({ timeZone: "UTC", deadToken: { secretVersion: "v1", since: NOW } });
    expect(forgotten).toEqual([STORE]);
    expect(system).toMatchObject({ deadAnswers, refusals: [NOW] });
  });
});

describe("a target that is put off", () => {
  const until = { tryAgainAt: at("2026-11-27T11:00"), reason: "Ecwid asked for silence", failed: false, isToldByStore: false };

  it("is due when it may be tried again, owed since the same boundary, and its campaigns are told", async () => {
    const { world, attempt } = await attempted({ owedSince: at("2026-11-27T09:59"), failuresInARow: 2 }, [
      layer({ start: "2026-11-27T09:00" }),
    ]);

    const dueAt = await putOff(world.reconciling, attempt, until);

    expect(dueAt).toBe(until.tryAgainAt);
    expect(await world.state.readTarget(STORE, KEY)).toMatchObject({
      attemptsBegun: 0,
      failuresInARow: 2,
      dueAt: until.tryAgainAt,
      owedSince: at("2026-11-27T09:59"),
      warnings: [{ campaignId: "sale", message: "coupon 7: Ecwid asked for silence" }],
    });
  });

  it("is called by the name people know it by", async () => {
    const { world, attempt } = await attempted({ label: "coupon SPRING (7)" });

    await putOff(world.reconciling, attempt, until);

    expect((await world.state.readTarget(STORE, KEY)).warnings.map((each) => each.message)).toEqual([
      "coupon SPRING (7): Ecwid asked for silence",
    ]);
  });

  it("needs not tell what its store tells", async () => {
    const { world, attempt } = await attempted();

    await putOff(world.reconciling, attempt, { ...until, isToldByStore: true });

    expect((await world.state.readTarget(STORE, KEY)).warnings).toEqual([]);
  });

  it("tells no campaign that is over", async () => {
    const { world, attempt } = await attempted({}, [layer({ start: "2026-11-27T07:00", end: "2026-11-27T08:00" })]);

    await putOff(world.reconciling, attempt, until);

    expect((await world.state.readTarget(STORE, KEY)).warnings).toEqual([]);
  });

  it.each([
    ["that has failed is tried again at its next boundary at the latest", true, at("2026-11-27T12:00"), at("2026-11-27T10:30"), 1],
    ["that was not tried keeps to the time", false, at("2026-11-27T12:00"), at("2026-11-27T12:00"), 0],
  ])("%s", async (_what, failed, tryAgainAt, expected, failuresInARow) => {
    const { world, attempt } = await attempted({}, [layer({ end: "2026-11-27T10:30" })]);

    const dueAt = await putOff(world.reconciling, attempt, { ...until, tryAgainAt, failed });

    expect(dueAt).toBe(expected);
    expect((await world.state.readTarget(STORE, KEY)).failuresInARow).toBe(failuresInARow);
  });

  it("leaves the index where nothing is to be tried by itself, boundary or not", async () => {
    const { world, attempt } = await attempted();

    const dueAt = await putOff(world.reconciling, attempt, { ...until, tryAgainAt: undefined, failed: true });

    expect(dueAt).toBeUndefined();
    expect((await world.state.readTarget(STORE, KEY)).dueAt).toBeUndefined();
  });

  it("is left as it is where somebody else wrote to it meanwhile", async () => {
    const { world, attempt } = await attempted();
    await world.state.makeDue(STORE, KEY, at("2026-11-27T10:01"));

    const dueAt = await putOff(world.reconciling, attempt, until);

    expect(dueAt).toBeUndefined();
    expect((await world.state.readTarget(STORE, KEY)).dueAt).toBe(at("2026-11-27T10:01"));
  });
});

describe("a failed call for one target", () => {
  async function failed(failure: EcwidFailure, state: Partial<TargetState> = {}, layers?: readonly Layer[]) {
    const { world, attempt } = await attempted(state, layers);
    const asked: number[] = [];
    const retryAt = (failuresInARow: number) => {
      asked.push(failuresInARow);
      return plus(NOW, 7 * SECOND);
    };
    const reach = await handleFailure(world.reconciling, attempt, { failure, ledger: EMPTY_LEDGER, asOf: NOW, token: TOKEN, retryAt });
    const { policy } = { policy: policyFor(failure, state.failuresInARow ?? 0) };
    return { world, reach, asked, policy, after: await world.state.readTarget(STORE, KEY) };
  }

  it("with an unclear outcome is tried again by the count of failures, and told", async () => {
    const { reach, asked, after, world, policy } = await failed(
      { kind: "outcome-unknown", message },
      { failuresInARow: 2, label: "coupon X" },
    );

    const nextTryAt = plus(NOW, 7 * SECOND);
    expect(asked).toEqual([3]);
    expect(reach).toEqual({ scope: "target", dueAt: nextTryAt });
    expect(after).toMatchObject({ failuresInARow: 3, dueAt: nextTryAt, warnings: [{ message: `coupon X: ${policy.reason}` }] });
    expect(world.events).toEqual([
      {
        kind: "attempt-failed",
        storeId: STORE,
        target: KEY,
        label: "coupon X",
        failure: "OUTCOME_UNKNOWN",
        message: policy.reason,
        effect: "retry",
        nextTryAt,
        owedForMs: 0,
        failuresInARow: 3,
      },
    ]);
  });

  it.each([
    [{ kind: "rate-limited", retryAfterMs: 60_000 }, "cool-down", "store", plus(NOW, 60_000), 1],
    [{ kind: "store-paused", code: "SUSPENDED", message }, "store-paused", "store", undefined, 0],
    [{ kind: "scope-missing", message }, "kind-paused", "kind", undefined, 0],
    [{ kind: "token-rejected", message }, "token-dead", "store", undefined, 0],
  ] satisfies readonly (readonly [EcwidFailure, string, string, Instant | undefined, number])[])(
    "that says something of more than it reaches as far: %o",
    async (failure, effect, scope, nextTryAt, told) => {
      const { reach, asked, after, world, policy } = await failed(failure);

      expect(reach).toEqual({ scope, tryAgainAt: nextTryAt, reason: policy.reason, isToldByStore: told === 0 });
      expect(asked).toEqual([]);
      expect(after).toMatchObject({ failuresInARow: 1, dueAt: nextTryAt });
      expect(after.warnings).toHaveLength(told);
      expect(world.events).toMatchObject([{ kind: "attempt-failed", failure: policy.code, effect, nextTryAt }]);
    },
  );

  it("that a person has to mend blocks the target, keeps its intent, and is looked at again in an hour", async () => {
    const told = { before: "a", after: "b", reason: "r", campaignIds: [], historyVersion: 1 };
    const intent: Intent = { at: NOW, cells: {}, ledgerAfter: EMPTY_LEDGER, told };

    const { reach, after, policy } = await failed({ kind: "read-only", message }, { intent });

    const { reason } = policy;
    expect(reach).toEqual({ scope: "target", dueAt: plus(NOW, HOUR) });
    expect(after).toMatchObject({ intent, block: { code: "READ_ONLY", reason, since: NOW, lookAgainAt: plus(NOW, HOUR) } });
  });

  it("is decided afresh where somebody wrote to a target that was to be blocked", async () => {
    const { world, attempt } = await attempted();
    await world.state.makeDue(STORE, KEY, NOW);

    const failure = { kind: "read-only", message } as const;
    const reach = await handleFailure(world.reconciling, attempt, {
      failure,
      ledger: EMPTY_LEDGER,
      asOf: NOW,
      token: TOKEN,
      retryAt: () => NOW,
    });

    expect(reach).toEqual({ scope: "target" });
    expect((await world.state.readTarget(STORE, KEY)).block).toBeUndefined();
  });

  it.each([
    ["is gone while no campaign is on closes its ledger", { kind: "target-missing", message }, "2026-11-27T11:00", undefined],
    ["is gone while a campaign is on is blocked", { kind: "target-missing", message }, "2026-11-27T10:00", "TARGET_MISSING"],
    ["is refused while no campaign is on is blocked", { kind: "refused", code: "BAD", message }, "2026-11-27T11:00", "BAD"],
  ] satisfies readonly (readonly [string, EcwidFailure, string, string | undefined])[])(
    "for one that %s",
    async (_what, failure, start, code) => {
      const cell = { base: "A", written: "B", window: "sale@x" as never, policy: "yield", standIn: false, heldAt: NOW } as const;
      const state: Partial<TargetState> = { ledger: { cells: { applicationLimit: cell }, yielded: {} }, warnings: [] };

      const { after, reach, world } = await failed(failure, state, [layer({ start })]);

      expect(after.block?.code).toBe(code);
      expect(after.ledger).toEqual(EMPTY_LEDGER);
      expect(after.warnings).toHaveLength(code === undefined ? 0 : 1);
      expect(reach).toMatchObject({ scope: "target" });
      expect(world.events).toHaveLength(code === undefined ? 0 : 1);
    },
  );
});
