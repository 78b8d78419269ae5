import { Match, type Template } from "aws-cdk-lib/assertions";
import { beforeAll, describe, expect, it } from "vitest";
import { EXPIRY_ATTRIBUTE, tableDefinitions } from "../../lib/adapters/dynamo/table-definitions.ts";
import { resourcesOf, STATEFUL, synthesise } from "./synthesis.ts";

const TABLES = ["campaigns", "state", "history"] as const;

let template: Template;
beforeAll(() => {
  template = synthesise();
});

describe("what holds state", () => {
  it("keeps its logical ids for good, since another id would be a new and empty resource", () => {
    const kinds = ["AWS::DynamoDB::Table", "AWS::SQS::Queue", "AWS::SNS::Topic"];

    const ids = Object.entries(resourcesOf(template))
      .filter(([, { Type }]) => kinds.includes(Type))
      .map(([id]) => id);

    expect(ids.toSorted()).toEqual(Object.values(STATEFUL).toSorted());
  });

  it.each(TABLES)("retains the %s table, protects it, and can restore it to any second", (table) => {
    const found = resourcesOf(template)[STATEFUL[table]];

    expect(found).toMatchObject({
      Type: "AWS::DynamoDB::Table",
      DeletionPolicy: "Retain",
      UpdateReplacePolicy: "Retain",
      Properties: {
        BillingMode: "PAY_PER_REQUEST",
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        SSESpecification: { SSEEnabled: true },
      },
    });
  });

  it.each(TABLES)("gives the %s table no fixed name, so that a retained one is never in the way", (table) => {
    const found = resourcesOf(template)[STATEFUL[table]];

    expect(found?.Properties).not.toHaveProperty("TableName");
  });

  it.each(TABLES.map((table, position) => [table, position] as const))(
    "gives the %s table the keys and index that the adapters use",
    (table, position) => {
      const [campaigns, state, history] = tableDefinitions({ campaigns: "campaigns", state: "state", history: "history" });
      const { AttributeDefinitions, KeySchema, GlobalSecondaryIndexes } = [campaigns, state, history][position] ?? {};

      const found = resourcesOf(template)[STATEFUL[table]]?.Properties;

      expect(found?.["KeySchema"]).toEqual(KeySchema);
      expect(found?.["AttributeDefinitions"]).toEqual(AttributeDefinitions);
      expect(found?.["GlobalSecondaryIndexes"]).toEqual(GlobalSecondaryIndexes);
    },
  );

  it("streams both images of a campaign, and lets history expire by the attribute that the adapter writes", () => {
    const resources = resourcesOf(template);

    expect(resources[STATEFUL.campaigns]?.Properties["StreamSpecification"]).toEqual({ StreamViewType: "NEW_AND_OLD_IMAGES" });
    expect(resources[STATEFUL.history]?.Properties["TimeToLiveSpecification"]).toEqual({ AttributeName: EXPIRY_ATTRIBUTE, Enabled: true });
  });
});

describe("the queues", () => {
  it("work a store's messages in order, at high throughput, and give up after two receives", () => {
    expect(resourcesOf(template)[STATEFUL.queue]?.Properties).toEqual({
      QueueName: "Doorman-stores.fifo",
      FifoQueue: true,
      ContentBasedDeduplication: true,
      DeduplicationScope: "messageGroup",
      FifoThroughputLimit: "perMessageGroupId",
      MessageRetentionPeriod: 345_600,
      RedrivePolicy: { deadLetterTargetArn: { "Fn::GetAtt": [STATEFUL.deadLetters, "Arn"] }, maxReceiveCount: 2 },
      SqsManagedSseEnabled: true,
      VisibilityTimeout: 130,
    });
  });

  it("hide a message ten seconds longer than a worker can live", () => {
    template.hasResourceProperties("AWS::Lambda::Function", { Description: Match.stringLikeRegexp("^Brings the targets"), Timeout: 120 });
    template.hasResourceProperties("AWS::SQS::Queue", { QueueName: "Doorman-stores.fifo", VisibilityTimeout: 120 + 10 });
  });

  it("keep what could not be worked for as long as SQS can", () => {
    const resources = resourcesOf(template);

    expect(resources[STATEFUL.deadLetters]?.Properties).toEqual({
      QueueName: "Doorman-stores-dead.fifo",
      FifoQueue: true,
      MessageRetentionPeriod: 1_209_600,
      SqsManagedSseEnabled: true,
    });
    expect(resources[STATEFUL.failures]?.Properties).toEqual({ MessageRetentionPeriod: 1_209_600, SqsManagedSseEnabled: true });
  });

  it.each(["queue", "deadLetters", "failures"] as const)("take nothing without TLS: %s", (queue) => {
    template.hasResourceProperties("AWS::SQS::QueuePolicy", {
      Queues: [{ Ref: STATEFUL[queue] }],
      PolicyDocument: {
        Statement: [Match.objectLike({ Effect: "Deny", Action: "sqs:*", Condition: { Bool: { "aws:SecureTransport": "false" } } })],
      },
    });
  });
});

describe("the stack", () => {
  it("has exactly the outputs of the design", () => {
    const functionRef = { Ref: expect.stringMatching(/^(Compile|Dispatch|Reconcile|Sweep|FollowUp)Function/) };

    const outputs = Object.fromEntries(Object.entries(template.findOutputs("*")).map(([name, output]) => [name, output["Value"]]));

    expect(outputs).toEqual({
      CampaignsTableName: { Ref: STATEFUL.campaigns },
      StateTableName: { Ref: STATEFUL.state },
      HistoryTableName: { Ref: STATEFUL.history },
      QueueUrl: { Ref: STATEFUL.queue },
      AlertTopicArn: { Ref: STATEFUL.alerts },
      MarketerPolicyArn: { Ref: expect.stringMatching(/^PeopleMarketer/) },
      OperatorPolicyArn: { Ref: expect.stringMatching(/^PeopleOperator/) },
      CompileFunctionName: functionRef,
      DispatchFunctionName: functionRef,
      ReconcileFunctionName: functionRef,
      SweepFunctionName: functionRef,
      FollowUpFunctionName: functionRef,
    });
  });

  it("takes alerts over TLS only", () => {
    template.hasResourceProperties("AWS::SNS::TopicPolicy", {
      Topics: [{ Ref: STATEFUL.alerts }],
      PolicyDocument: {
        Statement: Match.arrayWith([Match.objectLike({ Effect: "Deny", Condition: { Bool: { "aws:SecureTransport": "false" } } })]),
      },
    });
  });

  it("asks for nothing before it is deployed: no parameter, no rule, no look-up", () => {
    const parts = template.toJSON();

    expect(parts).not.toHaveProperty("Parameters");
    expect(parts).not.toHaveProperty("Rules");
    expect(parts).not.toHaveProperty("Mappings");
  });
});
