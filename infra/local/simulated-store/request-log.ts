import type { Instant } from "../../../lib/domain/instant.ts";
import type { Fault } from "./fault.ts";

/** One request and how it ended. Never holds a token. */
export interface LoggedRequest {
  readonly number: number;
  readonly at: Instant;
  readonly method: string;
  /** Path without query, as in `/api/v3/1003/promotions/608502`. */
  readonly path: string;
  readonly query: string;
  readonly body: string | undefined;
  readonly storeId: string | undefined;
  readonly address: string;
  /** `dropped`: the connection ended without a reply. */
  readonly outcome: number | "dropped";
  readonly fault: Fault["kind"] | undefined;
}

export interface RequestCounts {
  readonly all: number;
  readonly reads: number;
  readonly writes: number;
  /** By outcome: a status, or `dropped`. */
  readonly byOutcome: Readonly<Record<string, number>>;
}

export interface RequestLog {
  add(request: LoggedRequest): void;
  /** Oldest first; of one store, or of all. The oldest go once there are 20,000. */
  requests(storeId?: string): readonly LoggedRequest[];
  /** Counts of everything since the start or the last `clear`, whether still listed or not. */
  counts(): RequestCounts;
  clear(): void;
}

const MOST_KEPT = 20_000;

/** @returns an empty log. */
export function createRequestLog(): RequestLog {
  let kept: LoggedRequest[] = [];
  let reads = 0;
  let writes = 0;
  let byOutcome: Record<string, number> = {};

  return {
    add(request) {
      kept.push(request);
      if (kept.length > MOST_KEPT) kept = kept.slice(MOST_KEPT / 10);
      if (request.method === "GET") reads += 1;
      else writes += 1;
      byOutcome[request.outcome] = (byOutcome[request.outcome] ?? 0) + 1;
    },
    requests: (storeId) => (storeId === undefined ? [...kept] : kept.filter((request) => request.storeId === storeId)),
    counts: () => ({ all: reads + writes, reads, writes, byOutcome: { ...byOutcome } }),
    clear() {
      kept = [];
      reads = 0;
      writes = 0;
      byOutcome = {};
    },
  };
}
