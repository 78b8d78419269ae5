import { createSimulatedEcwid } from "../../../infra/local/simulated-store/simulated-ecwid.ts";
import { createMemoryCampaignTable } from "../../../lib/adapters/memory/campaign-table.ts";
import { createMemoryHistory } from "../../../lib/adapters/memory/history.ts";
import type { History } from "../../../lib/application/ports/history.ts";
import { type Instant, instant, parseInstant, plus } from "../../../lib/domain/instant.ts";
import { createWatchers } from "../invariants/watchers.ts";
import { BEGINNING, type Plan } from "../plan/plan.ts";
import { createApplication } from "./application.ts";
import { createEcwidWatch } from "./ecwid-watch.ts";
import { type Happening, isChange, type Violation } from "./journal.ts";
import { createObservedState } from "./observed-state.ts";
import { schedulePeople, tokenText } from "./people.ts";
import type { Process } from "./process.ts";
import { createRandom } from "./random.ts";
import { createScheduler } from "./scheduler.ts";
import { createTroubles } from "./troubles.ts";

/** How a run ended. */
export interface Outcome {
  readonly violations: readonly Violation[];
  readonly counts: ReadonlyMap<string, number>;
  /** What happened, a line each; empty unless asked for. */
  readonly trace: readonly string[];
  /** Equal for two runs that went alike: every call and every change has gone into it. */
  readonly digest: number;
  /** The gates that each reconcile passed, in the order in which they began. */
  readonly gatesPassed: readonly number[];
}

export interface SimulateOptions {
  readonly isTraced?: boolean;
}

const GROUPS = [1, 2, 3, 4, 5, 6];

/**
 * Runs a plan: the application over in-memory adapters, virtual time, a seeded scheduler, and everything the plan says goes wrong.
 *
 * @returns the first law that was broken, if one was, and what happened.
 */
export async function simulate(plan: Plan, { isTraced = false }: SimulateOptions = {}): Promise<Outcome> {
  const beginning = parseInstant(BEGINNING);
  const random = createRandom(plan.schedule);
  const scheduler = createScheduler(beginning, random);
  const troubles = createTroubles(plan, beginning, scheduler);
  const storeIndexOf = (storeId: string | undefined) => {
    const index = plan.stores.findIndex((store) => store.storeId === storeId);
    return index < 0 ? undefined : index;
  };
  const log = createLog(isTraced, scheduler.now);
  const trace = (process: Process, text: string) => log.line(`${process.role} ${process.id} ${process.storeId ?? ""} ${text}`);

  // The simulated Ecwid asks its clock for the time only; latency is the wire's.
  const ecwid = createSimulatedEcwid({
    clock: { now: scheduler.now, sleepUntil: async () => undefined },
    settings: { triggersMode: plan.triggersMode, unknownGroups: plan.unknownGroups },
  });
  for (const { storeId, timeZone, coupons, promotions } of plan.stores) {
    ecwid.addStore({
      storeId,
      timeZone,
      tokens: [tokenText(storeId, 1)],
      coupons: coupons.map(({ id, limit }) => ({ id, code: `CODE${id}`, applicationLimit: limit })),
      promotions: promotions.map(({ id, groups, subtotal }) => ({ id, triggers: { subtotal, all: true, customerGroups: groups } })),
      groups: GROUPS.map((id) => ({ id, name: `Group ${id}` })),
    });
  }
  const state = createObservedState(scheduler.now, () => {
    const isStale = troubles.inForce("stale-index", undefined) !== undefined;
    if (isStale) troubles.count("index stale");
    return isStale;
  });
  const campaigns = createMemoryCampaignTable();
  const memory = createMemoryHistory();
  const violations: Violation[] = [];
  const happenings: Happening[] = [];
  const processes: Process[] = [];

  const watchers = createWatchers({
    plan,
    beginning,
    state,
    campaigns,
    history: memory,
    ecwid,
    troubles,
    happenings,
    report: (violation) => {
      violations.push(violation);
      log.line(`VIOLATION ${JSON.stringify(violation)}`);
      scheduler.stop();
    },
    now: scheduler.now,
  });
  const note = (happening: Happening) => {
    happenings.push(happening);
    if ((happening.kind === "wrote" || happening.kind === "edited") && isChange(happening)) {
      log.line(
        `${happening.kind} ${happening.storeId} ${happening.target} ${JSON.stringify(happening.before)} -> ${JSON.stringify(happening.after)}`,
      );
    }
    if (happening.kind === "told") log.line(`told ${JSON.stringify(happening.event)}`);
    watchers.see(happening);
  };
  const history: History = {
    ...memory,
    async record(entry) {
      await memory.record(entry);
      note({ kind: "recorded", at: scheduler.now(), entry });
    },
  };
  const watch = createEcwidWatch(ecwid, scheduler.now, note);
  const application = createApplication({
    plan,
    beginning,
    scheduler,
    random,
    troubles,
    storeIndexOf,
    ecwid,
    watch,
    state,
    campaigns,
    history,
    note,
    trace,
    began: (process) => processes.push(process),
  });
  schedulePeople({
    plan,
    beginning,
    ecwid,
    watch,
    campaigns,
    state,
    secrets: application.secrets,
    scheduler,
    troubles,
    changed: application.changed,
    stopped: watchers.stopped,
    trace: log.line,
  });
  application.start();

  const end: Instant = plus(beginning, plan.endMs);
  if (await scheduler.runTo(instant(end))) {
    await watchers.atRest(application);
  }
  return {
    violations,
    counts: troubles.counts(),
    trace: log.lines,
    digest: log.digest(),
    gatesPassed: processes.filter(({ role }) => role === "reconcile").map(({ gates }) => gates),
  };
}

/** Keeps what happened, as text if asked, and always as one number (FNV-1a). */
function createLog(isTraced: boolean, now: () => Instant) {
  const lines: string[] = [];
  let hash = 0x811c9dc5;
  return {
    lines,
    line(text: string) {
      for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
      hash = Math.imul(hash ^ now(), 0x01000193);
      if (isTraced) lines.push(`${new Date(now()).toISOString().slice(5, 23)} ${text}`);
    },
    digest: () => hash >>> 0,
  };
}
