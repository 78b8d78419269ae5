import { readFile } from "node:fs/promises";
import { join } from "node:path";
import {
  CloudFormationClient,
  CreateStackCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
  waitUntilStackCreateComplete,
} from "@aws-sdk/client-cloudformation";
import * as z from "zod";
import { assembly } from "./assembly.ts";
import { callAws, callJsonAws } from "./call-aws.ts";
import { adaptTemplate, mappingOutputs, mappingProperties, parseTemplate, type StackTemplate } from "./template-adaptations.ts";
import { zipOf } from "./zip-file.ts";

/** A function as the endpoint gives it back. */
export interface DeployedFunction {
  readonly name: string;
  readonly arn: string;
  readonly region: string;
  readonly handler: string;
  readonly timeoutSeconds: number;
  readonly memoryMiB: number;
  readonly variables: Readonly<Record<string, string>>;
  readonly logGroup: string;
  /** Of the archive that the endpoint has taken, in base64. */
  readonly codeSha256: string;
  /** Where its bundle is on this machine: what was uploaded as its code. */
  readonly folder: string;
}

/** A rule as the endpoint gives it back, with the functions that it calls. */
export interface DeployedRule {
  readonly logicalId: string;
  readonly arn: string;
  readonly schedule: string | undefined;
  readonly pattern: string | undefined;
  readonly targets: readonly { readonly arn: string; readonly input?: string | undefined }[];
}

/** An event source mapping as the template has it, with the endpoint's own names in it. */
export interface DeployedMapping extends Omit<z.output<typeof mappingProperties>, "EventSourceArn" | "FunctionName" | "DestinationConfig"> {
  readonly source: string;
  readonly functionName: string;
  /** The ARN of the queue for what was given up. */
  readonly failures: string | undefined;
}

export interface DeployedStack {
  readonly region: string;
  readonly stackName: string;
  readonly account: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** By the word before `FunctionName` in the outputs, such as `Compile`. */
  readonly functions: Readonly<Record<string, DeployedFunction>>;
  readonly rules: readonly DeployedRule[];
  readonly mappings: readonly DeployedMapping[];
  readonly leftOut: readonly string[];
  /** The logical ids of the adapted template that the endpoint did not make. */
  readonly notMade: readonly string[];
}

interface Made {
  readonly type: string;
  readonly physicalId: string;
}

const WITHIN_SECONDS = 300;
const functionShape = z.object({
  FunctionName: z.string(),
  FunctionArn: z.string(),
  Handler: z.string(),
  Timeout: z.number(),
  MemorySize: z.number(),
  CodeSha256: z.string(),
  Environment: z.object({ Variables: z.record(z.string(), z.string()) }).default({ Variables: {} }),
});
const assetShape = z.object({
  "aws:asset:path": z.string(),
});
const codeShape = z.object({ S3Key: z.string() });
const referenceShape = z.object({ LogGroup: z.object({ Ref: z.string() }) });
const ruleShape = z.object({ Arn: z.string(), ScheduleExpression: z.string().optional(), EventPattern: z.string().optional() });
const targetsShape = z.object({ Targets: z.array(z.object({ Arn: z.string(), Input: z.string().optional() })) });

async function accountOf(region: string): Promise<string> {
  const headers = { "content-type": "application/x-www-form-urlencoded" };
  const body = "Action=GetCallerIdentity&Version=2011-06-15";
  const answer = await callAws(region, { service: "sts", method: "POST", path: "/", headers, body });
  const [, account] = /<Account>(\d+)<\/Account>/.exec(answer) ?? [];
  if (account === undefined) throw new Error(`the endpoint does not say whose account it is: ${answer}`);
  return account;
}

/** Puts each function's bundle where the template looks for it, as `cdk deploy` does before it asks CloudFormation. */
async function uploadAssets(region: string, account: string, folder: string, template: StackTemplate): Promise<void> {
  const bucket = `/cdk-hnb659fds-assets-${account}-${region}`;
  const xml = { "content-type": "application/xml" };
  const where = `<CreateBucketConfiguration><LocationConstraint>${region}</LocationConstraint></CreateBucketConfiguration>`;
  await callAws(region, { service: "s3", method: "PUT", path: bucket, headers: xml, body: where }).catch((error: unknown) => {
    if (!String(error).includes("BucketAlreadyOwnedByYou")) throw error;
  });
  for (const { Type, Properties, Metadata } of Object.values(template.Resources)) {
    if (Type !== "AWS::Lambda::Function") continue;
    const { "aws:asset:path": path } = assetShape.parse(Metadata);
    const archive = zipOf("index.mjs", await readFile(join(folder, path, "index.mjs")));
    const key = `${bucket}/${codeShape.parse(Properties["Code"]).S3Key}`;
    const headers = { "content-type": "application/zip" };
    await callAws(region, { service: "s3", method: "PUT", path: key, headers, body: new Uint8Array(archive) });
  }
}

async function functionOf(region: string, folder: string, made: ReadonlyMap<string, Made>, template: StackTemplate, logicalId: string) {
  const name = made.get(logicalId)?.physicalId ?? "";
  const path = `/2015-03-31/functions/${name}/configuration`;
  const found = functionShape.parse(JSON.parse(await callAws(region, { service: "lambda", method: "GET", path })));
  const { Metadata, Properties } = template.Resources[logicalId] ?? {};
  const log = referenceShape.parse(Properties?.["LoggingConfig"]).LogGroup.Ref;
  return {
    name: found.FunctionName,
    arn: found.FunctionArn,
    region,
    handler: found.Handler,
    timeoutSeconds: found.Timeout,
    memoryMiB: found.MemorySize,
    variables: found.Environment.Variables,
    logGroup: made.get(log)?.physicalId ?? "",
    codeSha256: found.CodeSha256,
    folder: join(folder, assetShape.parse(Metadata)["aws:asset:path"]),
  } satisfies DeployedFunction;
}

async function ruleOf(region: string, logicalId: string, name: string): Promise<DeployedRule> {
  const rule = ruleShape.parse(await callJsonAws(region, "events", "AWSEvents.DescribeRule", { Name: name }));
  const { Targets } = targetsShape.parse(await callJsonAws(region, "events", "AWSEvents.ListTargetsByRule", { Rule: name }));
  const targets = Targets.map(({ Arn, Input }) => ({ arn: Arn, input: Input }));
  return { logicalId, arn: rule.Arn, schedule: rule.ScheduleExpression, pattern: rule.EventPattern, targets };
}

function mappingsOf(template: StackTemplate, outputs: Readonly<Record<string, string>>): readonly DeployedMapping[] {
  const found = Object.entries(template.Resources).filter(([, { Type }]) => Type === "AWS::Lambda::EventSourceMapping");
  return found.map(([logicalId, { Properties }]) => {
    const { EventSourceArn: _source, FunctionName: _function, DestinationConfig: _failures, ...rest } = mappingProperties.parse(Properties);
    const names = mappingOutputs(logicalId);
    return {
      ...rest,
      source: outputs[names.source] ?? "",
      functionName: outputs[names.function] ?? "",
      failures: outputs[names.failures],
    };
  });
}

/** Deploys what was synthesised into a region of the endpoint, and reads back what came of it. Each region is a place of its own. */
export async function deployStack(region: string): Promise<DeployedStack> {
  const { stackName, templateFile, folder } = assembly();
  const template = parseTemplate(await readFile(templateFile, "utf8"));
  const adapted = adaptTemplate(template);
  const account = await accountOf(region);
  await uploadAssets(region, account, folder, template);
  const client = new CloudFormationClient({ region });
  try {
    const StackName = stackName;
    const TemplateBody = JSON.stringify(adapted.template);
    const Capabilities = ["CAPABILITY_IAM" as const, "CAPABILITY_NAMED_IAM" as const];
    await client.send(new CreateStackCommand({ StackName, TemplateBody, Capabilities }));
    await waitUntilStackCreateComplete({ client, maxWaitTime: WITHIN_SECONDS, minDelay: 1 }, { StackName });
    const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName }));
    const { StackResources = [] } = await client.send(new DescribeStackResourcesCommand({ StackName }));
    const made = new Map(
      StackResources.map(({ LogicalResourceId: id = "", ResourceType: type = "", PhysicalResourceId: physicalId = "" }) => [
        id,
        { type, physicalId },
      ]),
    );
    const outputs = Object.fromEntries((stack?.Outputs ?? []).map(({ OutputKey = "", OutputValue = "" }) => [OutputKey, OutputValue]));
    const ofType = (type: string) => [...made].filter(([, each]) => each.type === type);
    const functions = await Promise.all(
      ofType("AWS::Lambda::Function").map(([logicalId]) => functionOf(region, folder, made, template, logicalId)),
    );
    const named = Object.entries(outputs).flatMap(([output, value]) => {
      const found = functions.find(({ name }) => name === value && output.endsWith("FunctionName"));
      return found === undefined ? [] : [[output.replace(/FunctionName$/, ""), found] as const];
    });
    return {
      region,
      stackName,
      account,
      outputs,
      functions: Object.fromEntries(named),
      rules: await Promise.all(ofType("AWS::Events::Rule").map(([logicalId, { physicalId }]) => ruleOf(region, logicalId, physicalId))),
      mappings: mappingsOf(template, outputs),
      leftOut: adapted.leftOut,
      notMade: Object.keys(adapted.template.Resources).filter((id) => !made.has(id)),
    };
  } finally {
    client.destroy();
  }
}
