import { afterEach, beforeAll, expect, it } from "vitest";
import { COUPON, instantOf, PROMOTION, STORE, sale } from "../../support/world.ts";
import { synthesise } from "../synthesis.ts";
import { evaluate } from "./alarm-evaluation.ts";
import { CONDITIONS } from "./conditions.ts";
import { deployedBy } from "./deployed.ts";
import { type Deployed, OTHER_STORE, type RunningFunctions, startFunctions } from "./running-functions.ts";
import { alarmsOf, type TemplateAlarm } from "./template-alarms.ts";

let alarms: ReadonlyMap<string, TemplateAlarm>;
let deployed: Deployed;
let running: RunningFunctions | undefined;
beforeAll(() => {
  const template = synthesise();
  alarms = alarmsOf(template);
  deployed = deployedBy(template, "Doorman");
});
afterEach(() => running?.stop());

/** Every third write and one read in seven meet a passing failure, and Ecwid asks once for five seconds of silence. */
function hiccups(functions: RunningFunctions): void {
  let calls = 0;
  functions.ecwid.setFaults(() => {
    calls += 1;
    if (calls === 9) return { kind: "status", status: 429, when: "before", retryAfter: "5" };
    if (calls % 7 === 3) return { kind: "status", status: 503, when: "before" };
    return calls % 11 === 5 ? { kind: "drop", when: "after" } : undefined;
  });
}

it("no alarm rings in good hours: switches, looks, sweeps, retries that succeed, a lost tick and a worker that died once", async () => {
  const functions = startFunctions(deployed, "2026-11-27T06:00:00Z");
  running = functions;
  const promotions = [{ promotionId: String(PROMOTION), addGroups: [1] }];
  const often = { repeat: "FREQ=DAILY;BYHOUR=7,8,9,10", start: "2026-11-27T07:20", end: "2026-11-27T07:41:59" };
  await functions.put(sale(often));
  await functions.put(
    sale({ storeId: OTHER_STORE, campaignId: "long", start: "2026-11-27T08:00", end: "2026-11-27T11:00", promotions: [] }),
  );
  await functions.put(sale({ campaignId: "groups", start: "2026-11-27T08:59:59", end: "2026-11-27T09:30", coupons: [], promotions }));
  hiccups(functions);

  await functions.runTo("2026-11-27T09:10:00Z");
  functions.switches.rule = false;
  await functions.runTo("2026-11-27T09:11:00Z");
  functions.switches.rule = true;
  await functions.runTo("2026-11-27T10:06:30Z");
  const { state } = functions.parts;
  const { readTarget } = state;
  state.readTarget = async (store, target) => {
    if (store !== OTHER_STORE || functions.clock.now() < instantOf("2026-11-27T10:07:00Z")) return readTarget(store, target);
    state.readTarget = readTarget;
    throw new Error("the table is throttled");
  };
  await functions.runTo("2026-11-27T11:30:00Z");

  const rang = [...alarms.values()].flatMap((alarm) =>
    CONDITIONS.flatMap((conditions) =>
      evaluate(alarm, functions.samples, instantOf("2026-11-27T06:30:00Z"), instantOf("2026-11-27T11:30:00Z"), conditions)
        .filter(({ state }) => state !== "OK")
        .map((change) => ({ alarm: alarm.name, ...change, ...conditions })),
    ),
  );
  const told = (message: string) => functions.lines.filter((line) => line["message"] === message).length;
  expect(rang).toEqual([]);
  expect(told("switched")).toBeGreaterThan(8);
  expect(told("attempt-failed")).toBeGreaterThan(3);
  expect(told("looked")).toBeGreaterThan(6);
  expect(told("the invocation failed")).toBe(1);
  expect(functions.ecwid.coupon(STORE, COUPON)?.["applicationLimit"]).toBe("NEW_CUSTOMER_ONLY");
});
