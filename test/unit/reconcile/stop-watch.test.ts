import { describe, expect, it } from "vitest";
import { EMPTY_SYSTEM, type SystemState } from "../../../lib/application/ports/state-table.ts";
import { createStopWatch } from "../../../lib/application/reconcile/stop-watch.ts";
import { plus, SECOND } from "../../../lib/domain/instant.ts";
import { NOW } from "../../support/one-message.ts";
import { createWorld } from "../../support/world.ts";

const STOPPED: SystemState = { ...EMPTY_SYSTEM, stopped: { reason: "wrong prices" } };

function watched() {
  const { state } = createWorld();
  let now = NOW;
  let asked = 0;
  let system: SystemState = EMPTY_SYSTEM;
  const readSystem = async () => {
    asked += 1;
    return { ...system, version: 1 };
  };
  const isStopped = createStopWatch({ state: { ...state, readSystem }, clock: { now: () => now, sleepUntil: async () => {} } }, NOW);
  return {
    asked: () => asked,
    change: (to: SystemState) => {
      system = to;
    },
    at: (seconds: number) => {
      now = plus(NOW, seconds * SECOND);
      return isStopped();
    },
  };
}

describe("whether Doorman has been stopped meanwhile", () => {
  it("is asked of the table once in fifteen seconds", async () => {
    const watch = watched();

    const answers = [await watch.at(0), await watch.at(14.999), await watch.at(15), await watch.at(29.999), await watch.at(30)];

    expect(answers).toEqual([false, false, false, false, false]);
    expect(watch.asked()).toBe(2);
  });

  it("is known fifteen seconds later at the latest", async () => {
    const watch = watched();
    watch.change(STOPPED);

    const answers = [await watch.at(14.999), await watch.at(15)];

    expect(answers).toEqual([false, true]);
  });

  it("stays so for the message that is being worked, and is asked no more", async () => {
    const watch = watched();
    watch.change(STOPPED);
    await watch.at(15);
    watch.change(EMPTY_SYSTEM);

    const answers = [await watch.at(16), await watch.at(60)];

    expect(answers).toEqual([true, true]);
    expect(watch.asked()).toBe(1);
  });
});
