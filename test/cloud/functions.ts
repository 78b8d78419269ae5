import { setTimeout as delay } from "node:timers/promises";
import { DeleteMessageCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import { createCompileWork } from "../../functions/compile/compile-work.ts";
import { createContainer as compileContainer } from "../../functions/compile/container.ts";
import { createContainer as reconcileContainer } from "../../functions/reconcile/container.ts";
import { createChangeFeed } from "../../infra/local/change-feed.ts";
import { createSqsClient } from "../../lib/adapters/queue/sqs-dispatcher.ts";
import { fingerprint } from "../../lib/adapters/system/fingerprint.ts";
import { parseStoreMessage } from "../../lib/application/messages/store-message.ts";
import { reconcileMessage } from "../../lib/application/reconcile/reconcile-message.ts";
import { MINUTE, plus } from "../../lib/domain/instant.ts";

/** The names of what was created, by the variables that the command line reads. */
export interface Deployment {
  readonly DOORMAN_CAMPAIGNS_TABLE: string;
  readonly DOORMAN_STATE_TABLE: string;
  readonly DOORMAN_HISTORY_TABLE: string;
  readonly DOORMAN_QUEUE_URL: string;
}

/** The compile and the reconcile function at work on a deployment, in this process. */
export interface Functions {
  /** Whatever they complained of. */
  readonly complaints: readonly string[];
  stop(): Promise<void>;
}

const FEED_MS = 300;

/**
 * Their own parts, as on AWS, against the endpoint that the environment names. What AWS does between them, this does: it hands changed
 * records to the one and messages to the other.
 */
export function startFunctions(deployment: Deployment, ecwidApiUrl: string): Functions {
  const names = {
    campaignsTable: deployment.DOORMAN_CAMPAIGNS_TABLE,
    stateTable: deployment.DOORMAN_STATE_TABLE,
    historyTable: deployment.DOORMAN_HISTORY_TABLE,
    queueUrl: deployment.DOORMAN_QUEUE_URL,
    logLevel: "INFO" as const,
  };
  const complaints: string[] = [];
  const complain = (message: string, error?: unknown) => {
    complaints.push(`${message}: ${String(error)}`);
  };
  const observed = { telemetry: { emit: () => {} }, complain, middlewares: [] };
  const compiling = compileContainer(names, observed);
  const secretPrefix = "doorman/stores/";
  const reconciling = reconcileContainer({ ...names, secretPrefix, deployment: "Doorman", ecwidApiUrl, mode: "live" }, observed);
  const compile = createCompileWork(compiling, complain);
  const feed = createChangeFeed({
    campaigns: compiling.campaigns,
    fingerprint,
    deliver: async (event) => (await compile(event, plus(compiling.clock.now(), MINUTE))).batchItemFailures.length === 0,
    onError: (error) => complain("the campaigns table could not be read", error),
  });
  feed.run(FEED_MS);
  const sqs = createSqsClient();
  let isStopped = false;
  const working = (async () => {
    const QueueUrl = deployment.DOORMAN_QUEUE_URL;
    while (!isStopped) {
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 1, MaxNumberOfMessages: 1 }));
      for (const { Body = "", ReceiptHandle } of Messages) {
        const message = parseStoreMessage(Body);
        if (message.ok) await reconcileMessage(reconciling, message.value, plus(reconciling.clock.now(), MINUTE));
        else complain("a message that is none", message.failure);
        await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
      }
      if (Messages.length === 0) await delay(FEED_MS);
    }
  })().catch((error: unknown) => complain("the worker ended", error));
  return {
    complaints,
    stop: async () => {
      isStopped = true;
      await feed.stop();
      await working;
      sqs.destroy();
    },
  };
}
