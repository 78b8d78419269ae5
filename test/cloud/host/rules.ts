import { randomUUID } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import type { DeployedRule, DeployedStack } from "../deploy-stack.ts";
import type { RunningFunction } from "../lambda/deployed-function.ts";
import type { Ended } from "../lambda/runtime-api.ts";

const MINUTE_MS = 60_000;
const EVERY_MINUTE = "cron(* * * * ? *)";

/** What an event carries besides its envelope. */
export interface EventContent {
  readonly source: string;
  readonly detailType: string;
  readonly detail: object;
  readonly resources?: readonly string[];
}

export interface Rules {
  /** Calls the targets of a rule by the clock, such as `EveryHour`, with the event of its schedule. @returns how each ended. */
  fire(rule: string): Promise<readonly Ended[]>;
  /** Calls the targets of every rule whose pattern the event matches. @returns how each ended. */
  publish(content: EventContent): Promise<readonly Ended[]>;
  /** Calls what is to be called every minute, at its beginning, until it is stopped. A tick that fails is not tried again. */
  runMinutes(isStopped: () => boolean): Promise<void>;
}

/** As far as the stack's patterns go: each names a field and lists the values that it may have (docs: "Creating event patterns"). */
function matches(pattern: unknown, value: unknown): boolean {
  if (Array.isArray(pattern)) return pattern.includes(value);
  if (typeof pattern !== "object" || pattern === null || typeof value !== "object" || value === null) return false;
  const fields = new Map<string, unknown>(Object.entries(value));
  return Object.entries(pattern).every(([name, inner]) => matches(inner, fields.get(name)));
}

/** @returns what EventBridge does with the rules of a stack. */
export function createRules({ rules, region, account }: DeployedStack, functions: readonly RunningFunction[]): Rules {
  function eventOf({ source, detailType, detail, resources = [] }: EventContent) {
    const time = `${new Date().toISOString().slice(0, 19)}Z`;
    return { version: "0", id: randomUUID(), "detail-type": detailType, source, account, time, region, resources, detail };
  }

  function call(rule: DeployedRule, content: EventContent): Promise<readonly Ended[]> {
    const calls = rule.targets.map(async ({ arn, input }) => {
      const target = functions.find(({ deployed }) => deployed.arn === arn);
      if (target === undefined) throw new Error(`the rule ${rule.logicalId} calls ${arn}, which is none of the functions`);
      return target.invoke(input === undefined ? eventOf(content) : JSON.parse(input));
    });
    return Promise.all(calls);
  }

  function tick(rule: DeployedRule): Promise<readonly Ended[]> {
    return call(rule, { source: "aws.events", detailType: "Scheduled Event", detail: {}, resources: [rule.arn] });
  }

  return {
    fire: async (name) => {
      const rule = rules.find(({ logicalId, schedule }) => logicalId.includes(name) && schedule !== undefined);
      if (rule === undefined) throw new Error(`no rule by the clock is called ${name}`);
      return tick(rule);
    },
    publish: async (content) => {
      const event = eventOf(content);
      const matching = rules.filter(({ pattern }) => pattern !== undefined && matches(JSON.parse(pattern), event));
      return (await Promise.all(matching.map((rule) => call(rule, content)))).flat();
    },
    runMinutes: async (isStopped) => {
      const ticks: Promise<unknown>[] = [];
      let minute = Math.floor(Date.now() / MINUTE_MS);
      while (!isStopped()) {
        await delay(200);
        const now = Math.floor(Date.now() / MINUTE_MS);
        if (now === minute) continue;
        minute = now;
        ticks.push(...rules.filter(({ schedule }) => schedule === EVERY_MINUTE).map(tick));
      }
      await Promise.all(ticks);
    },
  };
}
