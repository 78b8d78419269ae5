import { PolicyStatement } from "aws-cdk-lib/aws-iam";

/**
 * One line of a function's rights. Written out, because the `grant…` helpers of the library give whole families of actions
 * (`grantReadWriteData` lets a role delete in batches and read streams), and a reviewer should see what a function may do where it is defined.
 */
export function allow(actions: readonly string[], ...resources: readonly string[]): PolicyStatement {
  return new PolicyStatement({ actions: [...actions], resources: [...resources] });
}

/** A right on the items of one partition of a table alone: a request that names another partition key is refused. */
export function allowInPartition(actions: readonly string[], tableArn: string, partition: string): PolicyStatement {
  const conditions = { "ForAllValues:StringEquals": { "dynamodb:LeadingKeys": [partition] } };
  return new PolicyStatement({ actions: [...actions], resources: [tableArn], conditions });
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
