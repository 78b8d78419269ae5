import { Match, type Template } from "aws-cdk-lib/assertions";
import { beforeAll, describe, expect, it } from "vitest";
import { LOOKS_BACK_MINUTES } from "../../../lib/application/alarms/alarm-ends.ts";
import { ALARM_KINDS, alarmName } from "../../../lib/application/alarms/alarm-kinds.ts";
import { STANDING } from "../../bench/costs/deployment.ts";
import { resourcesOf, STATEFUL, synthesise } from "../synthesis.ts";
import { alarmsOf, type TemplateAlarm } from "./template-alarms.ts";

const DIRECT = ["tick-silent", "functions-failing", "functions-throttled"].map((kind) => `Doorman-${kind}`);

let template: Template;
let alarms: ReadonlyMap<string, TemplateAlarm>;
beforeAll(() => {
  template = synthesise();
  alarms = alarmsOf(template);
});

function logicalIds(type: string): readonly string[] {
  return Object.entries(resourcesOf(template)).flatMap(([id, { Type }]) => (Type === type ? [id] : []));
}

describe("the alarms", () => {
  it("are one for each kind, under the name that follow-up knows", () => {
    expect([...alarms.keys()].toSorted()).toEqual(ALARM_KINDS.map((kind) => alarmName("Doorman", kind)).toSorted());
  });

  it.each(ALARM_KINDS)("say what it means, what to do first and where to read on: %s", (kind) => {
    const { description = "" } = alarms.get(alarmName("Doorman", kind)) ?? {};

    expect(description).toMatch(new RegExp(`^[A-Z].{30,}[.] First: [A-Z].{20,}[.?] See docs/runbook[.]md#${kind}$`));
    expect(description.length).toBeLessThanOrEqual(1024);
  });

  it("look at as many metrics as the bill of docs/costs.md counts", () => {
    const metrics = [...alarms.values()].map((alarm) => alarm.metrics.size);

    expect(metrics.reduce((sum, each) => sum + each, 0)).toBe(STANDING.alarmMetrics);
  });

  it("watch every queue and every function of the most queues there can be, in the ten metrics that CloudWatch lets an alarm add up", () => {
    const most = synthesise({ queues: "6" });
    const watched = [...alarmsOf(most).values()];
    const dimensions = JSON.stringify(watched.map(({ metrics }) => [...metrics.values()]));
    const all = Object.entries(resourcesOf(most));
    const workers = all.flatMap(([id, { Type }]) => (Type === "AWS::Lambda::Function" ? [id] : []));
    const queues = all.flatMap(([id, { Type }]) => (Type === "AWS::SQS::Queue" ? [id] : []));

    expect(workers).toHaveLength(10);
    for (const { name, metrics } of watched) expect(metrics.size, name).toBeLessThanOrEqual(10);
    expect(watched.reduce((sum, { metrics }) => sum + metrics.size, 0)).toBe(STANDING.alarmMetrics + 5 * STANDING.alarmMetricsAQueue);
    for (const id of [...workers, ...queues]) expect(dimensions).toContain(id);
  });

  it("look back for as long as messages say that they stay on", () => {
    const minutes = ALARM_KINDS.map((kind) => {
      const { periodMs = 0, evaluationPeriods = 0 } = alarms.get(alarmName("Doorman", kind)) ?? {};
      return [kind, (periodMs * evaluationPeriods) / 60_000];
    });

    expect(Object.fromEntries(minutes)).toEqual(LOOKS_BACK_MINUTES);
  });

  it("take silence for a failure where silence is the failure, and nowhere else", () => {
    const breaching = [...alarms.values()].filter(({ missing }) => missing === "breaching").map(({ name }) => name);
    const others = [...alarms.values()].filter(({ missing }) => missing === "notBreaching");

    expect(breaching).toEqual(["Doorman-tick-silent"]);
    expect(others).toHaveLength(ALARM_KINDS.length - 1);
  });

  it("tell people directly only where follow-up may be what is broken, of the end too", () => {
    const topic = [{ Ref: STATEFUL.alerts }];

    const telling = [...alarms.values()].filter(({ alarmActions, okActions }) => alarmActions.length + okActions.length > 0);

    expect(telling.map(({ name }) => name).toSorted()).toEqual(DIRECT.toSorted());
    expect(telling.map(({ alarmActions, okActions }) => [alarmActions, okActions])).toEqual(DIRECT.map(() => [topic, topic]));
  });

  it("may publish to the topic, and no other deployment's may", () => {
    template.hasResourceProperties("AWS::SNS::TopicPolicy", {
      PolicyDocument: {
        Statement: Match.arrayWith([
          {
            Sid: "OwnAlarms",
            Effect: "Allow",
            Principal: { Service: "cloudwatch.amazonaws.com" },
            Action: "sns:Publish",
            Resource: { Ref: STATEFUL.alerts },
            Condition: {
              ArnLike: { "aws:SourceArn": { "Fn::Join": ["", Match.arrayWith([Match.stringLikeRegexp("^:cloudwatch:$")])] } },
              StringEquals: { "aws:SourceAccount": { Ref: "AWS::AccountId" } },
            },
          },
        ]),
      },
    });
  });

  it("stay within what CloudWatch takes: ten metrics an alarm, a day in all", () => {
    for (const { name, metrics, periodMs, evaluationPeriods, datapointsToAlarm } of alarms.values()) {
      const seconds = (periodMs / 1000) * evaluationPeriods;
      expect({ name, few: metrics.size <= 10, short: seconds <= 86_400 }).toEqual({ name, few: true, short: true });
      expect(datapointsToAlarm).toBeLessThanOrEqual(evaluationPeriods);
    }
  });

  it.each(["functions-failing", "functions-throttled", "functions-slow"])("watch every function of the stack: %s", (kind) => {
    const watched = [...(alarms.get(`Doorman-${kind}`)?.metrics.values() ?? [])].map(({ identity }) => identity.dimensions["FunctionName"]);

    expect(watched.toSorted()).toEqual(logicalIds("AWS::Lambda::Function").toSorted());
  });

  it("watch every queue that holds what nobody works", () => {
    const watched = [...(alarms.get("Doorman-dead-letters")?.metrics.values() ?? [])].map(
      ({ identity }) => identity.dimensions["QueueName"],
    );

    expect(watched.toSorted()).toEqual(
      logicalIds("AWS::SQS::Queue")
        .filter((id) => id !== STATEFUL.queue)
        .toSorted(),
    );
  });

  it("of another stage in the account have names and metrics of their own", () => {
    const own = [...alarmsOf(synthesise({ stage: "test" })).values()];

    const services = own.flatMap(({ metrics }) => [...metrics.values()].flatMap(({ identity }) => identity.dimensions["service"] ?? []));
    expect(own.map(({ name }) => name).toSorted()).toEqual(ALARM_KINDS.map((kind) => `Doorman-test-${kind}`).toSorted());
    expect(new Set(services)).toEqual(new Set(["Doorman-test"]));
  });
});

describe("the dashboard", () => {
  it("is one, named after the deployment, and shows every alarm", () => {
    template.resourceCountIs("AWS::CloudWatch::Dashboard", 1);
    const [dashboard] = Object.values(template.findResources("AWS::CloudWatch::Dashboard"));

    expect(dashboard?.["Properties"].DashboardName).toBe("Doorman");
    const body = JSON.stringify(dashboard?.["Properties"].DashboardBody);
    expect(logicalIds("AWS::CloudWatch::Alarm").filter((id) => !body.includes(id))).toEqual([]);
  });
});
