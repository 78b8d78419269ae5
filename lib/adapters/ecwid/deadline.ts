/** A call's time, which runs from when it is made. */
export interface Deadline {
  /** Aborted when the time is over. */
  readonly signal: AbortSignal;
  /** To be called when the call is over: a timer left behind holds what belonged to it until it fires, for nobody. */
  end(): void;
}

/** @returns a deadline so many milliseconds of real time from now, which does not keep the process alive. */
export function startDeadline(milliseconds: number): Deadline {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), milliseconds).unref();
  return { signal: controller.signal, end: () => clearTimeout(timer) };
}
