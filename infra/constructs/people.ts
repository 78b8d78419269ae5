import { ManagedPolicy } from "aws-cdk-lib/aws-iam";
import { Construct } from "constructs";
import { stateKey } from "../../lib/adapters/dynamo/keys.ts";
import { MARKETER_RIGHTS } from "./marketer-rights.ts";
import { allow, allowInPartition } from "./rights.ts";
import type { Storage } from "./storage.ts";

/**
 * Policies for people, to be attached to whatever stands for them in the account: groups, roles, permission sets. Their names are left to
 * CloudFormation, so that two stages do not collide.
 */
export class People extends Construct {
  /** May edit campaigns, read what comes of them, and nothing else. */
  readonly marketer: ManagedPolicy;
  /** May stop Doorman as a whole and let it go on, and nothing else. */
  readonly operator: ManagedPolicy;

  constructor(scope: Construct, id: string, { campaigns, state, history }: Storage) {
    super(scope, id);
    this.marketer = new ManagedPolicy(this, "Marketer", {
      description: "Edits Doorman's campaigns and reads what comes of them",
      statements: [
        allow(MARKETER_RIGHTS.campaigns, campaigns.tableArn),
        allow(MARKETER_RIGHTS.state, state.tableArn),
        allow(MARKETER_RIGHTS.history, history.tableArn),
      ],
    });
    this.operator = new ManagedPolicy(this, "Operator", {
      description: "Stops Doorman as a whole and lets it go on",
      statements: [allowInPartition(["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:UpdateItem"], state.tableArn, stateKey.system.pk)],
    });
  }
}
