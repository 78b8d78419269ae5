import type { StateTable } from "../ports/state-table.ts";
import type { Attempt } from "./attempt.ts";
import { countAttempt, uncountAttempt } from "./begin-attempt.ts";

/**
 * Counts the attempts of one message, each before it is made and one of them ahead: the first before the instant, and each further one while the
 * change before it is on its way to Ecwid. So nothing waits for the count. Should the worker die meanwhile, the one that was counted ahead travels
 * alone as well as the one that killed it.
 */
export interface CountAhead {
  /** Begins to count an attempt that is to be made next. Does nothing where there is none, or it is being counted already. */
  begin(next: Attempt | undefined): void;
  /** @returns the attempt as it was counted, or undefined if somebody else wrote first. */
  counted(attempt: Attempt): Promise<Attempt | undefined>;
  /** Takes back the count of an attempt that is not made after all. @returns the attempt as it is now, or undefined if somebody else wrote first. */
  takeBack(attempt: Attempt): Promise<Attempt | undefined>;
}

/** @returns a count for the attempts of one message. */
export function createCountAhead(state: StateTable): CountAhead {
  const begun = new Map<Attempt["key"], Promise<Attempt | undefined>>();

  function countOnce(attempt: Attempt): Promise<Attempt | undefined> {
    const known = begun.get(attempt.key);
    if (known !== undefined) return known;
    const counting = countAttempt(state, attempt);
    begun.set(attempt.key, counting);
    // Whoever asks for it hears of a failure; nobody does where the message ends before.
    counting.catch(() => undefined);
    return counting;
  }

  return {
    begin: (next) => {
      if (next !== undefined) void countOnce(next);
    },
    counted: countOnce,
    async takeBack(attempt) {
      const counting = begun.get(attempt.key);
      if (counting === undefined) return attempt;
      begun.delete(attempt.key);
      const counted = await counting;
      return counted && uncountAttempt(state, counted);
    },
  };
}
