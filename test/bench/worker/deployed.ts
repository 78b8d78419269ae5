import type { Context } from "aws-lambda";
import { localContext } from "../../../infra/local/local-context.ts";
import { createSystemClock } from "../../../lib/adapters/system/clock.ts";
import { MINUTE } from "../../../lib/domain/instant.ts";
import { reportOf, type Spending, spend } from "./spending.ts";

// The reconcile function's bundle as it is deployed, handed one message after the other. It is started with the variables of Lambda.

/** The bodies of the messages of a round, and how many switches they are; "report" is the last question. */
export interface Round {
  readonly bodies: readonly string[];
  readonly switches: number;
}

type Handler = (event: unknown, context: Context) => Promise<unknown>;

const { handler }: { readonly handler: Handler } = await import(process.env["BUNDLE"] ?? "");
const clock = createSystemClock();
const rounds: Spending[] = [];

async function work(bodies: readonly string[]): Promise<void> {
  for (const body of bodies) {
    await handler({ Records: [{ messageId: "local", body }] }, localContext(clock, "reconcile", 2 * MINUTE));
  }
}

process.on("message", (question: Round | "report") => {
  if (question === "report") {
    const [first = { switches: 0, cpuMs: 0 }, , ...warm] = rounds;
    const sum = (figure: keyof Spending) => warm.reduce((total, round) => total + round[figure], 0);
    process.send?.(reportOf(first, { switches: sum("switches"), cpuMs: sum("cpuMs") }));
  } else {
    void spend(question.switches, () => work(question.bodies)).then((spent) => {
      rounds.push(spent);
      process.send?.("done");
    });
  }
});
