import { PolicyStatement } from "aws-cdk-lib/aws-iam";

/**
 * One line of a function's rights. Written out, because the `grant…` helpers of the library give whole families of actions
 * (`grantReadWriteData` lets a role delete in batches and read streams), and a reviewer should see what a function may do where it is defined.
 */
export function allow(actions: readonly string[], ...resources: readonly string[]): PolicyStatement {
  return new PolicyStatement({ actions: [...actions], resources: [...resources] });
}

/** What it takes to compile or reconcile a store: items one by one, a store's items by a query, never the whole table. */
export const STATE_ITEMS = [
  "dynamodb:GetItem",
  "dynamodb:PutItem",
  "dynamodb:UpdateItem",
  "dynamodb:DeleteItem",
  "dynamodb:Query",
] as const;

/** Reading a record and writing its `status` back. */
export const CAMPAIGN_STATUS = ["dynamodb:GetItem", "dynamodb:UpdateItem"] as const;

/** The partition of the state table that holds the kill switch (`stateKey.system`). It is all that the tick and the operator see of the items. */
const SYSTEM_PARTITION = "SYSTEM";

/** @returns the statement, for the items of the kill switch's partition alone. */
export function onTheSwitchAlone(statement: PolicyStatement): PolicyStatement {
  statement.addCondition("ForAllValues:StringEquals", { "dynamodb:LeadingKeys": [SYSTEM_PARTITION] });
  return statement;
}
