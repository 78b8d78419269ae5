import { isDeepStrictEqual } from "node:util";
import * as z from "zod";
import type { Resource } from "./synthesis.ts";

/**
 * The properties whose change makes CloudFormation put a new, empty resource in the place of the old one ("Update requires: Replacement" on the
 * resource's page of the CloudFormation template reference; the resource types' schemas list the same as `createOnlyProperties` and
 * `conditionalCreateOnlyProperties`, read in cfn-lint 1.51 on 2026-11-22). An existing entry of `AttributeDefinitions` may not be edited either.
 * An AWS::KMS::Key has none. A policy counts as well: people's roles refer to it by ARN.
 */
const REPLACING: Readonly<Record<string, readonly string[]>> = {
  "AWS::DynamoDB::Table": ["TableName", "KeySchema", "AttributeDefinitions", "LocalSecondaryIndexes", "ImportSourceSpecification"],
  "AWS::SQS::Queue": ["QueueName", "FifoQueue"],
  "AWS::SNS::Topic": ["TopicName", "FifoTopic"],
  "AWS::KMS::Key": [],
  "AWS::IAM::ManagedPolicy": ["ManagedPolicyName", "Path", "Description"],
};

const lasting = z.object({
  type: z.string(),
  deletionPolicy: z.string().optional(),
  replacing: z.record(z.string(), z.unknown()),
});

/** What has to stay as it is from one deployment to the next, by logical id. */
export const lastingResources = z.record(z.string(), lasting);
export type LastingResources = z.output<typeof lastingResources>;

/** @returns what of a template has to last. */
export function lastingIn(resources: Readonly<Record<string, Resource>>): LastingResources {
  const found = Object.entries(resources).flatMap(([id, { Type, Properties, DeletionPolicy }]) => {
    const names = REPLACING[Type];
    if (names === undefined) return [];
    const replacing = Object.fromEntries(names.filter((name) => name in Properties).map((name) => [name, Properties[name]]));
    return [[id, { type: Type, ...(typeof DeletionPolicy === "string" && { deletionPolicy: DeletionPolicy }), replacing }] as const];
  });
  return Object.fromEntries(found.toSorted(([one], [other]) => (one < other ? -1 : 1)));
}

/** @returns one sentence for each thing that an upgrade would lose. */
export function losses(before: LastingResources, after: LastingResources): readonly string[] {
  return Object.entries(before).flatMap(([id, was]) => {
    const is = after[id];
    if (is === undefined) return [`${id} (${was.type}) is gone: CloudFormation would delete it, or leave it behind and make an empty one`];
    if (is.type !== was.type) return [`${id} was ${was.type} and is ${is.type}`];
    const changed = [...new Set([...Object.keys(was.replacing), ...Object.keys(is.replacing)])].filter(
      (name) => !isDeepStrictEqual(was.replacing[name], is.replacing[name]),
    );
    const kept = was.deletionPolicy === is.deletionPolicy ? [] : [`${id} is no longer kept as it was: DeletionPolicy`];
    return [...changed.map((name) => `${id} would be replaced: ${name} has changed`), ...kept];
  });
}
