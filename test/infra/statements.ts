import type { Template } from "aws-cdk-lib/assertions";
import * as z from "zod";
import { type FunctionName, type Resource, resourceOf, resourcesOf, STATEFUL } from "./synthesis.ts";

const oneOrMany = <Item extends z.ZodType>(item: Item) => z.union([z.array(item), item.transform((only) => [only])]);

const statement = z.looseObject({
  Effect: z.enum(["Allow", "Deny"]),
  Action: oneOrMany(z.string()),
  Resource: oneOrMany(z.unknown()).default([]),
  Condition: z.record(z.string(), z.record(z.string(), oneOrMany(z.unknown()))).optional(),
});
type Statement = z.output<typeof statement>;

const document = z.object({ PolicyDocument: z.object({ Statement: z.array(statement) }) });

/**
 * @returns every statement of a set of resources, with the logical id of the resource it stands in. A trust policy names who, not what, and is left out.
 * @throws where a statement has no `Action`: `NotAction` would allow everything else.
 */
function statementsOf(resources: Readonly<Record<string, Resource>>): readonly (Statement & { readonly owner: string })[] {
  return Object.entries(resources).flatMap(([owner, { Properties }]) => {
    const inline = z.array(document).default([]).parse(Properties["Policies"]);
    const documents = "PolicyDocument" in Properties ? [...inline, document.parse(Properties)] : inline;
    return documents.flatMap(({ PolicyDocument }) => PolicyDocument.Statement.map((one) => ({ ...one, owner })));
  });
}

/** @returns what a function's role may do: the actions, sorted, by the thing they may be done to and the condition they stand under. */
export function rightsOf(template: Template, name: FunctionName): Record<string, readonly string[]> {
  const log = resourceOf(template, name, "AWS::Logs::LogGroup");
  return rightsIn(resourceOf(template, name, "AWS::IAM::Role"), { [log.logicalId]: "own log" });
}

/** @returns the same of a role or managed policy. */
export function rightsIn(
  owner: Resource & { readonly logicalId: string },
  more: Readonly<Record<string, string>> = {},
): Record<string, readonly string[]> {
  const names = { ...Object.fromEntries(Object.entries(STATEFUL).map(([plain, id]) => [id, plain])), ...more };
  const rights: Record<string, string[]> = {};
  for (const { Action, Resource, Condition } of statementsOf({ [owner.logicalId]: owner })) {
    for (const arn of Resource) {
      const thing = `${inWords(arn, names)}${conditionInWords(Condition)}`;
      rights[thing] = [...(rights[thing] ?? []), ...Action].sort();
    }
  }
  return rights;
}

function conditionInWords(condition: Statement["Condition"]): string {
  const parts = Object.entries(condition ?? {}).flatMap(([operator, keys]) =>
    Object.entries(keys).map(([key, values]) => `${operator} ${key} ${values.map((value) => inWords(value)).join(" ")}`),
  );
  return parts.length === 0 ? "" : ` [${parts.join(", ")}]`;
}

const getAtt = z.object({ "Fn::GetAtt": z.tuple([z.string(), z.string()]) });
const reference = z.object({ Ref: z.string() });
const join = z.object({ "Fn::Join": z.tuple([z.string(), z.array(z.unknown())]) });

/** @returns an ARN of the template in words: `campaigns`, `campaigns StreamArn`, `arn:{AWS::Partition}:…`. */
function inWords(arn: unknown, names: Readonly<Record<string, string>> = {}): string {
  const attribute = getAtt.safeParse(arn);
  if (attribute.success) {
    const [id, part] = attribute.data["Fn::GetAtt"];
    return part === "Arn" ? (names[id] ?? id) : `${names[id] ?? id} ${part}`;
  }
  const ref = reference.safeParse(arn);
  if (ref.success) {
    return names[ref.data.Ref] ?? `{${ref.data.Ref}}`;
  }
  const joined = join.safeParse(arn);
  if (joined.success) {
    const [separator, parts] = joined.data["Fn::Join"];
    return parts.map((part) => inWords(part, names)).join(separator);
  }
  return z.string().parse(arn);
}

/** @returns `owner: action` for each allowed action with a wildcard. */
export function wildcardActions(resources: Readonly<Record<string, Resource>>): readonly string[] {
  return statementsOf(resources)
    .filter(({ Effect }) => Effect === "Allow")
    .flatMap(({ owner, Action }) => Action.filter((action) => action.includes("*")).map((action) => `${owner}: ${action}`));
}

/** @returns `owner: resource` for each resource with a wildcard that something is allowed on. */
export function wildcardResources(template: Template): readonly string[] {
  return statementsOf(resourcesOf(template))
    .filter(({ Effect }) => Effect === "Allow")
    .flatMap(({ owner, Resource }) => Resource.map((arn) => ({ owner, arn: inWords(arn) })))
    .filter(({ arn }) => arn.includes("*"))
    .map(({ owner, arn }) => `${owner}: ${arn}`);
}
