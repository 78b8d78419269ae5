import type { Template } from "aws-cdk-lib/assertions";
import * as z from "zod";
import { SECOND } from "../../../lib/domain/instant.ts";
import { FUNCTIONS, type FunctionName, resourceOf, resourcesOf, STATEFUL } from "../synthesis.ts";
import type { Deployed } from "./running-functions.ts";

/** @returns what the template deploys, by logical ids. */
export function deployedBy(template: Template, deployment: string): Deployed {
  const entries = FUNCTIONS.map((name) => {
    const { logicalId, Properties } = resourceOf(template, name, "AWS::Lambda::Function");
    return [name, { functionName: logicalId, timeoutMs: z.number().parse(Properties["Timeout"]) * SECOND }] as const;
  });
  const visibility = z.number().parse(resourcesOf(template)[STATEFUL.queue]?.Properties["VisibilityTimeout"]);
  return {
    deployment,
    functions: Object.fromEntries(entries) as Record<FunctionName, (typeof entries)[number][1]>,
    queues: { stores: STATEFUL.queue, deadLetters: STATEFUL.deadLetters, failures: STATEFUL.failures },
    visibilityMs: visibility * SECOND,
  };
}
