import { setTimeout as delay } from "node:timers/promises";
import { GetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { createSqsClient } from "../../../lib/adapters/queue/sqs-dispatcher.ts";
import type { DeployedMapping, DeployedStack } from "../deploy-stack.ts";
import { type Invoked, type RunningFunction, runFunction } from "../lambda/deployed-function.ts";
import { queueUrlOf } from "../queue-url.ts";
import { runQueueFeed } from "./queue-feed.ts";
import { createRules, type Rules } from "./rules.ts";
import { runStreamFeed } from "./stream-feed.ts";

/** A deployed stack at work. */
export interface Host {
  readonly rules: Rules;
  /** @param name as in `DeployedStack.functions`. @throws Error where there is none. */
  function(name: string): RunningFunction;
  /** What the functions printed, line by line. */
  lines(): readonly string[];
  /** The invocations that did not end well. */
  failed(): readonly Invoked[];
  /** The queue of what the stream gave up. */
  failureQueueUrl(): string;
  /** Waits until no message is in the stores' queues, being worked or waiting. */
  settled(): Promise<void>;
  /** Whatever the host itself could not do. */
  readonly troubles: readonly string[];
  stop(): Promise<void>;
}

function isQueue({ source }: DeployedMapping): boolean {
  return source.startsWith("arn:aws:sqs:");
}

/** Runs every function of a stack, and does between them what AWS would: streams, queues and the clock. */
export function startHost(stack: DeployedStack): Host {
  const functions = Object.entries(stack.functions).map(([name, deployed]) => [name, runFunction(deployed)] as const);
  const running = functions.map(([, each]) => each);
  const sqs = createSqsClient({ region: stack.region });
  const rules = createRules(stack, running);
  const troubles: string[] = [];
  let stopped = false;
  const isStopped = () => stopped;
  const watched = (what: string, work: Promise<void>) =>
    work.catch((error: unknown) => {
      if (!stopped) troubles.push(`${what}: ${String(error)}`);
    });

  const feeds = stack.mappings.map((mapping) => {
    const target = running.find(({ deployed }) => deployed.name === mapping.functionName);
    if (target === undefined)
      throw new Error(`a mapping of ${mapping.source} calls ${mapping.functionName}, which is none of the functions`);
    const common = { mapping, target, sqs, isStopped };
    return watched(
      mapping.source,
      isQueue(mapping) ? runQueueFeed({ ...common, queueUrl: queueUrlOf(mapping.source) }) : runStreamFeed(common),
    );
  });
  const minutes = watched("the minute", rules.runMinutes(isStopped));

  return {
    rules,
    function: (name) => {
      const found = functions.find(([each]) => each === name)?.[1];
      if (found === undefined) throw new Error(`no function of the stack is called ${name}`);
      return found;
    },
    lines: () => running.flatMap(({ lines }) => lines),
    troubles,
    failed: () => running.flatMap(({ invocations }) => invocations).filter(({ ended }) => ended.kind === "failed"),
    failureQueueUrl: () => queueUrlOf(stack.mappings.find(({ failures }) => failures !== undefined)?.failures ?? ""),
    settled: async () => {
      const AttributeNames = ["ApproximateNumberOfMessages" as const, "ApproximateNumberOfMessagesNotVisible" as const];
      const leftIn = async (QueueUrl: string) => {
        const { Attributes = {} } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }));
        return Object.values(Attributes).reduce((sum, count) => sum + Number(count), 0);
      };
      for (let left = 1; left > 0; await delay(200)) {
        const each = await Promise.all(stack.mappings.filter(isQueue).map(({ source }) => leftIn(queueUrlOf(source))));
        left = each.reduce((sum, count) => sum + count, 0);
      }
    },
    stop: async () => {
      stopped = true;
      for (const each of running) each.stop();
      await Promise.all([...feeds, minutes]);
      sqs.destroy();
    },
  };
}
