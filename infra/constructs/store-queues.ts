import { DeduplicationScope, FifoThroughputLimit, Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import { Duration } from "aws-cdk-lib/core";
import { Construct } from "constructs";
import { SEPARATOR } from "../../lib/adapters/queue/queue-urls.ts";

/** The longest that SQS keeps a message: people should find what killed two workers after their holiday. */
const LONGEST_RETENTION = Duration.days(14);

export interface StoreQueuesProps {
  /** Unique in the account and region. */
  readonly deployment: string;
  /** How many queues the stores are shared out over, 1 or more. */
  readonly count: number;
  /** The time limit of the function that works the queue. */
  readonly workerTimeout: Duration;
}

/**
 * @param place of a queue, 0 for the first.
 * @returns what ids and names of the queue, its function and its metrics end in: nothing for the first, so that one queue is deployed as before there
 *   were several.
 */
export function numberInName(place: number): string {
  return place === 0 ? "" : String(place + 1);
}

/**
 * The queues into the stores: one message group a store, so one worker at a time holds a store's token. High-throughput mode, because the limit of
 * 300 messages a second must not hold up 5,000 stores that switch at one instant.
 *
 * One is enough for most. Lambda adds workers to each queue by itself, and makes new environments for each function by itself, so more queues, with a
 * function each, are more workers at the instant (docs/performance.md). A store is always in the same one (`queueOfStore`).
 */
export class StoreQueues extends Construct {
  readonly all: readonly Queue[];
  /** The variable from which functions read where to send. */
  readonly urls: string;
  readonly arns: readonly string[];
  /** Holds only what killed two workers: a worker never fails a message on purpose. */
  readonly deadLetters: Queue;

  constructor(scope: Construct, id: string, props: StoreQueuesProps) {
    super(scope, id);
    // A FIFO queue's name has to end in .fifo, so it is given; the deployment's name keeps two stages in one account apart.
    const { deployment, workerTimeout, count } = props;
    this.deadLetters = new Queue(this, "DeadLetters", {
      queueName: `${deployment}-stores-dead.fifo`,
      fifo: true,
      retentionPeriod: LONGEST_RETENTION,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
    });
    this.all = Array.from({ length: count }, (_each, place) => this.#queue(place, deployment, workerTimeout));
    this.urls = this.all.map(({ queueUrl }) => queueUrl).join(SEPARATOR);
    this.arns = this.all.map(({ queueArn }) => queueArn);
  }

  #queue(place: number, deployment: string, workerTimeout: Duration): Queue {
    const number = numberInName(place);
    return new Queue(this, `Stores${number}`, {
      queueName: `${deployment}-stores${number === "" ? "" : `-${number}`}.fifo`,
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
