import { assertNever } from "../../../lib/domain/result.ts";
import type { Fault } from "./fault.ts";
import { reply, type SimulatedReply } from "./reply.ts";

function faultyStatus(fault: Extract<Fault, { kind: "status" }>): SimulatedReply {
  const retryAfter: Readonly<Record<string, string>> = fault.retryAfter === undefined ? {} : { "retry-after": fault.retryAfter };
  const headers = { ...retryAfter, ...fault.headers };
  const worded = reply(
    fault.status,
    { errorMessage: `Simulated ${fault.status}`, errorCode: fault.errorCode ?? "INTERNAL_ERROR" },
    headers,
  );
  return fault.body === undefined ? worded : { ...worded, body: fault.body };
}

async function slowly(
  fault: Extract<Fault, { kind: "slow" }>,
  answer: () => SimulatedReply,
  wait: (milliseconds: number) => Promise<void>,
) {
  if (fault.effect === "at-the-end") {
    await wait(fault.delayMs);
    return answer();
  }
  const answered = answer();
  await wait(fault.delayMs);
  return answered;
}

/**
 * @param answer gives the reply, and has its effect; `stale` asks it to read the state before the last change.
 * @returns the reply as the fault leaves it; undefined where the connection ends without one.
 */
export async function answerWithFault(
  fault: Fault | undefined,
  answer: (stale: boolean) => SimulatedReply,
  wait: (milliseconds: number) => Promise<void>,
): Promise<SimulatedReply | undefined> {
  if (fault === undefined) return answer(false);
  switch (fault.kind) {
    case "status":
      if (fault.when === "after") answer(false);
      return faultyStatus(fault);
    case "drop":
      if (fault.when === "after") answer(false);
      return undefined;
    case "slow":
      return slowly(fault, () => answer(false), wait);
    case "stale":
      return answer(true);
    case "malformed": {
      const whole = answer(false);
      return { ...whole, body: whole.body.slice(0, -Math.ceil(whole.body.length / 2)) };
    }
    default:
      return assertNever(fault);
  }
}
