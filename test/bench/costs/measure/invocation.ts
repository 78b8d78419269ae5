import { AsyncLocalStorage } from "node:async_hooks";
import type { FunctionName } from "../deployment.ts";
import { NOTHING, type Unit, type Units } from "../units.ts";

/** One run of a function, and what it took. */
export interface Invocation {
  readonly name: FunctionName;
  readonly units: Units;
  /** The same without the function's own queue messages: they belong to whom they are for. */
  readonly sends: number;
  /** Processor time on this machine. */
  readonly processorMs: number;
  /** Names of metrics that it gave out, with the service they stand under. */
  readonly metrics: readonly string[];
}

/** Where an invocation under way is counted; whatever it calls finds it, also over awaits. */
export interface Counting {
  add(unit: Unit, count: number): void;
  sent(): void;
  wrote(chunk: string): void;
  total(): { readonly units: Units; readonly sends: number; readonly metrics: readonly string[] };
}

/** The invocation that is running, for whoever counts something of it. */
export const underWay = new AsyncLocalStorage<Counting>();

/** Each event of a log counts as so many bytes more (PutLogEvents, Amazon CloudWatch Logs API reference). */
const EVENT_BYTES = 26;

export function createCounting(): Counting {
  const counts: Record<Unit, number> = { ...NOTHING };
  const metrics = new Set<string>();
  let sends = 0;
  return {
    add: (unit, count) => {
      counts[unit] += count;
    },
    sent: () => {
      sends += 1;
      counts.queueRequests += 1;
    },
    wrote: (chunk) => {
      for (const line of chunk.split("\n").filter((each) => each !== "")) {
        counts.logBytes += Buffer.byteLength(line) + EVENT_BYTES;
        for (const name of metricsIn(line)) metrics.add(name);
      }
    },
    total: () => ({ units: { ...counts }, sends, metrics: [...metrics] }),
  };
}

interface EmbeddedMetrics {
  readonly service?: string;
  readonly _aws?: { readonly CloudWatchMetrics: readonly { readonly Metrics: readonly { readonly Name: string }[] }[] };
}

function metricsIn(line: string): readonly string[] {
  if (!line.startsWith("{")) return [];
  const { service, _aws } = JSON.parse(line) as EmbeddedMetrics;
  return (_aws?.CloudWatchMetrics ?? []).flatMap(({ Metrics }) => Metrics.map(({ Name }) => `${service}/${Name}`));
}

/** Hands what is printed while an invocation runs to its counting, instead of to the terminal: Lambda logs both streams. @returns what ends that. */
export function divertOutput(): () => void {
  const ends = [divert(process.stdout), divert(process.stderr)];
  return () => {
    for (const end of ends) end();
  };
}

function divert(stream: NodeJS.WriteStream): () => void {
  const { write } = stream;
  stream.write = ((chunk: string | Uint8Array, ...rest: unknown[]) => {
    const counting = underWay.getStore();
    if (counting === undefined) return Reflect.apply(write, stream, [chunk, ...rest]);
    counting.wrote(String(chunk));
    for (const each of rest) if (typeof each === "function") each();
    return true;
  }) as typeof stream.write;
  return () => {
    stream.write = write;
  };
}
