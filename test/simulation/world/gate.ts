import { plus } from "../../../lib/domain/instant.ts";
import type { Fault } from "../plan/plan.ts";
import type { Machine } from "./machine.ts";
import { never, type Process } from "./process.ts";
import type { Random } from "./random.ts";
import type { Scheduler } from "./scheduler.ts";
import type { Troubles } from "./troubles.ts";

/** One of our own services did not answer. The only error that a run throws on purpose. */
export class ServiceFailure extends Error {}

/** A call to something outside the process. */
export interface GatedCall<Answer> {
  readonly name: string;
  /** Whether it goes to a table, which may fail in ways of its own. */
  readonly isTable: boolean;
  /** The store that it concerns, where the process works on all of them. */
  readonly storeId?: string | undefined;
  readonly effect: () => Promise<Answer>;
  /** What somebody else may do just before, so that a conditional write loses. */
  readonly disturb?: (() => Promise<unknown>) | undefined;
}

/** Every call that leaves a process passes here: others may run first, the process may die, and the service may fail. */
export type Gate = <Answer>(machine: Machine, call: GatedCall<Answer>) => Promise<Answer>;

type TableFault = Extract<Fault, { readonly kind: "table" }>;

interface GateDependencies {
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly troubles: Troubles;
  readonly slowCalls: number;
  readonly storeIndexOf: (storeId: string | undefined) => number | undefined;
  readonly kill: (process: Process) => void;
  readonly trace: (process: Process, text: string) => void;
}

/** An effect that a dying process had already sent comes to rest before anybody takes its place. */
const LATEST_LATE_MS = 9_000;

export function createGate(dependencies: GateDependencies): Gate {
  const { scheduler, random, troubles, slowCalls, kill, trace } = dependencies;
  const delay = () => {
    if (!random.chance(slowCalls)) return 0;
    return random.chance(0.03) ? random.whole(100, 2_000) : random.whole(1, 40);
  };

  async function die<Answer>(process: Process, when: "before" | "after" | "late", { name, effect }: GatedCall<Answer>): Promise<never> {
    troubles.count(`death ${when} an effect (${process.role})`);
    trace(process, `dies ${when} ${name}`);
    if (when === "after") await effect().catch(() => undefined);
    if (when === "late") scheduler.at(plus(scheduler.now(), random.whole(1, LATEST_LATE_MS)), () => void effect().catch(() => undefined));
    kill(process);
    return never();
  }
  async function fail<Answer>(process: Process, how: TableFault["how"], call: GatedCall<Answer>): Promise<Answer> {
    const { name, effect, disturb } = call;
    troubles.count(`table ${how} (${process.role})`);
    trace(process, `${how} at ${name}`);
    if (how === "race") await disturb?.();
    if (how === "throttled") throw new ServiceFailure(`${name} was throttled`);
    const answer = await effect();
    // The service's own client sent the condition again after it had been met: what it then reports is a lost race.
    if (how === "told-lost" && answer === true) return false as typeof answer;
    if (how === "reply-lost") throw new ServiceFailure(`the reply to ${name} was lost`);
    return answer;
  }

  return async (machine, call) => {
    const { process } = machine;
    if (process.isDead) return never();
    process.gates += 1;
    const store = dependencies.storeIndexOf(process.storeId ?? call.storeId);
    const fits = (fault: { readonly role: Process["role"]; readonly store?: number }) =>
      fault.role === process.role && (fault.store === undefined || fault.store === store);
    const death = troubles.take("death", fits);
    const mayFail = (each: TableFault) => fits(each) && (each.how !== "race" || call.disturb !== undefined);
    const fault = call.isTable ? troubles.take("table", mayFail) : undefined;
    const waitMs = delay();
    if (waitMs > 0 || scheduler.isContended()) await scheduler.pause(waitMs);
    if (process.isDead) return never();
    trace(process, call.name);
    if (death !== undefined) return die(process, death.when, call);
    return fault === undefined ? call.effect() : fail(process, fault.how, call);
  };
}
