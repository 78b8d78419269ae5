import type { Template } from "aws-cdk-lib/assertions";
import { beforeAll, describe, expect, it } from "vitest";
import { INCIDENTS_PARTITION, stateKey } from "../../lib/adapters/dynamo/keys.ts";
import { rightsIn, rightsOf, wildcardActions, wildcardResources } from "./statements.ts";
import { FUNCTIONS, type FunctionName, resourceOf, resourcesOf, synthesise } from "./synthesis.ts";

const TOKENS = "arn:{AWS::Partition}:secretsmanager:{AWS::Region}:{AWS::AccountId}:secret:doorman/stores/*";

/** Everything that each function may do, by what it may do it to. A change here is a change of what an intruder in that function could do. */
const RIGHTS: Record<FunctionName, Record<string, readonly string[]>> = {
  compile: {
    "own log": ["logs:CreateLogStream", "logs:PutLogEvents"],
    campaigns: ["dynamodb:GetItem", "dynamodb:UpdateItem"],
    "campaigns StreamArn": ["dynamodb:DescribeStream", "dynamodb:GetRecords", "dynamodb:GetShardIterator", "dynamodb:ListStreams"],
    state: ["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem"],
    queue: ["sqs:SendMessage"],
    failures: ["sqs:SendMessage"],
  },
  dispatch: {
    "own log": ["logs:CreateLogStream", "logs:PutLogEvents"],
    "state/index/due": ["dynamodb:Query"],
    "state [ForAllValues:StringEquals dynamodb:LeadingKeys SYSTEM]": ["dynamodb:GetItem"],
    queue: ["sqs:SendMessage"],
  },
  reconcile: {
    "own log": ["logs:CreateLogStream", "logs:PutLogEvents"],
    campaigns: ["dynamodb:GetItem", "dynamodb:UpdateItem"],
    state: ["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:UpdateItem"],
    history: ["dynamodb:PutItem"],
    queue: ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage", "sqs:SendMessage"],
    [TOKENS]: ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"],
  },
  sweep: {
    "own log": ["logs:CreateLogStream", "logs:PutLogEvents"],
    campaigns: ["dynamodb:GetItem", "dynamodb:Scan", "dynamodb:UpdateItem"],
    state: ["dynamodb:DeleteItem", "dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query", "dynamodb:Scan", "dynamodb:UpdateItem"],
    queue: ["sqs:SendMessage"],
  },
  "follow-up": {
    "own log": ["logs:CreateLogStream", "logs:PutLogEvents"],
    state: ["dynamodb:GetItem", "dynamodb:Query", "dynamodb:Scan"],
    // Incidents alone: the kill switch is in another partition.
    [`state [ForAllValues:StringEquals dynamodb:LeadingKeys ${INCIDENTS_PARTITION}]`]: ["dynamodb:PutItem"],
    "state/index/due": ["dynamodb:Query"],
    history: ["dynamodb:Query"],
    queue: ["sqs:SendMessage"],
    alerts: ["sns:Publish"],
  },
};

/** What the policies for people allow. */
const PEOPLE = {
  PeopleMarketer: {
    campaigns: [
      "dynamodb:DeleteItem",
      "dynamodb:DescribeTable",
      "dynamodb:GetItem",
      "dynamodb:PutItem",
      "dynamodb:Query",
      "dynamodb:Scan",
      "dynamodb:UpdateItem",
    ],
    // For `doorman plan` and `why`, which answer from here; there is no token in it.
    state: ["dynamodb:GetItem", "dynamodb:Query", "dynamodb:Scan"],
    history: ["dynamodb:Query"],
  },
  PeopleOperator: {
    "state [ForAllValues:StringEquals dynamodb:LeadingKeys SYSTEM]": ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"],
  },
} as const;
type Person = keyof typeof PEOPLE;
const isPerson = (name: string): name is Person => name in PEOPLE;

let template: Template;
beforeAll(() => {
  template = synthesise();
});

describe("the rights of a function", () => {
  it.each(FUNCTIONS)("are these and no others: %s", (name) => {
    expect(rightsOf(template, name)).toEqual(RIGHTS[name]);
  });

  it("all stand in its own role: there is no managed policy and no policy beside it", () => {
    const roles = FUNCTIONS.map((name) => resourceOf(template, name, "AWS::IAM::Role"));

    expect(roles.map(({ Properties }) => Properties["ManagedPolicyArns"])).toEqual(FUNCTIONS.map(() => undefined));
    template.resourceCountIs("AWS::IAM::Role", FUNCTIONS.length);
    template.resourceCountIs("AWS::IAM::Policy", 0);
    // Those of people; no role of a function has one (above).
    template.resourceCountIs("AWS::IAM::ManagedPolicy", Object.keys(PEOPLE).length);
  });

  it("let the follow-up write incidents and nothing else of the state table, the kill switch least of all", () => {
    expect(stateKey.system.pk).not.toBe(INCIDENTS_PARTITION);
  });

  it("let it be called only by the rule that is meant to", () => {
    const permissions = Object.values(template.findResources("AWS::Lambda::Permission")).map(({ Properties }) => Properties);

    expect(permissions).toEqual([
      expect.objectContaining({
        Principal: "events.amazonaws.com",
        SourceArn: { "Fn::GetAtt": [expect.stringMatching(/^TicksEveryMinute/), "Arn"] },
      }),
      expect.objectContaining({
        Principal: "events.amazonaws.com",
        SourceArn: { "Fn::GetAtt": [expect.stringMatching(/^TicksEveryHour/), "Arn"] },
      }),
      expect.objectContaining({
        Principal: "events.amazonaws.com",
        SourceArn: { "Fn::GetAtt": [expect.stringMatching(/^FollowUpAlarmChanges/), "Arn"] },
      }),
      expect.objectContaining({
        Principal: "events.amazonaws.com",
        SourceArn: { "Fn::GetAtt": [expect.stringMatching(/^FollowUpOwed/), "Arn"] },
      }),
    ]);
  });
});

describe("the rights of people", () => {
  it.each(Object.keys(PEOPLE).filter(isPerson))("are these and no others: %s", (name) => {
    const policy = resourceOf(template, name, "AWS::IAM::ManagedPolicy");

    expect(rightsIn(policy)).toEqual(PEOPLE[name]);
    expect(policy.Properties).not.toHaveProperty("ManagedPolicyName");
    expect(policy.Properties).not.toHaveProperty("Groups");
  });
});

describe("wildcards", () => {
  it("allow no action anywhere", () => {
    expect(wildcardActions(resourcesOf(template))).toEqual([]);
  });

  it("would be found if one did", () => {
    const statement = { Effect: "Allow", Action: ["sqs:SendMessage", "dynamodb:*"], Resource: "*" };
    const planted = { Type: "AWS::IAM::Role", Properties: { Policies: [{ PolicyDocument: { Statement: [statement] } }] } };

    expect(wildcardActions({ Planted: planted })).toEqual(["Planted: dynamodb:*"]);
  });

  it("name a resource only where a store is added by putting its secret there", () => {
    const reconcileRole = resourceOf(template, "reconcile", "AWS::IAM::Role").logicalId;

    expect(wildcardResources(template)).toEqual([`${reconcileRole}: ${TOKENS}`]);
  });
});
