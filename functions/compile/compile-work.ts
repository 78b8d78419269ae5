import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from "aws-lambda";
import { compileRecord } from "../../lib/application/compile/compile-record.ts";
import type { CompileDependencies } from "../../lib/application/compile/dependencies.ts";
import type { Work } from "../runtime/house-handler.ts";
import { changedCampaign } from "./changed-campaign.ts";

/** @returns whether the record is dealt with; a failure is told, and the stream brings the record back. */
async function compileChange(
  dependencies: CompileDependencies,
  record: DynamoDBRecord,
  complain: (message: string, error: unknown) => void,
): Promise<boolean> {
  const hint = changedCampaign(record);
  if (hint === undefined) return true;
  try {
    await compileRecord(dependencies, hint);
    return true;
  } catch (error) {
    complain(`${hint.campaignId} of store ${hint.storeId} was not compiled; it is tried again`, error);
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
): Work<DynamoDBStreamEvent, DynamoDBBatchResponse> {
  return async ({ Records }) => {
    const batchItemFailures: { itemIdentifier: string }[] = [];
    for (const record of Records) {
      if (!(await compileChange(dependencies, record, complain)))
        batchItemFailures.push({ itemIdentifier: record.dynamodb?.SequenceNumber ?? "" });
    }
    return { batchItemFailures };
  };
}
