import type { Template } from "aws-cdk-lib/assertions";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { ALARM_KINDS, type AlarmKind, alarmKindOf } from "../../../lib/application/alarms/alarm-kinds.ts";
import { formatInstant, type Instant } from "../../../lib/domain/instant.ts";
import { instantOf, sale } from "../../support/world.ts";
import { synthesise } from "../synthesis.ts";
import { type AlarmState, type Change, evaluate } from "./alarm-evaluation.ts";
import { CONDITIONS } from "./conditions.ts";
import { deployedBy } from "./deployed.ts";
import { FAILURES, type Failure, HOURLY_SALE } from "./failures.ts";
import { type Deployed, OTHER_STORE, type RunningFunctions, startFunctions } from "./running-functions.ts";
import { alarmsOf, type TemplateAlarm } from "./template-alarms.ts";

const DEPLOYMENT = "Doorman";

let template: Template;
let alarms: ReadonlyMap<string, TemplateAlarm>;
let deployed: Deployed;
let running: RunningFunctions | undefined;
beforeAll(() => {
  template = synthesise();
  alarms = alarmsOf(template);
  deployed = deployedBy(template, DEPLOYMENT);
});
afterEach(() => {
  running?.stop();
  for (const { namespace, name, dimensions } of running?.samples.metrics() ?? []) {
    if (namespace === "Doorman") printed.metrics.add(JSON.stringify({ name, dimensions }));
  }
  for (const line of running?.lines ?? []) notePaths(line, "");
});

/** What the functions have printed in all the failures together. */
const printed = { metrics: new Set<string>(), fields: new Set<string>() };

/** Fields as Logs Insights names them: `event.problems.0.message`. */
function notePaths(value: unknown, path: string): void {
  if (typeof value !== "object" || value === null) {
    printed.fields.add(path);
    return;
  }
  for (const [key, inner] of Object.entries(value)) notePaths(inner, path === "" ? key : `${path}.${key}`);
}

function at(time: string): Instant {
  return instantOf(`2026-11-27T${time.length === 5 ? `${time}:00` : time}Z`);
}

async function play(failure: Failure): Promise<RunningFunctions> {
  const functions = startFunctions(deployed, "2026-11-27T05:50:00Z");
  running = functions;
  await functions.put(HOURLY_SALE);
  await functions.put(sale({ storeId: OTHER_STORE, campaignId: "long", start: "2026-11-27T07:00", end: "2026-11-27T20:00" }));
  await failure.play(functions, (time) => functions.runTo(formatInstant(at(time))));
  return functions;
}

function stateAt(changes: readonly Change[], instant: Instant): AlarmState | undefined {
  return changes.findLast((change) => change.at <= instant)?.state;
}

/** In words, so that a failed comparison says what happened when. */
function told(changes: readonly Change[]): readonly string[] {
  return changes.map(({ at: changedAt, state }) => `${formatInstant(changedAt).slice(11, 16)} ${state}`);
}

/** Every alarm that rang, and when, in all that AWS leaves open. */
function rang(functions: RunningFunctions, from: Instant) {
  return [...alarms.values()].flatMap((alarm) =>
    CONDITIONS.map((conditions) => {
      const kind = alarmKindOf(DEPLOYMENT, alarm.name);
      return { kind, conditions, changes: evaluate(alarm, functions.samples, from, functions.clock.now(), conditions) };
    }),
  );
}

describe("an alarm is seen firing on what the running functions print, and no other with it", () => {
  it.each(FAILURES)("$kind: $name", async (failure) => {
    const functions = await play(failure);

    const all = rang(functions, at("06:20"));

    const { kind, ringsBy, standsUntil, quietBy, from, also = [] } = failure;
    for (const { changes, conditions } of all.filter((each) => each.kind === kind)) {
      const found = { ...conditions, changes: told(changes) };
      expect({ ...found, before: stateAt(changes, at(from)) }).toMatchObject({ before: "OK" });
      expect({ ...found, rings: stateAt(changes, at(ringsBy)) }).toMatchObject({ rings: "ALARM" });
      if (standsUntil !== undefined) {
        const between = changes.filter((change) => change.at > at(ringsBy) && change.at <= at(standsUntil));
        expect({ ...found, between }).toMatchObject({ between: [] });
      }
      if (quietBy !== undefined) expect({ ...found, after: stateAt(changes, at(quietBy)) }).toMatchObject({ after: "OK" });
      // One incident is one message: it rings once.
      expect(changes.filter(({ state }) => state === "ALARM")).toHaveLength(1);
    }
    const others = all.filter((each) => each.kind !== kind && each.changes.some(({ state }) => state !== "OK"));
    const rangToo = new Set<AlarmKind | undefined>(others.map((each) => each.kind));
    expect([...rangToo].toSorted()).toEqual(also.toSorted());
  });

  it("they print at most ten metrics, without a store or a function among the dimensions", () => {
    const metrics = [...printed.metrics].map((metric) => JSON.parse(metric));

    expect(metrics.length).toBeGreaterThan(8);
    expect(metrics.length).toBeLessThanOrEqual(10);
    expect(metrics.map(({ dimensions }) => dimensions)).toEqual(metrics.map(() => ({ service: DEPLOYMENT })));
  });

  it("every field that a saved query asks for has been printed", () => {
    const queries = Object.values(template.findResources("AWS::Logs::QueryDefinition")).map(({ Properties }) =>
      String(Properties.QueryString),
    );
    const asked = new Set(queries.flatMap((query) => query.match(/(?<![\w.@])(?:event|error)[.][\w.]+/g) ?? []));

    expect(asked.size).toBeGreaterThan(20);
    expect([...asked].filter((field) => !printed.fields.has(field))).toEqual([]);
  });

  it("every kind of alarm has been seen", () => {
    const seen = new Set(FAILURES.map(({ kind }) => kind));

    expect(ALARM_KINDS.filter((kind) => !seen.has(kind))).toEqual([]);
  });
});
