import { describe, expect, it } from "vitest";
import type { StoreState, SystemState } from "../../../lib/application/ports/state-table.ts";
import { Token, type TokenFailure, type TokenReading } from "../../../lib/application/ports/token-source.ts";
import { openStore } from "../../../lib/application/reconcile/open-store.ts";
import { HOUR, type Instant, MINUTE, plus } from "../../../lib/domain/instant.ts";
import { failure, type Result, success } from "../../../lib/domain/result.ts";
import { at } from "../../support/layers.ts";
import { createWorld, STORE } from "../../support/world.ts";

const NOW = at("2026-11-27T09:00");
const PROVEN = { pausedKinds: {}, tokenProvenAt: plus(NOW, -HOUR) };

interface Given {
  readonly system?: SystemState;
  readonly store?: StoreState;
  readonly reading?: Result<TokenReading, TokenFailure>;
  readonly deployment?: string;
  readonly probing?: boolean;
  readonly chance?: number;
  readonly calledAt?: Instant;
}

const GOOD: Result<TokenReading, TokenFailure> = success({ token: new Token("secret"), version: "v1" });

async function open({ system, store = PROVEN, reading = GOOD, deployment, probing = false, chance = 0.5, calledAt }: Given) {
  const world = createWorld({ chance: () => chance });
  if (system !== undefined) await world.state.writeSystem(system, 0);
  await world.state.writeStore(STORE, store, 0);
  const forgotten: string[] = [];
  const tokens = { read: async () => reading, forget: (id: string) => void forgotten.push(id) };
  const opening = openStore({ ...world.reconciling, tokens, deployment }, STORE, probing, calledAt);
  await world.clock.advanceBy(5_000);
  return { world, forgotten, access: await opening, after: await world.state.readStore(STORE) };
}

function pausedUntil(probeAt: Instant) {
  return { ...PROVEN, pause: { code: "STORE_SUSPENDED", reason: "it is suspended", since: NOW, probeAt } };
}

describe("a store", () => {
  it("whose token is proven is open, without a place among the dead answers", async () => {
    const { access, world } = await open({});

    expect(access).toMatchObject({ kind: "open", token: { version: "v1" }, store: PROVEN });
    expect(access.kind === "open" && access.token.reservedAt).toBeUndefined();
    expect((await world.state.readSystem()).deadAnswers).toEqual([]);
    if (access.kind === "open") await access.giveBackUnused();
  });

  it.each([
    ["is not proven", { store: { pausedKinds: {} } }],
    ["is proven, at a look", { probing: true }],
    ["is proven, while others are refused in numbers", { system: { deadAnswers: [], refusals: [1, 2, 3, 4, 5].map(() => NOW) } }],
  ])("whose token %s takes a place, and gives it back unused", async (_what, given: Given) => {
    const { access, world } = await open(given);

    expect(access).toMatchObject({ kind: "open", token: { version: "v1", reservedAt: NOW } });
    expect((await world.state.readSystem()).deadAnswers).toEqual([NOW]);
    if (access.kind === "open") await access.giveBackUnused();
    expect((await world.state.readSystem()).deadAnswers).toEqual([]);
  });

  it.each([
    [0, MINUTE],
    [0.5, 1.5 * MINUTE],
    [0.9999999, 2 * MINUTE - 1],
  ])("waits its turn where all places are taken, spread by chance %f", async (chance, later) => {
    const deadAnswers = Array.from({ length: 10 }, () => NOW);

    const { access } = await open({ store: { pausedKinds: {} }, system: { deadAnswers }, chance });

    expect(access).toMatchObject({
      kind: "closed",
      code: "BREAKER",
      nature: "passing",
      reason: "many tokens are being tried for the first time or were refused within a minute; this one waits its turn",
    });
    const lateness = access.kind === "closed" ? (access.tryAgainAt ?? 0) - NOW : 0;
    expect(lateness).toBeGreaterThan(later);
    expect(lateness).toBeLessThanOrEqual(later + 4_000);
  });

  it.each([
    [
      "while Doorman is stopped",
      { system: { deadAnswers: [], stopped: { since: NOW, reason: "a test" } } },
      { nature: "stopped", code: "STOPPED", reason: "Doorman is stopped: a test", tryAgainAt: undefined },
    ],
    [
      "while Ecwid asked for silence",
      { store: { ...PROVEN, coolDownUntil: plus(NOW, 1) }, calledAt: NOW },
      { nature: "passing", code: "COOL_DOWN", reason: "Ecwid asked for silence", tryAgainAt: plus(NOW, 1) },
    ],
    [
      "that is paused, for a switch",
      { store: pausedUntil(NOW) },
      { nature: "by-store", code: "STORE_SUSPENDED", reason: "it is suspended", tryAgainAt: undefined },
    ],
    [
      "that is paused, for a look before its hour is up",
      { store: pausedUntil(plus(NOW, 1)), probing: true },
      { nature: "by-store", code: "STORE_SUSPENDED", reason: "it is suspended", tryAgainAt: undefined },
    ],
    [
      "without a secret",
      { reading: failure({ kind: "no-secret", message: "put one", again: false }) },
      { nature: "no-access", code: "NO_TOKEN", reason: "put one", tryAgainAt: plus(NOW, HOUR) },
    ],
    [
      "whose secret cannot be reached",
      { reading: failure({ kind: "unreachable", message: "timed out", again: true }) },
      { nature: "passing", code: "NO_TOKEN", reason: "timed out", tryAgainAt: plus(NOW, MINUTE) },
    ],
    [
      "of another deployment",
      { deployment: "ours", reading: success({ token: new Token("s"), version: "v", deployment: "theirs" }) },
      {
        nature: "no-access",
        code: "OTHER_DEPLOYMENT",
        reason: 'the store\'s secret belongs to the deployment "theirs"',
        tryAgainAt: plus(NOW, HOUR),
      },
    ],
    [
      "whose token was refused",
      { store: { ...PROVEN, deadToken: { secretVersion: "v1", since: NOW } } },
      {
        nature: "by-store",
        code: "TOKEN_REJECTED",
        reason: "Ecwid refused the store's token; put a working one into its secret",
        tryAgainAt: undefined,
      },
    ],
  ] satisfies readonly (readonly [string, Given, object])[])("%s is closed", async (_where, given: Given, expected) => {
    const { access, world } = await open(given);

    expect(access).toEqual({ kind: "closed", ...expected });
    expect(world.calls()).toEqual([]);
  });

  it.each([
    ["a silence is over", { store: { ...PROVEN, coolDownUntil: NOW } }],
    ["a silence is over by then", { store: { ...PROVEN, coolDownUntil: plus(NOW, 3_000) }, calledAt: plus(NOW, 3_000) }],
    ["a pause may be probed", { store: pausedUntil(NOW), probing: true }],
    [
      "the secret names this deployment",
      { deployment: "ours", reading: success({ token: new Token("s"), version: "v", deployment: "ours" }) },
    ],
    ["the secret names no deployment", { deployment: "ours" }],
    ["nobody asks for the deployment", { reading: success({ token: new Token("s"), version: "v", deployment: "theirs" }) }],
    ["the secret is another than the refused one", { store: { ...PROVEN, deadToken: { secretVersion: "v0", since: NOW } } }],
  ] satisfies readonly (readonly [string, Given])[])("is open where %s", async (_where, given: Given) => {
    const { access } = await open(given);

    expect(access.kind).toBe("open");
  });

  it("forgets a refused token, so that a new secret is seen at once", async () => {
    const { forgotten } = await open({ store: { ...PROVEN, deadToken: { secretVersion: "v1", since: NOW } } });

    expect(forgotten).toEqual([STORE]);
  });
});

describe("why a store cannot be called", () => {
  const since = plus(NOW, -HOUR);
  const noSecret: Given = { reading: failure({ kind: "no-secret", message: "put one", again: false }) };

  it("is kept on the store while it has no usable secret", async () => {
    const { after } = await open(noSecret);

    expect(after).toMatchObject({ noAccess: { code: "NO_TOKEN", reason: "put one", since: NOW }, tokenProvenAt: PROVEN.tokenProvenAt });
  });

  it("is kept since it was first so", async () => {
    const { after } = await open({ ...noSecret, store: { ...PROVEN, noAccess: { code: "NO_TOKEN", reason: "put one", since } } });

    expect(after).toMatchObject({ version: 1, noAccess: { since } });
  });

  it.each([
    ["reason", { code: "NO_TOKEN", reason: "another", since }],
    ["code", { code: "OTHER_DEPLOYMENT", reason: "put one", since }],
  ])("is kept anew where its %s is another", async (_what, noAccess) => {
    const { after } = await open({ ...noSecret, store: { ...PROVEN, noAccess } });

    expect(after.noAccess).toEqual({ code: "NO_TOKEN", reason: "put one", since: NOW });
  });

  it("is taken back once there is a secret", async () => {
    const { after } = await open({ store: { ...PROVEN, noAccess: { code: "NO_TOKEN", reason: "put one", since } } });

    expect(after.noAccess).toBeUndefined();
  });

  it.each([
    ["passes by itself", { reading: failure({ kind: "unreachable", message: "timed out", again: true }) }],
    ["the store says itself", { store: { ...PROVEN, deadToken: { secretVersion: "v1", since: NOW } } }],
  ] satisfies readonly (readonly [string, Given])[])("is not written down where it %s", async (_what, given: Given) => {
    const noAccess = { code: "NO_TOKEN", reason: "put one", since };

    const { after } = await open({ ...given, store: { ...PROVEN, ...given.store, noAccess } });

    expect(after.noAccess).toEqual(noAccess);
  });

  it("writes nothing where nothing was in the way and nothing is", async () => {
    const { after } = await open({});

    expect(after.version).toBe(1);
  });
});
