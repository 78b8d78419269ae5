import type * as z from "zod";
import type { Problem } from "../../domain/campaign/status.ts";
import type { CAMPAIGN_FIELDS } from "./campaign-fields.ts";
import { issuesOf } from "./field.ts";
import { printPath } from "./print-value.ts";

/** Reads a record field by field, so that everything wrong with it is found at once. */
export interface RecordReader<FieldName extends string = CampaignField> {
  /** @returns what was typed there; undefined if nothing was. */
  typed(name: FieldName): unknown;
  /**
   * @param known names that objects within the field may have.
   * @returns what the field means; undefined if it means nothing, which is then among the problems.
   */
  read<Value>(name: FieldName, schema: z.ZodType<Value>, known?: readonly string[]): Value | undefined;
  /** As `read`, but a field that is not there is no problem. */
  readIfThere<Value>(name: FieldName, schema: z.ZodType<Value>, known?: readonly string[]): Value | undefined;
  /** Adds problems that no single field shows. */
  complain(...problems: readonly Problem[]): void;
  /** Everything found so far. */
  problems(): readonly Problem[];
}

type CampaignField = (typeof CAMPAIGN_FIELDS)[number];

/** @param typed the record's own fields. */
export function createRecordReader<FieldName extends string = CampaignField>(typed: ReadonlyMap<string, unknown>): RecordReader<FieldName> {
  const found: Problem[] = [];
  const read = <Value>(name: FieldName, schema: z.ZodType<Value>, known: readonly string[] = []): Value | undefined => {
    const result = schema.safeParse(typed.get(name));
    if (result.success) return result.data;
    found.push(...issuesOf(result.error, known).map(({ path, message }) => ({ path: printPath([name, ...path]), message })));
    return undefined;
  };
  return {
    typed: (name) => typed.get(name),
    read,
    readIfThere: (name, schema, known) => (typed.get(name) === undefined ? undefined : read(name, schema, known)),
    complain: (...problems) => {
      found.push(...problems);
    },
    problems: () => found,
  };
}
