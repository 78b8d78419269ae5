import {
  AttributeType,
  BillingMode,
  ProjectionType,
  StreamViewType,
  Table,
  TableEncryption,
  type TableProps,
  type WarmThroughput,
} from "aws-cdk-lib/aws-dynamodb";
import { RemovalPolicy } from "aws-cdk-lib/core";
import { Construct } from "constructs";

/** The index of the state table that says what is due. Sparse: only a target with a next boundary or retry has `dueAt`. */
const DUE_INDEX = "due";

/**
 * What all three tables share. They outlive the stack: retained, protected from deletion, restorable to any second of 35 days. On demand, because
 * a store sleeps for weeks and then switches in one second with all the others. Encrypted with the AWS-managed key rather than
 * DynamoDB's own: its use shows in CloudTrail, it needs no further right, and DynamoDB asks it about once in five minutes.
 */
const KEPT = {
  billingMode: BillingMode.PAY_PER_REQUEST,
  encryption: TableEncryption.AWS_MANAGED,
  pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
  deletionProtection: true,
  removalPolicy: RemovalPolicy.RETAIN,
} as const satisfies Partial<TableProps>;

export interface StorageProps {
  /** What tables and index are made ready for; undefined: what DynamoDB has every new table ready for. */
  readonly warmThroughput?: WarmThroughput | undefined;
}

/**
 * The tables. Their names are left to CloudFormation: a retained table of a stack that is gone must not stand in the way of the next one.
 * `Table` and not `TableV2`, because a global table of one region gives nothing here, and fewer tools and emulators understand it.
 */
export class Storage extends Construct {
  /** What marketers edit. */
  readonly campaigns: Table;
  /** What Doorman keeps for itself. */
  readonly state: Table;
  /** What it did, kept until `expiresAt` (seconds since 1970). */
  readonly history: Table;

  constructor(scope: Construct, id: string, { warmThroughput }: StorageProps = {}) {
    super(scope, id);
    const kept = { ...KEPT, warmThroughput };
    this.campaigns = new Table(this, "Campaigns", {
      ...kept,
      partitionKey: { name: "storeId", type: AttributeType.STRING },
      sortKey: { name: "campaignId", type: AttributeType.STRING },
      // Both images: compile drops a change in `status` alone without a read.
      stream: StreamViewType.NEW_AND_OLD_IMAGES,
    });
    this.state = new Table(this, "State", {
      ...kept,
      partitionKey: { name: "pk", type: AttributeType.STRING },
      sortKey: { name: "sk", type: AttributeType.STRING },
    });
    this.state.addGlobalSecondaryIndex({
      indexName: DUE_INDEX,
      partitionKey: { name: "dueShard", type: AttributeType.NUMBER },
      sortKey: { name: "dueAt", type: AttributeType.STRING },
      projectionType: ProjectionType.KEYS_ONLY,
      warmThroughput,
    });
    this.history = new Table(this, "History", {
      ...kept,
      partitionKey: { name: "pk", type: AttributeType.STRING },
      sortKey: { name: "sk", type: AttributeType.STRING },
      timeToLiveAttribute: "expiresAt",
    });
  }

  /** What a right to read the due index names. */
  get dueIndexArn(): string {
    return `${this.state.tableArn}/index/${DUE_INDEX}`;
  }
}
