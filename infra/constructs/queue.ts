import { DeduplicationScope, FifoThroughputLimit, Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Duration } from "aws-cdk-lib/core";
import { Construct } from "constructs";

/** The longest that SQS keeps a message: people should find what killed two workers after their holiday. */
const LONGEST_RETENTION = Duration.days(14);

export interface StoreQueueProps {
  /** Unique in the account and region. */
  readonly deployment: string;
  /** The time limit of the function that works the queue. */
  readonly workerTimeout: Duration;
}

/**
 * The queue into the stores: one message group a store, so one worker at a time holds a store's token. High-throughput mode, because the limit of
 * 300 messages a second must not hold up 5,000 stores that switch at one instant.
 */
export class StoreQueue extends Construct {
  readonly queue: Queue;
  /** Holds only what killed two workers: a worker never fails a message on purpose. */
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, props: StoreQueueProps) {
    super(scope, id);
    // A FIFO queue's name has to end in .fifo, so it is given; the deployment's name keeps two stages in one account apart.
    const { deployment, workerTimeout } = props;
    this.deadLetters = new Queue(this, "DeadLetters", {
      queueName: `${deployment}-stores-dead.fifo`,
      fifo: true,
      retentionPeriod: LONGEST_RETENTION,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
    this.queue = new Queue(this, "Stores", {
      queueName: `${deployment}-stores.fifo`,
      fifo: true,
      contentBasedDeduplication: true,
      deduplicationScope: DeduplicationScope.MESSAGE_GROUP,
      fifoThroughputLimit: FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
      // Longer than a worker can live, so that a second one never starts beside it; hardly longer, because a worker that died holds its store up.
      visibilityTimeout: workerTimeout.plus(Duration.seconds(10)),
      retentionPeriod: Duration.days(4),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: 2 },
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
  }
}
