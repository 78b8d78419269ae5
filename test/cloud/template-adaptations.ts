import * as z from "zod";

const resource = z.looseObject({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  Metadata: z.record(z.string(), z.unknown()).default({}),
  DependsOn: z.union([z.string(), z.array(z.string())]).optional(),
});
const template = z.looseObject({
  Resources: z.record(z.string(), resource),
  Outputs: z.record(z.string(), z.looseObject({ Value: z.unknown() })).default({}),
});
export type StackTemplate = z.output<typeof template>;

/** @returns a CloudFormation template in JSON. */
export function parseTemplate(text: string): StackTemplate {
  return template.parse(JSON.parse(text));
}

/**
 * What the synthesised template has and an endpoint that is not AWS is not handed, each with the reason: moto 5.2.1 is meant. Whatever else the
 * template has is deployed as it is. A type of resource that the endpoint then does not make fails the test of the deployed stack.
 */
const LEFT_OUT: Readonly<Record<string, string>> = {
  "AWS::CloudWatch::Alarm": "moto's CloudFormation does not know it, and nothing there would evaluate it",
  "AWS::CloudWatch::CompositeAlarm": "as AWS::CloudWatch::Alarm",
  "AWS::CloudWatch::Dashboard": "it shows the alarms, which are not there",
  "AWS::Lambda::EventInvokeConfig": "moto's CloudFormation does not know it; the test's own host retries no asynchronous event",
  "AWS::Lambda::EventSourceMapping":
    "moto would run the function itself, for which it needs Docker, and empties the stream when it cannot; the test's own host is the mapping, " +
    "on the values that the template gives it (as outputs of the stack)",
  "AWS::Logs::QueryDefinition": "moto's CloudFormation does not know it",
  "AWS::SNS::TopicPolicy": "moto's CloudFormation does not know it, and judges no right",
  "AWS::SQS::QueuePolicy": "moto's CloudFormation does not know it, and judges no right",
};

/** What moto takes and then does not keep, so that nothing here proves it. */
export const NOT_KEPT = [
  "time to live, point-in-time recovery and encryption of the tables",
  "arm64, the log group and the recursive loop setting of the functions",
  "who may do what: roles are made, rights are never judged",
] as const;

export interface Adapted {
  readonly template: StackTemplate;
  /** One line for each thing that the endpoint is not handed. */
  readonly leftOut: readonly string[];
}

/** @returns whether a value holds a `Ref`, `Fn::GetAtt` or `Fn::Sub` of one of these logical ids. */
function refersTo(value: unknown, logicalIds: ReadonlySet<string>): boolean {
  if (typeof value === "string") return [...value.matchAll(/\$\{([A-Za-z0-9]+)/g)].some(([, id = ""]) => logicalIds.has(id));
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([key, inner]) => {
    if (key === "Ref") return logicalIds.has(String(inner));
    if (key === "Fn::GetAtt") return logicalIds.has(String(Array.isArray(inner) ? inner[0] : inner).replace(/\..*/, ""));
    return refersTo(inner, logicalIds);
  });
}

/** The names of the outputs that stand for what an event source mapping refers to. */
export function mappingOutputs(logicalId: string) {
  return { source: `${logicalId}Source`, function: `${logicalId}Function`, failures: `${logicalId}Failures` } as const;
}

/** The shape of a mapping in the template; what is a reference there is an output of the deployed stack. */
export const mappingProperties = z.object({
  EventSourceArn: z.unknown(),
  FunctionName: z.unknown(),
  BatchSize: z.number(),
  BisectBatchOnFunctionError: z.boolean().default(false),
  MaximumRetryAttempts: z.number().default(0),
  FunctionResponseTypes: z.array(z.string()).default([]),
  StartingPosition: z.string().optional(),
  DestinationConfig: z.object({ OnFailure: z.object({ Destination: z.unknown() }) }).optional(),
});

function outputsOf(logicalId: string, properties: unknown): StackTemplate["Outputs"] {
  const { EventSourceArn, FunctionName, DestinationConfig } = mappingProperties.parse(properties);
  const names = mappingOutputs(logicalId);
  return {
    [names.source]: { Value: EventSourceArn },
    [names.function]: { Value: FunctionName },
    ...(DestinationConfig && { [names.failures]: { Value: DestinationConfig.OnFailure.Destination } }),
  };
}

/** @returns the template as an endpoint that is not AWS can take it. @throws Error where something that stays refers to something left out. */
export function adaptTemplate(original: StackTemplate): Adapted {
  const entries = Object.entries(original.Resources);
  const gone = entries.filter(([, { Type }]) => LEFT_OUT[Type] !== undefined);
  const goneIds = new Set(gone.map(([id]) => id));
  const kept = entries.filter(([id]) => !goneIds.has(id));
  for (const [id, { Properties }] of kept) {
    if (refersTo(Properties, goneIds)) throw new Error(`${id} refers to what ${import.meta.filename} leaves out: adapt it there too`);
  }
  const dependencies = (on: string | readonly string[] | undefined) => [on ?? []].flat().filter((id) => !goneIds.has(id));
  const Resources = Object.fromEntries(kept.map(([id, { DependsOn, ...rest }]) => [id, { ...rest, DependsOn: dependencies(DependsOn) }]));
  const [outputs, goneOutputs] = [false, true].map((isGone) =>
    Object.entries(original.Outputs).filter(([, { Value }]) => refersTo(Value, goneIds) === isGone),
  );
  const mappings = gone.filter(([, { Type }]) => Type === "AWS::Lambda::EventSourceMapping");
  const added = mappings.map(([id, { Properties }]) => outputsOf(id, Properties));
  const counts = Map.groupBy(gone, ([, { Type }]) => Type);
  return {
    template: { ...original, Resources, Outputs: Object.assign(Object.fromEntries(outputs ?? []), ...added) },
    leftOut: [
      ...[...counts].map(([type, those]) => `${those.length} × ${type}: ${LEFT_OUT[type]}`),
      ...(goneOutputs ?? []).map(([name]) => `the output ${name}: it is of something left out`),
    ],
  };
}
