import type { Plan } from "./plan/plan.ts";
import type { Violation } from "./world/journal.ts";
import { simulate } from "./world/simulate.ts";

/** @returns the first law that a plan breaks, if it breaks one. */
export async function firstViolation(plan: Plan): Promise<Violation | undefined> {
  return (await simulate(plan)).violations[0];
}

type Part = "actions" | "faults";

function without(plan: Plan, part: Part, from: number, count: number): Plan {
  return part === "actions"
    ? { ...plan, actions: plan.actions.toSpliced(from, count) }
    : { ...plan, faults: plan.faults.toSpliced(from, count) };
}

/** Stores at the end that nobody does anything to any more. */
function withoutIdleStores(plan: Plan): Plan {
  const used = Math.max(0, ...plan.actions.map(({ store }) => store), ...plan.faults.map(({ store }) => store ?? 0));
  return { ...plan, stores: plan.stores.slice(0, used + 1) };
}

/**
 * Delta debugging: leaves out halves, quarters, … and single pieces of a failing plan for as long as the same law is broken.
 *
 * @returns a plan from which nothing more can be left out.
 */
export async function shrink(plan: Plan, invariant: string): Promise<Plan> {
  const stillFails = async (each: Plan) => (await firstViolation(each))?.invariant === invariant;
  let smallest = plan;
  for (let before = -1; before !== size(smallest); ) {
    before = size(smallest);
    for (const part of ["faults", "actions"] as const) smallest = await shrinkPart(smallest, part, stillFails);
  }
  for (const simpler of [withoutIdleStores(smallest), { ...withoutIdleStores(smallest), slowCalls: 0 }]) {
    if (await stillFails(simpler)) smallest = simpler;
  }
  return smallest;
}

function size({ actions, faults }: Plan): number {
  return actions.length + faults.length;
}

async function shrinkPart(plan: Plan, part: Part, stillFails: (plan: Plan) => Promise<boolean>): Promise<Plan> {
  let smallest = plan;
  for (let count = Math.ceil(smallest[part].length / 2); count >= 1; count = count === 1 ? 0 : Math.ceil(count / 2)) {
    for (let from = 0; from < smallest[part].length; ) {
      const candidate = without(smallest, part, from, count);
      if (await stillFails(candidate)) smallest = candidate;
      else from += count;
    }
  }
  return smallest;
}
