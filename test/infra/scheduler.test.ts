import { Match, Template } from "aws-cdk-lib/assertions";
import { Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { App, Stack } from "aws-cdk-lib/core";
import { describe, expect, it } from "vitest";
import { DoormanScheduler } from "../../infra/doorman-scheduler.ts";
import { contextOfCdkJson, resourcesOf, STATEFUL, synthesise } from "./synthesis.ts";

/** Another app than ours: only bundling is left out, as everywhere here. */
const somebodysStack = (context: Readonly<Record<string, unknown>> = contextOfCdkJson()) =>
  new Stack(new App({ context: { ...context, "aws:cdk:bundling-stacks": [] } }), "Shop");

describe("the scheduler in an app of somebody else's", () => {
  it("takes nothing but defaults, and is named after the stack it is in", () => {
    const stack = somebodysStack();
    new DoormanScheduler(stack, "Doorman");

    const template = Template.fromStack(stack);

    template.resourceCountIs("AWS::DynamoDB::Table", 3);
    template.hasResourceProperties("AWS::SQS::Queue", { QueueName: "Shop-stores.fifo" });
    template.allResourcesProperties("AWS::Logs::LogGroup", { RetentionInDays: 30 });
  });

  it("can be there twice, under names of their own, and its policies go to whom they are for", () => {
    const stack = somebodysStack();
    const marketers = new Role(stack, "Marketers", { assumedBy: new ServicePrincipal("ec2.amazonaws.com") });
    const doorman = new DoormanScheduler(stack, "Doorman", { deployment: "shop-eu", alertEmails: ["ops@example.com"], shadow: true });
    new DoormanScheduler(stack, "Other", { deployment: "shop-us" });
    doorman.people.marketer.attachToRole(marketers);

    const template = Template.fromStack(stack);
    const queues = Object.values(template.findResources("AWS::SQS::Queue")).map(({ Properties }) => Properties?.QueueName);

    expect(queues.filter((name) => name !== undefined).toSorted()).toEqual([
      "shop-eu-stores-dead.fifo",
      "shop-eu-stores.fifo",
      "shop-us-stores-dead.fifo",
      "shop-us-stores.fifo",
    ]);
    template.hasResourceProperties("AWS::SNS::Subscription", { Protocol: "email", Endpoint: "ops@example.com" });
    template.hasResourceProperties("AWS::Lambda::Function", { Environment: { Variables: { DEPLOYMENT: "shop-eu", MODE: "shadow" } } });
    template.hasResourceProperties("AWS::IAM::ManagedPolicy", { Roles: [{ Ref: Match.stringLikeRegexp("^Marketers") }] });
  });

  it("needs none of our feature flags", () => {
    const stack = somebodysStack({});
    new DoormanScheduler(stack, "Doorman");

    expect(() => Template.fromStack(stack)).not.toThrow();
  });
});

describe("tables that are made ready for a rush", () => {
  it("are all three and the due index, by what the deployment chose", () => {
    const resources = resourcesOf(synthesise({ warmReads: "40000", warmWrites: "10000" }));
    const warm = { ReadUnitsPerSecond: 40_000, WriteUnitsPerSecond: 10_000 };

    for (const table of ["campaigns", "state", "history"] as const) {
      expect(resources[STATEFUL[table]]?.Properties["WarmThroughput"]).toEqual(warm);
    }
    expect(resources[STATEFUL.state]?.Properties["GlobalSecondaryIndexes"]).toEqual([
      expect.objectContaining({ IndexName: "due", WarmThroughput: warm }),
    ]);
  });

  it("are what DynamoDB makes them where nothing is chosen", () => {
    for (const { Properties } of Object.values(resourcesOf(synthesise()))) expect(Properties).not.toHaveProperty("WarmThroughput");
  });
});
