import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Template } from "aws-cdk-lib/assertions";
import { App } from "aws-cdk-lib/core";
import * as z from "zod";
import { DoormanStack } from "../../infra/doorman-stack.ts";
import { readSettings } from "../../infra/settings.ts";

export const REPOSITORY = join(import.meta.dirname, "..", "..");

/** The logical ids of what holds state. CloudFormation knows a resource by this name: with another it is a new and empty one. */
export const STATEFUL = {
  campaigns: "StorageCampaigns7021C488",
  state: "StorageStateA15002BE",
  history: "StorageHistory251A3AE8",
  queue: "QueueStores84AF09DC",
  deadLetters: "QueueDeadLetters9B423CAD",
  failures: "CampaignFeedFailuresCAA54EA5",
  alerts: "Alerts91F83244",
} as const;

export const FUNCTIONS = ["compile", "dispatch", "reconcile", "sweep", "follow-up"] as const;
export type FunctionName = (typeof FUNCTIONS)[number];

const resource = z.looseObject({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) });
export type Resource = z.output<typeof resource>;

/** The context that the CDK command would hand over: the feature flags of cdk.json, without which another template comes out. */
export function contextOfCdkJson(): Record<string, unknown> {
  const { context } = z
    .object({ context: z.record(z.string(), z.unknown()) })
    .parse(JSON.parse(readFileSync(join(REPOSITORY, "cdk.json"), "utf8")));
  return context;
}

/** @returns the template with `context` on top of cdk.json's, without bundling, which `bundles.test.ts` does once. */
export function synthesise(context: Readonly<Record<string, unknown>> = {}): Template {
  const outdir = mkdtempSync(join(tmpdir(), "doorman-synth-"));
  try {
    const app = new App({ outdir, context: { ...contextOfCdkJson(), "aws:cdk:bundling-stacks": [], ...context } });
    const settings = readSettings((name) => app.node.tryGetContext(name));
    return Template.fromStack(new DoormanStack(app, settings.stackName, { settings }));
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

/** @returns every resource by its logical id. */
export function resourcesOf(template: Template): Record<string, Resource> {
  return z.record(z.string(), resource).parse(template.toJSON()["Resources"]);
}

/** @returns the one resource of this type under a construct, such as the role of `compile`. */
export function resourceOf(template: Template, construct: string, type: string): Resource & { readonly logicalId: string } {
  const prefix = construct.toLowerCase().replaceAll("-", "");
  const found = Object.entries(resourcesOf(template)).filter(([id, { Type }]) => Type === type && id.toLowerCase().startsWith(prefix));
  const [only] = found;
  if (only === undefined || found.length !== 1) {
    throw new Error(
      `${found.length} resources of type ${type} whose logical id begins with ${construct}, expected one: ${found.map(([id]) => id).join(", ")}`,
    );
  }
  const [logicalId, properties] = only;
  return { ...properties, logicalId };
}

/** @returns the variables of a function as the template gives them: text, or a reference. */
export function variablesOf(template: Template, name: FunctionName): Record<string, unknown> {
  const { Properties } = resourceOf(template, name, "AWS::Lambda::Function");
  return z.object({ Variables: z.record(z.string(), z.unknown()) }).parse(Properties["Environment"]).Variables;
}
