import { describe, expect, it } from "vitest";
import { askForALook } from "../../../lib/application/commands/look.ts";
import type { StoreMessage } from "../../../lib/application/ports/dispatcher.ts";
import type { StoreState, TargetState } from "../../../lib/application/ports/state-table.ts";
import { couponId, type TargetKey, targetKey } from "../../../lib/domain/identifiers.ts";
import { MINUTE, plus, SECOND } from "../../../lib/domain/instant.ts";
import { EMPTY_LEDGER } from "../../../lib/domain/ledger/ledger.ts";
import { at } from "../../support/layers.ts";
import { createWorld, STORE } from "../../support/world.ts";

const NOW = at("2026-11-27T09:00");
const KEY = targetKey({ kind: "coupon", id: couponId("7") });
const IDLE: TargetState = { ledger: EMPTY_LEDGER, attemptsBegun: 0, failuresInARow: 0, warnings: [] };
const PAUSE = { code: "X", reason: "x", since: NOW };

interface Given {
  readonly store?: Partial<StoreState>;
  readonly target?: Partial<TargetState>;
  readonly asksForTarget?: boolean;
  readonly isStopped?: boolean;
}

async function asked({ store = {}, target = {}, asksForTarget = false, isStopped = false }: Given) {
  const world = createWorld();
  await world.state.writeStore(STORE, { pausedKinds: {}, ...store }, 0);
  await world.state.writeTarget(STORE, KEY, { ...IDLE, ...target }, 0);
  if (isStopped) await world.state.writeSystem({ deadAnswers: [], stopped: { since: NOW, reason: "a test" } }, 0);
  const sent: StoreMessage[] = [];
  let endedAt: number | undefined;
  const asking = askForALook(
    { clock: world.clock, state: world.state, dispatcher: { send: async (message) => void sent.push(message) } },
    { storeId: STORE, because: "somebody asked", target: asksForTarget ? KEY : undefined, waitMs: 5 * SECOND },
  ).then((answer) => {
    endedAt = world.clock.now() - NOW;
    return answer;
  });
  return { world, sent, asking, lasted: () => endedAt };
}

describe("asking for a look", () => {
  it("sends it, and waits for no longer than it was told to", async () => {
    const { world, sent, asking, lasted } = await asked({});

    await world.clock.advanceBy(MINUTE);

    expect(sent).toStrictEqual([{ kind: "look", storeId: STORE, instant: NOW, because: "somebody asked", relay: 0 }]);
    expect(await asking).toMatchObject({ isAnswered: false, stopped: undefined, target: undefined });
    expect(lasted()).toBe(5 * SECOND);
  });

  it("names the target that is asked for", async () => {
    const { world, sent, asking } = await asked({ asksForTarget: true });

    await world.clock.advanceBy(MINUTE);

    expect(sent).toMatchObject([{ targets: [KEY] }]);
    expect((await asking).target).toMatchObject(IDLE);
  });

  it("of a target whose key names none is answered by the look at the store", async () => {
    const { state, clock } = createWorld();
    await state.writeStore(STORE, { pausedKinds: {}, profileReadAt: NOW }, 0);
    const key = "nonsense" as TargetKey;

    const answer = await askForALook(
      { clock, state, dispatcher: { send: async () => {} } },
      { storeId: STORE, because: "somebody asked", target: key, waitMs: 0 },
    );

    expect(answer.isAnswered).toBe(true);
  });

  it("is answered within a second of what is written down", async () => {
    const { world, asking, lasted } = await asked({});
    await world.clock.advanceBy(1_500);
    await world.state.writeStore(STORE, { pausedKinds: {}, profileReadAt: plus(NOW, 1_500) }, 1);

    await world.clock.advanceBy(MINUTE);

    expect(await asking).toMatchObject({ isAnswered: true, store: { profileReadAt: plus(NOW, 1_500) } });
    expect(lasted()).toBe(2 * SECOND);
  });

  it("waits for nothing while Doorman is stopped", async () => {
    const { world, asking, lasted } = await asked({ isStopped: true });

    await world.clock.advanceBy(MINUTE);

    expect(await asking).toMatchObject({ isAnswered: false, stopped: { reason: "a test" } });
    expect(lasted()).toBe(0);
  });

  const READ = { profileReadAt: NOW };
  const EARLIER = plus(NOW, -1);

  it.each([
    ["the profile was read since", { store: READ }, true],
    ["it was read before", { store: { profileReadAt: EARLIER } }, false],
    ["there turned out to be no secret", { store: { noAccess: PAUSE } }, true],
    ["that was known before", { store: { noAccess: { ...PAUSE, since: EARLIER } } }, false],
    ["the token turned out to be dead", { store: { deadToken: { secretVersion: "v", since: NOW } } }, true],
    ["the store is paused and not to be probed yet", { store: { pause: { ...PAUSE, probeAt: NOW } } }, true],
    ["it is paused and may be probed", { store: { pause: { ...PAUSE, probeAt: EARLIER } } }, false],
    ["Ecwid asked for silence", { store: { coolDownUntil: NOW } }, true],
    ["that is over", { store: { coolDownUntil: EARLIER } }, false],
    ["the target was decided since", { store: READ, target: { decidedAt: NOW }, asksForTarget: true }, true],
    ["the target was looked at since", { store: READ, target: { check: { checkedAt: NOW, problems: [] } }, asksForTarget: true }, true],
    [
      "the target was looked at before",
      { store: READ, target: { check: { checkedAt: EARLIER, problems: [] } }, asksForTarget: true },
      false,
    ],
    ["the target was looked at and the profile not", { target: { decidedAt: NOW }, asksForTarget: true }, false],
    [
      "targets of its kind are left alone",
      { store: { ...READ, pausedKinds: { coupon: { ...PAUSE, probeAt: NOW } } }, asksForTarget: true },
      true,
    ],
    [
      "targets of another kind are left alone",
      { store: { ...READ, pausedKinds: { promotion: { ...PAUSE, probeAt: NOW } } }, asksForTarget: true },
      false,
    ],
  ] satisfies readonly (readonly [string, Given, boolean])[])("is answered or not where %s", async (_where, given: Given, expected) => {
    const { world, asking } = await asked(given);

    await world.clock.advanceBy(MINUTE);

    expect((await asking).isAnswered).toBe(expected);
  });
});
