import { cpus } from "node:os";
import { gbSecondsOfWork } from "../deployment.ts";
import { type EventKind, SWITCHES } from "../events.ts";
import type { MeasuredUnits } from "../measured.ts";
import { atLeastNothing, less, only, sum, times, type Units } from "../units.ts";
import { withDatabase } from "./database.ts";
import { type Day, type Happening, playDay, playSweeps } from "./day.ts";
import { divertOutput, type Invocation } from "./invocation.ts";

const CAMPAIGNS_A_STORE = 10;
const OTHER_SIZES = [1, 50] as const;
const STORES_SWEPT = 9;
/** The first one warms up. */
const PROCESSOR_RUNS = 4;

function of(day: Day, happening: Happening, ...names: readonly Invocation["name"][]): readonly Invocation[] {
  return day.invocations[happening].filter(({ name }) => names.includes(name));
}

function unitsOf(invocations: readonly Invocation[]): Units {
  return sum(invocations.map(({ units }) => units));
}

function sendsOf(invocations: readonly Invocation[]): Units {
  return only({ queueRequests: invocations.reduce((total, { sends }) => total + sends, 0) });
}

/** The same invocations with the processor time that undisturbed runs took. */
function withProcessorTime(happening: Happening, day: Day, runs: readonly Day[]): readonly Invocation[] {
  return day.invocations[happening].map((invocation, index) => {
    // The least: a machine that others use as well only ever adds.
    const processorMs = Math.min(...runs.map((run) => run.invocations[happening][index]?.processorMs ?? Number.POSITIVE_INFINITY));
    return { ...invocation, processorMs, units: { ...invocation.units, computing: gbSecondsOfWork(processorMs) } };
  });
}

/** What the worker and the stream do for one message, and the message itself. */
function worked(day: Day, happening: Happening): Units {
  return sum([unitsOf(of(day, happening, "reconcile", "compile")), sendsOf(of(day, happening, "dispatch", "sweep"))]);
}

/** What the two ticks of a boundary take beyond idle ones; their messages belong to the stores, and what they compute is theirs anyway. */
function boundaryOf(day: Day): Units {
  const ticks = of(day, "coupon-opens", "dispatch");
  const idle = unitsOf(of(day, "idle-minute", "dispatch"));
  const beyond = less(less(unitsOf(ticks), times(idle, ticks.length)), sendsOf(ticks));
  return { ...beyond, computing: 0 };
}

function eventsOf(day: Day, sweepOfOne: Units, sweepOfAll: Units): Record<EventKind, Units> {
  const aStore = times(less(sweepOfAll, sweepOfOne), 1 / (STORES_SWEPT - 1));
  return {
    "idle-minute": unitsOf(of(day, "idle-minute", "dispatch")),
    boundary: boundaryOf(day),
    "coupon-opens": worked(day, "coupon-opens"),
    "coupon-closes": worked(day, "coupon-closes"),
    "promotion-opens": worked(day, "promotion-opens"),
    "promotion-closes": worked(day, "promotion-closes"),
    "pair-opens": worked(day, "pair-opens"),
    "pair-closes": worked(day, "pair-closes"),
    // The person's own write is billed as well.
    edit: sum([worked(day, "edit"), only({ writes: 1 })]),
    look: worked(day, "look"),
    "look-pair": worked(day, "look-pair"),
    "pre-flight": worked(day, "pre-flight"),
    // Processor times are the least of a few runs each, so that their difference may come out a little below nothing.
    "sweep-anyway": atLeastNothing(less(sweepOfOne, aStore)),
    "sweep-store": aStore,
  };
}

function readsOf(day: Day, campaigns: number): MeasuredUnits["readsByCampaigns"][number] {
  return {
    campaigns,
    idleMinute: unitsOf(of(day, "idle-minute", "dispatch")).reads,
    couponOpens: worked(day, "coupon-opens").reads,
    edit: worked(day, "edit").reads,
    look: worked(day, "look").reads,
    sweep: unitsOf(of(day, "sweep", "sweep")).reads,
  };
}

function processorTimes(day: Day): MeasuredUnits["processorMs"] {
  const times = new Map<string, number>();
  for (const happening of ["idle-minute", "coupon-opens", "pair-opens", "edit", "look", "sweep"] as const) {
    for (const { name, processorMs } of day.invocations[happening]) {
      const key = `${name}, ${happening}`;
      times.set(key, (times.get(key) ?? 0) + processorMs);
    }
  }
  return Object.fromEntries(times);
}

async function play(campaignsAStore: number, isCounting: boolean): Promise<Day> {
  return withDatabase((endpoint) => playDay({ endpoint, stores: 1, campaignsAStore, isCounting }));
}

/** Plays everything, and counts. Takes some minutes. @param today the date to note. @param tell is told how far it is. */
export async function measureUnits(today: string, tell: (text: string) => void): Promise<MeasuredUnits> {
  const end = divertOutput();
  try {
    tell(`three days of a store with ${CAMPAIGNS_A_STORE} campaigns`);
    const counted = await play(CAMPAIGNS_A_STORE, true);
    const runs: Day[] = [];
    for (let run = 1; run <= PROCESSOR_RUNS; run += 1) {
      tell(`the same for processor time, ${run} of ${PROCESSOR_RUNS}`);
      runs.push(await play(CAMPAIGNS_A_STORE, false));
    }
    const kinds = Object.keys(counted.invocations) as Happening[];
    const day: Day = {
      ...counted,
      invocations: Object.fromEntries(kinds.map((kind) => [kind, withProcessorTime(kind, counted, runs.slice(1))])) as Day["invocations"],
    };
    const readsByCampaigns = [readsOf(day, CAMPAIGNS_A_STORE)];
    for (const size of OTHER_SIZES) {
      tell(`three days of a store with ${size} campaigns`);
      readsByCampaigns.push(readsOf(await play(size, true), size));
    }
    tell(`two sweeps over ${STORES_SWEPT} stores`);
    const { sweep } = await withDatabase((endpoint) =>
      playSweeps({ endpoint, stores: STORES_SWEPT, campaignsAStore: CAMPAIGNS_A_STORE, isCounting: true }),
    );
    const sweepOfAll = unitsOf(sweep.filter(({ name }) => name === "sweep"));
    const { campaigns, state, history } = counted.storedBytes;
    return {
      measuredOn: today,
      machine: `${cpus()[0]?.model ?? "unknown processor"}, Node ${process.versions.node}`,
      campaignsAStore: CAMPAIGNS_A_STORE,
      events: eventsOf(day, unitsOf(of(day, "sweep", "sweep")), sweepOfAll),
      readsByCampaigns: readsByCampaigns.toSorted((one, other) => one.campaigns - other.campaigns),
      // The pairs switched two targets each.
      stored: { aCampaign: (campaigns + state) / CAMPAIGNS_A_STORE, aHistoryEntry: history / (SWITCHES.length + 2) },
      processorMs: processorTimes(day),
      metrics: metricsOf([...runs, day]),
    };
  } finally {
    end();
  }
}

function metricsOf(days: readonly Day[]): MeasuredUnits["metrics"] {
  const all = days.flatMap(({ invocations }) => Object.values(invocations).flat());
  const names = [...new Set(all.flatMap(({ metrics }) => metrics))].toSorted();
  return names.map((each) => {
    const [service = "", name = ""] = each.split("/");
    return { service, name };
  });
}
