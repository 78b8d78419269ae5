import middy, { type MiddyfiedHandler } from "@middy/core";
import type { Clock } from "../../lib/application/ports/clock.ts";
import { type Instant, plus } from "../../lib/domain/instant.ts";
import type { Observability } from "./observability.ts";

/** What a function does with one event, as the engine sees it: it has to be done by the deadline. */
export type Work<Event, Answer> = (event: Event, deadline: Instant) => Promise<Answer>;

/**
 * The one middy stack that every function stands on: log context, metrics, and a line for whatever was not expected, which is then thrown
 * on, so that the service that called sees the failure.
 *
 * @param clock the machine's, from which the deadline is counted.
 */
export function houseHandler<Event, Answer>(
  work: Work<Event, Answer>,
  { middlewares, complain }: Pick<Observability, "middlewares" | "complain">,
  clock: Pick<Clock, "now">,
): MiddyfiedHandler<Event, Answer> {
  return middy<Event, Answer>()
    .use([...middlewares])
    .onError(({ error }) => {
      // No answer: middy would take one for the response, and the caller would see a success.
      complain("the invocation failed", error);
    })
    .handler((event: Event, context) => work(event, plus(clock.now(), context.getRemainingTimeInMillis())));
}
