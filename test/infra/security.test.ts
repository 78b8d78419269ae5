import { App, Stack } from "aws-cdk-lib/core";
import { AwsSolutionsChecks } from "cdk-nag";
import { beforeAll, describe, expect, it } from "vitest";
import { DoormanScheduler } from "../../infra/doorman-scheduler.ts";
import { DoormanStack } from "../../infra/doorman-stack.ts";
import { acknowledgeFindings, acknowledgementsFor } from "../../infra/nag-acknowledgements.ts";
import { readSettings } from "../../infra/settings.ts";
import { contextOfCdkJson, resourcesOf, synthesise } from "./synthesis.ts";

/** Everything that adds a resource is chosen, so that every resource there can be is looked at. */
const CHOSEN = {
  stage: "test",
  alertEmail: "ops@example.com",
  alertKeyArn: "arn:aws:kms:eu-central-1:111122223333:key/1234abcd",
  shadow: "true",
  queues: "2",
};

const app = () => new App({ context: { ...contextOfCdkJson(), "aws:cdk:bundling-stacks": [], ...CHOSEN } });
const settingsOf = (of: App) => readSettings((name) => of.node.tryGetContext(name));

/** @returns what cdk-nag finds below a construct, as `path: id`. It reads the constructs, so nothing has to be synthesised. */
function findingsIn(scope: App | Stack, below: string): readonly string[] {
  const { violations } = new AwsSolutionsChecks().validateScope(scope);
  return violations.flatMap(({ ruleName, violatingResources }) =>
    violatingResources.map(({ constructPath }) => `${constructPath?.replace(`${below}/`, "")}: ${ruleName}`),
  );
}

describe("cdk-nag's AwsSolutions", () => {
  it("finds nothing in the stack that is not argued", () => {
    const deployed = app();
    const settings = settingsOf(deployed);
    new DoormanStack(deployed, settings.stackName, { settings });

    expect(findingsIn(deployed, settings.stackName)).toEqual([]);
  });

  it("would find what is argued, each of it, so no argument outlives its finding", () => {
    const stack = new Stack(app(), "Somebody");
    new DoormanScheduler(stack, "Doorman", { queues: 2 });

    const found = findingsIn(stack, "Somebody/Doorman");

    expect(found.toSorted()).toEqual(
      acknowledgementsFor(2)
        .map(({ at, id }) => `${at}: ${id}`)
        .toSorted(),
    );
  });

  it("finds nothing in an app of somebody else's, either, once its findings are acknowledged", () => {
    const stack = new Stack(app(), "Somebody");

    acknowledgeFindings(new DoormanScheduler(stack, "Doorman"));

    expect(findingsIn(stack, "Somebody/Doorman")).toEqual([]);
  });

  it("is refused an argument about a construct that is not there", () => {
    const scheduler = new DoormanScheduler(new Stack(app(), "Somebody"), "Doorman");

    expect(() => acknowledgeFindings(scheduler, [{ at: "Reconcile/Rule", id: "x", reason: "y" }])).toThrow(/nothing at Reconcile\/Rule/);
  });

  it.each(acknowledgementsFor(1))("is argued with, and not only silenced: $at $id", ({ reason }) => {
    expect(reason.length).toBeGreaterThan(80);
    expect(reason).toMatch(/\.$/);
  });
});

describe("what is stored", () => {
  let resources: ReturnType<typeof resourcesOf>;
  beforeAll(() => {
    resources = resourcesOf(synthesise());
  });
  const of = (type: string) => Object.values(resources).filter(({ Type }) => Type === type);

  it("is encrypted, tables under the AWS-managed key and queues under SQS's own", () => {
    expect(of("AWS::DynamoDB::Table").map(({ Properties }) => Properties["SSESpecification"])).toEqual(
      of("AWS::DynamoDB::Table").map(() => ({ SSEEnabled: true })),
    );
    expect(of("AWS::SQS::Queue").map(({ Properties }) => Properties["SqsManagedSseEnabled"])).toEqual(
      of("AWS::SQS::Queue").map(() => true),
    );
  });

  it("is reached over TLS alone: each queue and topic refuses anything else", () => {
    const refusing = [...of("AWS::SQS::QueuePolicy"), ...of("AWS::SNS::TopicPolicy")].map((policy) => JSON.stringify(policy));

    expect(refusing).toHaveLength(of("AWS::SQS::Queue").length + of("AWS::SNS::Topic").length);
    for (const policy of refusing)
      expect(policy).toMatch(/"Effect":"Deny".*"aws:SecureTransport":"false"|"aws:SecureTransport":"false".*"Effect":"Deny"/);
  });

  it("holds alerts under a key of the customer's own where one is named", () => {
    const [topic] = Object.values(resourcesOf(synthesise(CHOSEN))).filter(({ Type }) => Type === "AWS::SNS::Topic");

    expect(topic?.Properties["KmsMasterKeyId"]).toBe(CHOSEN.alertKeyArn);
  });

  it("is not in a variable: no function is handed anything that looks like a secret", () => {
    const variables = of("AWS::Lambda::Function").map(({ Properties }) => JSON.stringify(Properties["Environment"]));

    for (const each of variables) expect(each).not.toMatch(/token|password|secret_|public_|api_?key/);
  });
});
