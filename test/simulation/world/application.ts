import type { SimulatedEcwid } from "../../../infra/local/simulated-store/simulated-ecwid.ts";
import { createEcwidGateway } from "../../../lib/adapters/ecwid/ecwid-gateway.ts";
import { fingerprint } from "../../../lib/adapters/system/fingerprint.ts";
import { compileRecord } from "../../../lib/application/compile/compile-record.ts";
import type { CompileDependencies } from "../../../lib/application/compile/dependencies.ts";
import { recompileStore } from "../../../lib/application/compile/recompile-store.ts";
import { runTick } from "../../../lib/application/dispatch/run-tick.ts";
import type { CampaignTable } from "../../../lib/application/ports/campaign-table.ts";
import type { StoreMessage } from "../../../lib/application/ports/dispatcher.ts";
import type { History } from "../../../lib/application/ports/history.ts";
import type { ReconcileDependencies } from "../../../lib/application/reconcile/dependencies.ts";
import { reconcileMessage } from "../../../lib/application/reconcile/reconcile-message.ts";
import { runSweep } from "../../../lib/application/sweep/run-sweep.ts";
import { storeId as asStoreId, type StoreId } from "../../../lib/domain/identifiers.ts";
import { HOUR, type Instant, MINUTE, plus, SECOND, startOfMinute } from "../../../lib/domain/instant.ts";
import type { Plan } from "../plan/plan.ts";
import { createChangeHost } from "./change-host.ts";
import type { EcwidWatch } from "./ecwid-watch.ts";
import { createGate } from "./gate.ts";
import { gatedCampaigns, gatedDispatcher, gatedHistory, gatedState } from "./gated-ports.ts";
import type { Happening } from "./journal.ts";
import { clockOf, type Machine } from "./machine.ts";
import type { ObservedState } from "./observed-state.ts";
import { tokenText } from "./people.ts";
import type { Process, Role } from "./process.ts";
import { createQueueHost } from "./queue-host.ts";
import type { Random } from "./random.ts";
import type { Scheduler } from "./scheduler.ts";
import { createSecrets, type Secrets } from "./secrets.ts";
import type { Troubles } from "./troubles.ts";
import { createDeadlines, createWire } from "./wire.ts";

/** How long each function may run (infra/constructs); then it is ended where it stands. */
const TIME_OUT_MS: Readonly<Record<Role, number>> = {
  reconcile: 120 * SECOND,
  compile: 60 * SECOND,
  tick: 150 * SECOND,
  sweep: 10 * MINUTE,
};

interface ApplicationDependencies {
  readonly plan: Plan;
  readonly beginning: Instant;
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly troubles: Troubles;
  readonly storeIndexOf: (storeId: string | undefined) => number | undefined;
  readonly ecwid: SimulatedEcwid;
  readonly watch: EcwidWatch;
  readonly state: ObservedState;
  readonly campaigns: CampaignTable;
  readonly history: History;
  readonly note: (happening: Happening) => void;
  readonly trace: (process: Process, text: string) => void;
  readonly began: (process: Process) => void;
}

/** The functions of the application, hosted. */
export interface Application {
  readonly secrets: Secrets;
  /** A record of the campaigns table was changed by a person. */
  readonly changed: (storeId: string, campaignId: string) => void;
  readonly start: () => void;
  readonly deadLetters: () => readonly string[];
}

type Host = Machine & { readonly dependencies: ReconcileDependencies & CompileDependencies };

export function createApplication(given: ApplicationDependencies): Application {
  const { plan, beginning, scheduler, random, troubles, state, storeIndexOf, note, trace } = given;
  const kill = (process: Process) => {
    process.isDead = true;
  };
  const gate = createGate({ scheduler, random, troubles, slowCalls: plan.slowCalls, storeIndexOf, kill, trace });
  const wire = createWire({ ...given, kill });
  const secrets = createSecrets(gate, troubles);
  for (const { storeId } of plan.stores) secrets.put(storeId, tokenText(storeId, 1));
  let lastId = 0;
  const idle = new Map<Role, Host[]>();

  const skewOf = (role: Role) => () => {
    const fault = troubles.inForce("clock", undefined, (each) => each.role === role);
    return fault?.byMs ?? 0;
  };
  const newProcess = (role: Role, storeId: StoreId | undefined): Process => {
    lastId += 1;
    return { id: lastId, role, beganAt: scheduler.now(), storeId, skewMs: skewOf(role), isDead: false, hasFailed: false, gates: 0 };
  };

  function newHost(process: Process): Host {
    const machine: Machine = { id: process.id, process };
    const clock = clockOf(machine, scheduler);
    const deadlines = createDeadlines();
    const compiling: CompileDependencies = {
      clock,
      campaigns: gatedCampaigns(gate, machine, given.campaigns),
      state: gatedState(gate, machine, state, scheduler.now),
      dispatcher: gatedDispatcher(gate, machine, queue, troubles),
      telemetry: { emit: (event) => machine.process.isDead || note({ kind: "told", at: scheduler.now(), event }) },
      fingerprint,
    };
    const dependencies: Host["dependencies"] = {
      ...compiling,
      history: gatedHistory(gate, machine, given.history),
      ecwid: createEcwidGateway({ fetch: wire(machine, deadlines), clock, abortAfter: deadlines.abortAfter }),
      tokens: secrets.sourceFor(machine, clock),
      chance: random.next,
      deployment: undefined,
      recompileStore: (storeId) => recompileStore(compiling, storeId),
    };
    return Object.assign(machine, { dependencies });
  }

  /** @returns whether the work came to its end; never settled if the process dies over it. */
  async function run(
    role: Role,
    storeId: StoreId | undefined,
    work: (host: Host, deadline: Instant) => Promise<unknown>,
  ): Promise<boolean> {
    const process = newProcess(role, storeId);
    given.began(process);
    const host = takeHost(idle, role, process) ?? newHost(process);
    const endsAt = plus(scheduler.now(), TIME_OUT_MS[role]);
    let isOver = false;
    scheduler.at(endsAt, () => {
      if (isOver || process.isDead) return false;
      troubles.count(`time-out of a function (${role})`);
      kill(process);
      return false;
    });
    try {
      await work(host, plus(endsAt, process.skewMs()));
      return true;
    } catch (error) {
      process.hasFailed = true;
      note({ kind: "crashed", at: scheduler.now(), process, error });
      return false;
    } finally {
      isOver = true;
      idle.set(role, [...(idle.get(role) ?? []), host]);
    }
  }

  const queue = createQueueHost({
    scheduler,
    random,
    troubles,
    storeIndexOf,
    work: (message: StoreMessage) => {
      return run("reconcile", message.storeId, (host, deadline) => {
        trace(host.process, `begins ${JSON.stringify(message)}`);
        return reconcileMessage(host.dependencies, message, deadline);
      });
    },
  });
  const changes = createChangeHost({
    scheduler,
    random,
    troubles,
    storeIndexOf,
    compile: (change) =>
      run("compile", asStoreId(change.storeId), (host) => {
        trace(host.process, `begins ${JSON.stringify(change)}`);
        return compileRecord(host.dependencies, change);
      }),
  });

  function tick(): boolean {
    const due = state.earliestDue();
    if (due === undefined || due >= plus(startOfMinute(scheduler.now()), 2 * MINUTE)) return false;
    void run("tick", undefined, (host, deadline) => runTick(host.dependencies, deadline));
    return true;
  }
  function everyMinute(minute: Instant): boolean {
    scheduler.at(plus(minute, MINUTE), () => everyMinute(plus(minute, MINUTE)));
    const trouble = troubles.inForce("ticks", undefined);
    if (trouble !== undefined) troubles.count(`tick ${trouble.how}`);
    if (trouble?.how === "lost") return false;
    const lateMs = trouble?.how === "late" ? random.whole(5_000, 59_000) : random.whole(0, 2_500);
    scheduler.at(plus(minute, lateMs), tick);
    if (trouble?.how === "twice") scheduler.at(plus(minute, random.whole(0, 50_000)), tick);
    return false;
  }
  function everyHour(hour: Instant): boolean {
    scheduler.at(plus(hour, HOUR), () => everyHour(plus(hour, HOUR)));
    if (troubles.inForce("sweeps-lost", undefined) !== undefined) {
      troubles.count("sweep lost");
      return false;
    }
    scheduler.at(plus(hour, random.whole(0, 50_000)), () => {
      void run("sweep", undefined, (host, deadline) => runSweep(host.dependencies, deadline));
      return true;
    });
    return false;
  }

  return {
    secrets,
    changed: changes.changed,
    start: () => {
      for (const fault of plan.faults) {
        if (fault.kind === "clock") {
          scheduler.at(plus(beginning, fault.atMs), () => {
            troubles.count(`clock ${fault.byMs < 0 ? "steps back" : "runs ahead"} (${fault.role})`);
            return false;
          });
        }
        if (fault.kind !== "restart") continue;
        scheduler.at(plus(beginning, fault.atMs), () => {
          troubles.count("restart of every machine");
          idle.clear();
          return false;
        });
      }
      everyMinute(beginning);
      everyHour(plus(beginning, random.whole(0, HOUR)));
    },
    deadLetters: queue.deadLetters,
  };
}

/** @returns a machine that is warm and free, if there is one; the one used last, as on AWS. */
function takeHost(idle: Map<Role, Host[]>, role: Role, process: Process): Host | undefined {
  const host = idle.get(role)?.pop();
  if (host !== undefined) host.process = process;
  return host;
}
