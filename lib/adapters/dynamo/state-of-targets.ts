import { UpdateCommand } from "@aws-sdk/lib-dynamodb";
import * as z from "zod";
import type { StateTable, TargetState } from "../../application/ports/state-table.ts";
import type { StoreId, TargetKey } from "../../domain/identifiers.ts";
import { type Instant, sortableInstant } from "../../domain/instant.ts";
import { EMPTY_LEDGER } from "../../domain/ledger/ledger.ts";
import { putAtVersion, type TableHandle } from "./conditional-write.ts";
import { dueShards, sortKeyPrefix, stateKey } from "./keys.ts";
import { readNamed, versionedItem } from "./named-items.ts";
import { getItem, itemsBeginning } from "./read-items.ts";
import { type OnBrokenItem, readable, readItem, readOrThrow } from "./stored-item.ts";
import { storedTarget } from "./stored-target.ts";

const emptyTarget: TargetState = { ledger: EMPTY_LEDGER, attemptsBegun: 0, failuresInARow: 0, warnings: [] };

/** @returns the part of the state table that holds what is known of each target. */
export function stateOfTargets(
  table: TableHandle,
  onBrokenItem: OnBrokenItem,
): Pick<StateTable, "readTarget" | "writeTarget" | "targetsOf" | "makeDue"> {
  return {
    async readTarget(store, target) {
      const item = await getItem(table, stateKey.target(store, target));
      return item === undefined ? { ...emptyTarget, version: 0 } : readOrThrow(readItem(versionedItem.target, table.tableName, item));
    },
    async writeTarget(store, target, state, read) {
      // Without dueAt there is no shard either: that is what keeps the item out of the due index.
      const dueShard = state.dueAt === undefined ? undefined : dueShards.of(store, target);
      return putAtVersion(table, { ...stateKey.target(store, target), ...z.encode(storedTarget, state), dueShard }, read);
    },
    async targetsOf(store) {
      const items = await itemsBeginning(table, store, sortKeyPrefix.targets);
      return readable(
        items.map((item) => readNamed.target(table.tableName, item)),
        onBrokenItem,
      );
    },
    async makeDue(store, target, at) {
      await table.client.send(makeDueCommand(table.tableName, store, target, at));
    },
  };
}

/** One update, so that it can neither lose to a decision under way nor be overwritten by it: the version has moved on. */
function makeDueCommand(tableName: string, store: StoreId, target: TargetKey, at: Instant): UpdateCommand {
  return new UpdateCommand({
    TableName: tableName,
    Key: stateKey.target(store, target),
    UpdateExpression: `SET dueAt = :dueAt, dueShard = :dueShard, #version = if_not_exists(#version, :none) + :one,
      #ledger = if_not_exists(#ledger, :ledger), attemptsBegun = if_not_exists(attemptsBegun, :none),
      failuresInARow = if_not_exists(failuresInARow, :none), #warnings = if_not_exists(#warnings, :warnings)`,
    ExpressionAttributeNames: { "#version": "version", "#ledger": "ledger", "#warnings": "warnings" },
    ExpressionAttributeValues: {
      ":dueAt": sortableInstant(at),
      ":dueShard": dueShards.of(store, target),
      ":none": 0,
      ":one": 1,
      ":ledger": emptyTarget.ledger,
      ":warnings": emptyTarget.warnings,
    },
  });
}
