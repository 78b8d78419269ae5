import type { Fault as EcwidFault } from "../../../infra/local/simulated-store/fault.ts";
import type { SimulatedReply } from "../../../infra/local/simulated-store/reply.ts";
import type { SimulatedEcwid } from "../../../infra/local/simulated-store/simulated-ecwid.ts";
import type { Fetch, FetchInit, FetchReply } from "../../../lib/adapters/ecwid/fetch.ts";
import { type Instant, plus, SECOND } from "../../../lib/domain/instant.ts";
import type { HttpTrouble } from "../plan/plan.ts";
import type { EcwidWatch } from "./ecwid-watch.ts";
import type { Machine } from "./machine.ts";
import { never, type Process } from "./process.ts";
import type { Random } from "./random.ts";
import type { Scheduler } from "./scheduler.ts";
import type { Troubles } from "./troubles.ts";

/** The gateway's own deadline for a call. */
const DEADLINE_MS = 10 * SECOND;
/** What a dying process had already sent arrives this much later at most. */
const LATEST_LATE_MS = 9_000;
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

/** One request on its way. */
interface Call {
  readonly process: Process;
  readonly storeId: string;
  readonly token: string;
  readonly name: string;
  readonly url: string;
  readonly init: FetchInit;
  readonly sentAt: Instant;
  readonly expire: () => void;
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
      const leak = trouble.leaks
        ? { body: JSON.stringify({ errorMessage: `token ${token} is not welcome`, errorCode: "INTERNAL_ERROR" }) }
        : {};
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
    troubles.take(
      "death",
      (fault) => fault.role === process.role && (fault.store === undefined || fault.store === dependencies.storeIndexOf(process.storeId)),
    );

  /** Lets the request reach Ecwid, and notes what it did there. */
  async function reach({ process, storeId, token, name, url, init }: Call, fault: EcwidFault | undefined, isHeard: boolean) {
    const { pathname, search } = new URL(url);
    const { authorization, "content-type": contentType } = init.headers;
    const request = { method: init.method, url: `${pathname}${search}`, authorization, contentType, body: init.body, address: "doorman" };
    ecwid.setFaults(() => fault);
    const finish = watch.request(process, storeId, init.method, pathname, init.body);
    const answered = await ecwid.handle(request);
    const isWhole = fault?.kind !== "malformed" && fault?.kind !== "drop";
    const status = isHeard && isWhole ? answered?.status : undefined;
    const wasMade = fault?.kind === "status" || fault?.kind === "drop" ? fault.when === "after" : true;
    finish({ status, isStale: fault?.kind === "stale", wasMade });
    const isTokenRefusal = wasMade && answered?.status === 403 && answered.body.includes("INVALID_API_TOKEN");
    const told = { storeId, token, what: name, status: answered?.status, isHeard, isTokenRefusal };
    watch.noteRequest({ kind: "request", at: scheduler.now(), process, ...told });
    return answered;
  }
  async function giveUp({ process, sentAt, expire }: Call): Promise<never> {
    await scheduler.pause(Math.max(0, plus(sentAt, DEADLINE_MS) - scheduler.now()));
    if (process.isDead) return never();
    expire();
    throw new WireError("The operation was aborted.", "aborted");
  }
  async function die(call: Call, when: "before" | "after" | "late"): Promise<never> {
    const { process, name } = call;
    troubles.count(`death ${when} a request (${process.role})`);
    trace(process, `dies ${when} ${name}`);
    kill(process);
    if (when === "after") await reach(call, undefined, false);
    // Whatever is still on the wire arrives before the message can come back to another worker.
    if (when === "late") scheduler.at(plus(scheduler.now(), random.whole(1, LATEST_LATE_MS)), () => void reach(call, undefined, false));
    return never();
  }
  async function converse(call: Call, trouble: HttpTrouble | undefined): Promise<FetchReply> {
    const { process, storeId, token, name, url, init, sentAt } = call;
    if (trouble?.how === "time-out") {
      if (trouble.when === "after") await reach(call, undefined, false);
      return giveUp(call);
    }
    const fault = trouble === undefined ? staleness(storeId, init.method) : ecwidFaultOf(trouble, token);
    const isInTime = scheduler.now() - sentAt <= DEADLINE_MS;
    const answered = await reach(call, fault, isInTime);
    const brief = watch.brief(storeId, new URL(url).pathname);
    trace(process, `  ${name}: ${answered?.status ?? "dropped"}${fault?.kind === "stale" ? " stale" : ""} ${brief}`);
    if (!isInTime) return giveUp(call);
    await scheduler.pause(random.whole(5, 80));
    return process.isDead ? never() : replyOf(answered, url);
  }
  function countTrouble(trouble: HttpTrouble | undefined): void {
    if (trouble === undefined) return;
    const status = "status" in trouble ? ` ${trouble.status}` : "";
    troubles.count(`http ${trouble.how}${status}${"when" in trouble ? ` ${trouble.when}` : ""}`);
  }
  async function send(machine: Machine, url: string, init: FetchInit, expire: () => void): Promise<FetchReply> {
    const { process } = machine;
    if (process.isDead) return never();
    process.gates += 1;
    const storeId = /\/api\/v3\/(\d+)\//.exec(url)?.[1] ?? "";
    const token = init.headers["authorization"]?.slice("Bearer ".length) ?? "";
    const name = `${init.method} ${url.replace(/^.*\/api\/v3/, "").replace(/\?.*$/, "")}`;
    const call: Call = { process, storeId, token, name, url, init, expire, sentAt: scheduler.now() };
    const trouble = troubleFor(storeId);
    const death = deathOf(process);
    countTrouble(trouble);
    await scheduler.pause(random.whole(5, 80) + (trouble?.how === "slow" ? trouble.forMs : 0));
    if (process.isDead) return never();
    trace(process, `${name} ${init.body ?? ""}${trouble === undefined ? "" : ` !${JSON.stringify(trouble)}`}`);
    return death === undefined ? converse(call, trouble) : die(call, death.when);
  }

  return (machine, deadlines) => (url, init) => send(machine, url, init, () => deadlines.expire(init.signal));
}
