import type { SimulatedReply } from "../../../infra/local/simulated-store/reply.ts";
import type { SimulatedEcwid } from "../../../infra/local/simulated-store/simulated-ecwid.ts";
import type { Fault as EcwidFault } from "../../../infra/local/simulated-store/fault.ts";
import type { Fetch, FetchInit, FetchReply } from "../../../lib/adapters/ecwid/fetch.ts";
import { plus, SECOND } from "../../../lib/domain/instant.ts";
import type { HttpTrouble } from "../plan/plan.ts";
import type { EcwidWatch } from "./ecwid-watch.ts";
import type { Machine } from "./machine.ts";
import { never, type Process } from "./process.ts";
import type { Random } from "./random.ts";
import type { Scheduler } from "./scheduler.ts";
import type { Troubles } from "./troubles.ts";

/** The gateway's own deadline for a call. */
const DEADLINE_MS = 10 * SECOND;
/** How long after a change a stale read may still show the store as it was. */
const LONGEST_LAG_MS = 15 * SECOND;

/** A failed call as node-fetch throws it. */
class WireError extends Error {
  readonly type: string;
  readonly code: string | undefined;

  constructor(message: string, type: string, code?: string) {
    super(message);
    this.type = type;
    this.code = code;
  }
}

interface WireDependencies {
  readonly ecwid: SimulatedEcwid;
  readonly watch: EcwidWatch;
  readonly scheduler: Scheduler;
  readonly random: Random;
  readonly troubles: Troubles;
  readonly storeIndexOf: (storeId: string | undefined) => number | undefined;
  readonly kill: (process: Process) => void;
  readonly trace: (process: Process, text: string) => void;
}

/** Signals that the wire itself ends, since virtual time knows no timers. */
export interface Deadlines {
  readonly abortAfter: () => AbortSignal;
  readonly expire: (signal: AbortSignal) => void;
}

export function createDeadlines(): Deadlines {
  const controllers = new WeakMap<AbortSignal, AbortController>();
  return {
    abortAfter: () => {
      const controller = new AbortController();
      controllers.set(controller.signal, controller);
      return controller.signal;
    },
    expire: (signal) => controllers.get(signal)?.abort(),
  };
}

function ecwidFaultOf(trouble: HttpTrouble, token: string): EcwidFault | undefined {
  switch (trouble.how) {
    case "status": {
      const leak = trouble.leaks ? { body: JSON.stringify({ errorMessage: `token ${token} is not welcome`, errorCode: "INTERNAL_ERROR" }) } : {};
      const wait = trouble.retryAfterS === undefined ? {} : { retryAfter: String(trouble.retryAfterS) };
      return { kind: "status", status: trouble.status, when: trouble.when, ...wait, ...leak };
    }
    case "drop":
      return { kind: "drop", when: trouble.when };
    case "malformed":
      return { kind: "malformed" };
    case "time-out":
    case "slow":
      return undefined;
  }
}

function replyOf(answered: SimulatedReply | undefined, url: string): FetchReply {
  if (answered === undefined) throw new WireError(`request to ${url} failed, reason: socket hang up`, "system", "ECONNRESET");
  const { status, headers, body } = answered;
  return { status, headers: { get: (name) => headers[name.toLowerCase()] ?? null }, text: async () => body };
}

/** @returns the way from a machine to the simulated Ecwid: slow, lossy, and deadly for the process at any moment. */
export function createWire(dependencies: WireDependencies): (machine: Machine, deadlines: Deadlines) => Fetch {
  const { ecwid, watch, scheduler, random, troubles, kill, trace } = dependencies;

  const troubleFor = (storeId: string): HttpTrouble | undefined => {
    const store = dependencies.storeIndexOf(storeId);
    const single = troubles.take("http", (fault) => fault.store === undefined || fault.store === store)?.trouble;
    return single ?? troubles.inForce("outage", storeId)?.trouble;
  };
  const staleness = (storeId: string, method: string): EcwidFault | undefined => {
    if (method !== "GET" || troubles.inForce("stale-reads", storeId) === undefined) return undefined;
    if (scheduler.now() - watch.changedAt(storeId) > LONGEST_LAG_MS || random.chance(0.4)) return undefined;
    troubles.count("http stale read");
    return { kind: "stale" };
  };
  const deathOf = (process: Process) =>
    troubles.take("death", (fault) => fault.role === process.role && (fault.store === undefined || fault.store === dependencies.storeIndexOf(process.storeId)));

  async function call(machine: Machine, url: string, init: FetchInit, expire: () => void): Promise<FetchReply> {
    const { process } = machine;
    if (process.isDead) return never();
    process.gates += 1;
    const storeId = /\/api\/v3\/(\d+)\//.exec(url)?.[1] ?? "";
    const token = init.headers["authorization"]?.slice("Bearer ".length) ?? "";
    const trouble = troubleFor(storeId);
    const death = deathOf(process);
    const name = `${init.method} ${url.replace(/^.*\/api\/v3/, "").replace(/\?.*$/, "")}`;
    const sentAt = scheduler.now();
    if (trouble !== undefined) {
      troubles.count(`http ${trouble.how}${"status" in trouble ? ` ${trouble.status}` : ""}${"when" in trouble ? ` ${trouble.when}` : ""}`);
    }

    const answer = async (fault: EcwidFault | undefined, isHeard: boolean) => {
      const { pathname, search } = new URL(url);
      const { authorization, "content-type": contentType } = init.headers;
      const request = { method: init.method, url: `${pathname}${search}`, authorization, contentType, body: init.body, address: "doorman" };
      ecwid.setFaults(() => fault);
      const finish = watch.request(process, storeId, init.method, pathname, init.body);
      const answered = await ecwid.handle(request);
      const isWhole = fault?.kind !== "malformed" && fault?.kind !== "drop";
      const status = isHeard && isWhole ? answered?.status : undefined;
      const wasMade = fault?.kind !== "status" && fault?.kind !== "drop" ? true : fault.when === "after";
      finish({ status, isStale: fault?.kind === "stale", wasMade });
      const isTokenRefusal = wasMade && answered?.status === 403 && answered.body.includes("INVALID_API_TOKEN");
      const { status: answeredStatus } = answered ?? {};
      watch.noteRequest({ kind: "request", at: scheduler.now(), process, storeId, token, what: name, status: answeredStatus, isHeard, isTokenRefusal });
      return answered;
    };
    const giveUp = async (): Promise<never> => {
      await scheduler.pause(Math.max(0, plus(sentAt, DEADLINE_MS) - scheduler.now()));
      if (process.isDead) return never();
      expire();
      throw new WireError("The operation was aborted.", "aborted");
    };

    await scheduler.pause(random.whole(5, 80) + (trouble?.how === "slow" ? trouble.forMs : 0));
    if (process.isDead) return never();
    trace(process, `${name} ${init.body ?? ""}${trouble === undefined ? "" : ` !${JSON.stringify(trouble)}`}`);
    if (death !== undefined) {
      troubles.count(`death ${death.when} a request (${process.role})`);
      trace(process, `dies ${death.when} ${name}`);
      kill(process);
      if (death.when === "after") await answer(undefined, false);
      // Whatever is still on the wire arrives before the message can come back to another worker.
      if (death.when === "late") scheduler.at(plus(scheduler.now(), random.whole(1, 9_000)), () => void answer(undefined, false));
      return never();
    }
    if (trouble?.how === "time-out") {
      if (trouble.when === "after") await answer(undefined, false);
      return giveUp();
    }
    const fault = trouble === undefined ? staleness(storeId, init.method) : ecwidFaultOf(trouble, token);
    const answered = await answer(fault, true);
    trace(process, `  ${answered?.status ?? "dropped"}${fault?.kind === "stale" ? " stale" : ""} ${watch.brief(storeId, pathnameOf(url))}`);
    if (scheduler.now() - sentAt > DEADLINE_MS) return giveUp();
    await scheduler.pause(random.whole(5, 80));
    if (process.isDead) return never();
    return replyOf(answered, url);
  }

  return (machine, deadlines) => (url, init) => call(machine, url, init, () => deadlines.expire(init.signal));
}

function pathnameOf(url: string): string {
  return new URL(url).pathname;
}
