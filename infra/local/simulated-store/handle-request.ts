import type { Chance, Clock } from "../../../lib/application/ports/clock.ts";
import { type Instant, plus } from "../../../lib/domain/instant.ts";
import { answerCall } from "./answer-call.ts";
import { answerWithFault } from "./answer-with-fault.ts";
import { ecwidDate } from "./ecwid-date.ts";
import type { Fault } from "./fault.ts";
import type { FaultTable } from "./fault-table.ts";
import { createGuard } from "./guard.ts";
import { refusal, type SimulatedReply } from "./reply.ts";
import type { LoggedRequest, RequestLog } from "./request-log.ts";
import type { SimulatedSettings } from "./settings.ts";
import { bearerToken, readCall, type SimulatedCall, type SimulatedRequest } from "./simulated-call.ts";
import type { StoreState } from "./store-state.ts";
import type { Stores } from "./stores.ts";

export interface HandlerDependencies {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly settings: SimulatedSettings;
  readonly stores: Stores;
  readonly faults: FaultTable;
  readonly log: RequestLog;
}

/** @returns undefined where the connection ends without a reply. */
export type HandleRequest = (request: SimulatedRequest) => Promise<SimulatedReply | undefined>;

function createAnswer({ clock, settings, stores }: HandlerDependencies) {
  const guard = createGuard(settings);
  return (request: SimulatedRequest, call: SimulatedCall, stale: boolean): SimulatedReply => {
    const at = clock.now();
    const store = stores.find(call.storeId);
    const verdict = guard({ token: bearerToken(request), address: request.address, at }, store?.current);
    if ("refused" in verdict) return verdict.refused;
    if (store === undefined) throw new TypeError(`the guard let a call through to store ${call.storeId}, which does not exist`);
    const seen = stale ? store.before : store.current;
    const context = { call, seen, current: store.current, settings, date: ecwidDate(at), commit: stores.put };
    return answerCall(context, verdict.passed.scopes, request.contentType);
  };
}

/** @returns a function that takes the tokens of the request and of its store out of a text. */
function createScrubber(request: SimulatedRequest, store: StoreState | undefined): (text: string) => string {
  const secrets = [bearerToken(request) ?? "", ...(store?.tokens ?? []).map(({ token }) => token)].filter((secret) => secret !== "");
  return (text) => secrets.reduce((clean, secret) => clean.replaceAll(secret, "[token]"), text);
}

function createLogLine(stores: Stores) {
  return (request: SimulatedRequest, number: number, at: Instant, fault: Fault | undefined, status: number | undefined): LoggedRequest => {
    const { pathname, search } = new URL(request.url, "http://simulated");
    const storeId = /^\/api\/v3\/(\d+)(?:\/|$)/.exec(pathname)?.[1];
    const scrub = createScrubber(request, stores.find(storeId ?? "")?.current);
    return {
      number,
      at,
      method: request.method,
      path: scrub(pathname),
      query: scrub(search),
      body: request.body === undefined ? undefined : scrub(request.body),
      storeId,
      address: request.address,
      outcome: status ?? "dropped",
      fault: fault?.kind,
    };
  };
}

/** @returns the one entrance of the simulated Ecwid: number, fault, latency, answer, log, in this order. */
export function createRequestHandler(dependencies: HandlerDependencies): HandleRequest {
  const { clock, chance, settings, stores, faults, log } = dependencies;
  const answer = createAnswer(dependencies);
  const logLine = createLogLine(stores);
  const wait = (milliseconds: number) => clock.sleepUntil(plus(clock.now(), milliseconds));
  let lastNumber = 0;

  return async (request) => {
    lastNumber += 1;
    const number = lastNumber;
    const at = clock.now();
    const call = readCall(request, number, at);
    const fault = faults.faultFor(call);
    const latencyMs = settings.latencyMs.from + (settings.latencyMs.to - settings.latencyMs.from) * chance();
    if (latencyMs > 0) await wait(latencyMs);

    const noSuchPath = () => refusal(404, "WRONG_URL", "There is no such address");
    const answered = await answerWithFault(fault, (stale) => (call === undefined ? noSuchPath() : answer(request, call, stale)), wait);
    log.add(logLine(request, number, at, fault, answered?.status));
    return answered;
  };
}
