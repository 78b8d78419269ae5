import { Match, type Template } from "aws-cdk-lib/assertions";
import { beforeAll, describe, expect, it } from "vitest";
import * as compile from "../../functions/compile/environment.ts";
import * as dispatch from "../../functions/dispatch/environment.ts";
import * as followUp from "../../functions/follow-up/environment.ts";
import * as reconcile from "../../functions/reconcile/environment.ts";
import * as sweep from "../../functions/sweep/environment.ts";
import { ALARM_KINDS } from "../../lib/application/alarms/alarm-kinds.ts";
import { FUNCTIONS, resourceOf, resourcesOf, STATEFUL, synthesise, variablesOf } from "./synthesis.ts";

const SCHEMAS = {
  compile: compile.compileVariables,
  dispatch: dispatch.dispatchVariables,
  reconcile: reconcile.reconcileVariables,
  sweep: sweep.sweepVariables,
  "follow-up": followUp.followUpVariables,
};
const PARSERS = {
  compile: compile.parseEnvironment,
  dispatch: dispatch.parseEnvironment,
  reconcile: reconcile.parseEnvironment,
  sweep: sweep.parseEnvironment,
  "follow-up": followUp.parseEnvironment,
};

let plain: Template;
let chosen: Template;
beforeAll(() => {
  plain = synthesise();
  chosen = synthesise({
    stage: "test",
    logLevel: "DEBUG",
    ecwidApiUrl: "http://localhost:4000/api/v3",
    maxConcurrency: "50",
    logRetentionDays: "7",
    memoryMiB: "1024",
    shadow: "true",
    contact: "shop-tech@agency.example, +49 30 1234567",
  });
});

describe("every function", () => {
  it("is one of the five that the stack is meant to have", () => {
    plain.resourceCountIs("AWS::Lambda::Function", FUNCTIONS.length);
  });

  it.each(FUNCTIONS)("runs on Node 24 and arm64, untraced and unreserved: %s", (name) => {
    const { Properties } = resourceOf(plain, name, "AWS::Lambda::Function");

    expect(Properties).toMatchObject({ Runtime: "nodejs24.x", Architectures: ["arm64"], Handler: "index.handler" });
    expect(Properties).not.toHaveProperty("TracingConfig");
    expect(Properties).not.toHaveProperty("ReservedConcurrentExecutions");
  });

  it.each([
    ["compile", 512, 60],
    ["dispatch", 256, 150],
    ["reconcile", 512, 120],
    ["sweep", 512, 600],
    ["follow-up", 512, 120],
  ] as const)("has its memory and time: %s %i MiB, %i s", (name, MemorySize, Timeout) => {
    const { Properties } = resourceOf(plain, name, "AWS::Lambda::Function");

    expect(Properties).toMatchObject({ MemorySize, Timeout });
  });

  it.each(FUNCTIONS)("has the memory that the deployment chose: %s", (name) => {
    expect(resourceOf(chosen, name, "AWS::Lambda::Function").Properties["MemorySize"]).toBe(1024);
  });

  it.each(FUNCTIONS)("writes to a log group of its own that forgets after a month: %s", (name) => {
    const log = resourceOf(plain, name, "AWS::Logs::LogGroup");

    const { Properties } = resourceOf(plain, name, "AWS::Lambda::Function");

    expect(Properties["LoggingConfig"]).toEqual({ LogGroup: { Ref: log.logicalId } });
    expect(log).toMatchObject({ DeletionPolicy: "Delete", Properties: { RetentionInDays: 30 } });
  });

  it.each(FUNCTIONS)("has a role of its own: %s", (name) => {
    const role = resourceOf(plain, name, "AWS::IAM::Role");

    const { Properties } = resourceOf(plain, name, "AWS::Lambda::Function");

    expect(Properties["Role"]).toEqual({ "Fn::GetAtt": [role.logicalId, "Arn"] });
    expect(role.Properties["AssumeRolePolicyDocument"]).toMatchObject({ Statement: [{ Principal: { Service: "lambda.amazonaws.com" } }] });
  });
});

describe("a function's environment", () => {
  it.each(FUNCTIONS)("has each variable without a default, and no other: %s", (name) => {
    const required = Object.entries(SCHEMAS[name].shape)
      .filter(([, field]) => !field.safeParse(undefined).success)
      .map(([key]) => key);

    const found = Object.keys(variablesOf(plain, name));

    expect(found.toSorted()).toEqual(required.toSorted());
  });

  it.each(FUNCTIONS)("has every variable of its schema where the deployment chose them all: %s", (name) => {
    const found = Object.keys(variablesOf(chosen, name));

    expect(found.toSorted()).toEqual(Object.keys(SCHEMAS[name].shape).toSorted());
  });

  it.each(FUNCTIONS)("can be read by the function: %s", (name) => {
    const deployed = Object.fromEntries(
      Object.entries(variablesOf(chosen, name)).map(([key, value]) => [
        key,
        typeof value === "string" ? value : "what-the-reference-stands-for",
      ]),
    );

    const environment = PARSERS[name](deployed);

    expect(environment).toMatchObject({ stateTable: "what-the-reference-stands-for", logLevel: "DEBUG" });
  });

  it("names the right table, queue, secrets and deployment", () => {
    expect(variablesOf(chosen, "reconcile")).toEqual({
      CAMPAIGNS_TABLE: { Ref: STATEFUL.campaigns },
      STATE_TABLE: { Ref: STATEFUL.state },
      HISTORY_TABLE: { Ref: STATEFUL.history },
      QUEUE_URL: { Ref: STATEFUL.queue },
      SECRET_PREFIX: "doorman/stores/",
      DEPLOYMENT: "Doorman-test",
      ECWID_API_URL: "http://localhost:4000/api/v3",
      LOG_LEVEL: "DEBUG",
      MODE: "shadow",
    });
  });
});

describe("the event sources", () => {
  it("give compile the stream from its start, split off what fails, and note what was given up", () => {
    const { logicalId } = resourceOf(plain, "compile", "AWS::Lambda::Function");

    expect(resourceOf(plain, "CampaignFeed", "AWS::Lambda::EventSourceMapping").Properties).toEqual({
      FunctionName: { Ref: logicalId },
      EventSourceArn: { "Fn::GetAtt": [STATEFUL.campaigns, "StreamArn"] },
      StartingPosition: "TRIM_HORIZON",
      BatchSize: 10,
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ["ReportBatchItemFailures"],
      MaximumRecordAgeInSeconds: 3600,
      MaximumRetryAttempts: 3,
      DestinationConfig: { OnFailure: { Destination: { "Fn::GetAtt": [STATEFUL.failures, "Arn"] } } },
    });
  });

  it("give reconcile one message at a time, and hold the number of workers only where the deployment chose one", () => {
    const { logicalId } = resourceOf(plain, "reconcile", "AWS::Lambda::Function");
    const expected = { FunctionName: { Ref: logicalId }, EventSourceArn: { "Fn::GetAtt": [STATEFUL.queue, "Arn"] }, BatchSize: 1 };

    expect(resourceOf(plain, "StoreFeed", "AWS::Lambda::EventSourceMapping").Properties).toEqual(expected);
    expect(resourceOf(chosen, "StoreFeed", "AWS::Lambda::EventSourceMapping").Properties).toEqual({
      ...expected,
      ScalingConfig: { MaximumConcurrency: 50 },
    });
  });

  it.each([
    [{ pollers: "100" }, "1000"],
    [{ pollers: "2" }, "500"],
    [{ maxConcurrency: "50" }, "50"],
    [{ maxConcurrency: "900" }, "500"],
  ])("tell the tick how many stores are worked at a time: %o", (context, expected) => {
    expect(variablesOf(synthesise(context), "dispatch")["STORES_AT_ONCE"]).toBe(expected);
  });

  it.each([
    ["100", { MinimumPollers: 100, MaximumPollers: 100 }],
    ["2", { MinimumPollers: 2, MaximumPollers: 100 }],
    ["200", { MinimumPollers: 200, MaximumPollers: 200 }],
  ])("hold %s pollers ready for reconcile where the deployment chose so, with room for a thousand stores", (pollers, expected) => {
    const { Properties } = resourceOf(synthesise({ pollers }), "StoreFeed", "AWS::Lambda::EventSourceMapping");

    expect(Properties).toMatchObject({ BatchSize: 1, ProvisionedPollerConfig: expected });
    expect(Properties).not.toHaveProperty("ScalingConfig");
  });

  it.each([
    ["dispatch", "cron(* * * * ? *)", { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 }, 60],
    ["sweep", "cron(7 * * * ? *)", { MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 600 }, 600],
  ] as const)(
    "wake %s by a rule %s, and never run a failed one again",
    (name, ScheduleExpression, RetryPolicy, MaximumEventAgeInSeconds) => {
      const { logicalId } = resourceOf(plain, name, "AWS::Lambda::Function");

      plain.hasResourceProperties("AWS::Events::Rule", {
        ScheduleExpression,
        State: "ENABLED",
        Targets: [{ Id: Match.anyValue(), Arn: { "Fn::GetAtt": [logicalId, "Arn"] }, RetryPolicy }],
      });
      plain.hasResourceProperties("AWS::Lambda::EventInvokeConfig", {
        FunctionName: { Ref: logicalId },
        MaximumRetryAttempts: 0,
        MaximumEventAgeInSeconds,
      });
    },
  );
});

describe("the rules of the follow-up", () => {
  const patternOf = (template: Template) =>
    Object.values(resourcesOf(template)).find(({ Type, Properties }) => Type === "AWS::Events::Rule" && "EventPattern" in Properties)
      ?.Properties;

  it("hand it what this deployment's alarms do, and no other's, each by its name", () => {
    const names = ALARM_KINDS.map((kind) => `Doorman-${kind}`);

    expect(patternOf(plain)).toMatchObject({
      State: "ENABLED",
      EventPattern: {
        source: ["aws.cloudwatch"],
        "detail-type": ["CloudWatch Alarm State Change"],
        account: [{ Ref: "AWS::AccountId" }],
        detail: { alarmName: names, state: { value: ["ALARM", "OK"] } },
      },
      Targets: [{ Arn: { "Fn::GetAtt": [resourceOf(plain, "follow-up", "AWS::Lambda::Function").logicalId, "Arn"] } }],
    });
    expect(patternOf(chosen)).toMatchObject({ EventPattern: { detail: { alarmName: ALARM_KINDS.map((kind) => `Doorman-test-${kind}`) } } });
  });

  it("keep within what EventBridge takes of a pattern (2,048 characters), also with the longest name of a stack", () => {
    const longest = synthesise({ stackName: `S${"x".repeat(59)}` });

    expect(JSON.stringify(patternOf(longest)?.["EventPattern"]).length).toBeLessThan(2_048);
  });

  it("try an alarm again, and look every quarter of an hour for what is still owed", () => {
    const { logicalId } = resourceOf(plain, "follow-up", "AWS::Lambda::Function");

    plain.resourceCountIs("AWS::Events::Rule", 4);
    plain.hasResourceProperties("AWS::Lambda::EventInvokeConfig", {
      FunctionName: { Ref: logicalId },
      MaximumRetryAttempts: 2,
      MaximumEventAgeInSeconds: 3600,
    });
    plain.hasResourceProperties("AWS::Events::Rule", { ScheduleExpression: "cron(3/15 * * * ? *)", State: "ENABLED" });
  });

  it("let it say by which name the tick's rule is switched on", () => {
    const variables = variablesOf(plain, "follow-up");

    expect(variables).toMatchObject({ DEPLOYMENT: "Doorman", TOPIC_ARN: { Ref: STATEFUL.alerts } });
    expect(variables["TICK_RULE"]).toEqual({ Ref: expect.stringMatching(/^TicksEveryMinute/) });
  });

  it("let it say what the campaigns table is called, and whom to turn to where the deployment says so", () => {
    expect(variablesOf(plain, "follow-up")["CAMPAIGNS_TABLE"]).toEqual({ Ref: STATEFUL.campaigns });
    expect(variablesOf(plain, "follow-up")).not.toHaveProperty("CONTACT");
    expect(variablesOf(chosen, "follow-up")["CONTACT"]).toBe("shop-tech@agency.example, +49 30 1234567");
  });
});

describe("a second stage in one account", () => {
  it("has a queue of its own name, since that name is fixed", () => {
    chosen.hasResourceProperties("AWS::SQS::Queue", { QueueName: "Doorman-test-stores.fifo" });
    chosen.hasResourceProperties("AWS::SQS::Queue", { QueueName: "Doorman-test-stores-dead.fifo" });
  });

  it("keeps logs for as long as it chose", () => {
    chosen.allResourcesProperties("AWS::Logs::LogGroup", { RetentionInDays: 7 });
  });
});
