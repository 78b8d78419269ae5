import type { DynamoDBBatchResponse } from "aws-lambda";
import * as z from "zod";
import { compileRecord } from "../../lib/application/compile/compile-record.ts";
import type { CompileDependencies } from "../../lib/application/compile/dependencies.ts";
import type { Work } from "../runtime/house-handler.ts";
import { recordsOf } from "../runtime/records-of.ts";
import { changedCampaign } from "./changed-campaign.ts";

const numbered = z.object({ dynamodb: z.object({ SequenceNumber: z.string() }) });

/** Where a record stands in the stream, for the answer and for people; the empty text brings the whole batch back. */
function sequenceNumberOf(record: unknown): string {
  return numbered.safeParse(record).data?.dynamodb.SequenceNumber ?? "";
}

/** @returns whether the record is dealt with; a failure is told, and the stream brings the record back. */
async function compileChange(
  dependencies: CompileDependencies,
  record: unknown,
  complain: (message: string, error: unknown) => void,
): Promise<boolean> {
  const change = changedCampaign(record);
  if (change.kind === "nothing") return true;
  if (change.kind === "unreadable") {
    const where = `stream record ${sequenceNumberOf(record)}`.trim();
    const message = `It names no campaign (${change.problem}) and is left out; should it have been a change, the hourly sweep finds it.`;
    dependencies.telemetry.emit({ kind: "input-refused", where, message });
    return true;
  }
  try {
    await compileRecord(dependencies, change);
    return true;
  } catch (error) {
    complain(`${change.campaignId} of store ${change.storeId} was not compiled; it is tried again`, error);
    return false;
  }
}

/**
 * @returns what the compile function does with a batch of changes to the campaigns table: each changed campaign is compiled, one failure
 * stops no other, and the stream is told which changes to bring back.
 */
export function createCompileWork(
  dependencies: CompileDependencies,
  complain: (message: string, error: unknown) => void,
): Work<unknown, DynamoDBBatchResponse> {
  return async (event) => {
    const records = recordsOf(event);
    if (records === undefined) {
      const message = "It is no batch of the campaigns table's stream; nothing was compiled.";
      dependencies.telemetry.emit({ kind: "input-refused", where: "the compile function's event", message });
    }
    const batchItemFailures: { itemIdentifier: string }[] = [];
    for (const record of records ?? []) {
      if (!(await compileChange(dependencies, record, complain))) batchItemFailures.push({ itemIdentifier: sequenceNumberOf(record) });
    }
    return { batchItemFailures };
  };
}
