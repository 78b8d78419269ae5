/** What services count of one thing that happens, whoever makes it happen: a switch by Doorman or a scan by a rival. */
export const UNITS = [
  /** DynamoDB read request units, of tables and of the index. */
  "reads",
  /** DynamoDB write request units of tables. */
  "writes",
  /** DynamoDB write request units of the due index. */
  "indexWrites",
  /** SQS requests: sends, receives and deletes. */
  "queueRequests",
  /** Lambda invocations. */
  "invocations",
  /** GB-seconds in which a function sleeps until an instant. */
  "waiting",
  /** GB-seconds in which a function waits for replies. */
  "calling",
  /** GB-seconds of a function's own work. */
  "computing",
  /** Secrets Manager calls. */
  "secretCalls",
  /** Bytes of log lines, with what CloudWatch adds to each. */
  "logBytes",
  /** Requests to Ecwid: free, but limited. */
  "ecwidRequests",
  /** Bytes sent to Ecwid. */
  "sentBytes",
] as const;

export type Unit = (typeof UNITS)[number];
export type Units = Readonly<Record<Unit, number>>;

function unitsBy(count: (unit: Unit) => number): Units {
  return {
    reads: count("reads"),
    writes: count("writes"),
    indexWrites: count("indexWrites"),
    queueRequests: count("queueRequests"),
    invocations: count("invocations"),
    waiting: count("waiting"),
    calling: count("calling"),
    computing: count("computing"),
    secretCalls: count("secretCalls"),
    logBytes: count("logBytes"),
    ecwidRequests: count("ecwidRequests"),
    sentBytes: count("sentBytes"),
  };
}

export const NOTHING: Units = unitsBy(() => 0);

/** @returns units of which only some are not zero. */
export function only(some: Partial<Units>): Units {
  return { ...NOTHING, ...some };
}

/** @returns all of them together. */
export function sum(all: Iterable<Units>): Units {
  const each = [...all];
  return unitsBy((unit) => each.reduce((total, units) => total + units[unit], 0));
}

/** @returns so many times the units. */
export function times(units: Units, count: number): Units {
  return unitsBy((unit) => units[unit] * count);
}

/** @returns the units, where one is below nothing none of it. */
export function atLeastNothing(units: Units): Units {
  return unitsBy((unit) => Math.max(0, units[unit]));
}

/** @returns the units less others. */
export function less(units: Units, others: Units): Units {
  return unitsBy((unit) => units[unit] - others[unit]);
}
