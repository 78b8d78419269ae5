/** Between the addresses of several queues in one variable; no address of SQS has one in it. */
export const SEPARATOR = ",";

/** The addresses of the queues that the stores are shared out over, in their order. */
export type QueueUrls = readonly [string, ...string[]];

/** @returns the addresses in a variable or option, or undefined where there is none. */
export function queueUrlsIn(given: string): QueueUrls | undefined {
  const [first, ...others] = given
    .split(SEPARATOR)
    .map((each) => each.trim())
    .filter((each) => each !== "");
  return first === undefined ? undefined : [first, ...others];
}
