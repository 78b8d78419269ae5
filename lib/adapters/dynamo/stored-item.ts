import type * as z from "zod";
import { problemText } from "../../application/messages/problem-text.ts";
import type { Result } from "../../domain/result.ts";
import { failure, success } from "../../domain/result.ts";

/** Says, in words for the log, that an item could not be read and was left out. */
export type OnBrokenItem = (message: string) => void;

/** An item that does not hold what Doorman writes there: somebody edited it, or another version of Doorman wrote it. */
export class StoredItemError extends Error {
  override readonly name = "StoredItemError";
  readonly table: string;
  readonly key: string;

  constructor(table: string, key: string, problem: string) {
    super(
      `Item ${key} of table ${table} cannot be read: ${problem}. Correct it, or delete it and let the sweep rebuild what campaigns need.`,
    );
    this.table = table;
    this.key = key;
  }
}

/** @returns the item as the schema reads it, or an error that names table, key and what is wrong. */
export function readItem<Schema extends z.ZodType>(
  schema: Schema,
  table: string,
  item: Record<string, unknown>,
): Result<z.output<Schema>, StoredItemError> {
  const parsed = schema.safeParse(item);
  if (parsed.success) return success(parsed.data);
  return failure(new StoredItemError(table, keyText(item), problemText(parsed.error)));
}

/** @returns the value read. @throws StoredItemError if there is none. */
export function readOrThrow<Value>(reading: Result<Value, StoredItemError>): Value {
  if (reading.ok) return reading.value;
  throw reading.failure;
}

/** @returns the values that could be read; each item that could not is told to `onBrokenItem`, so that it hides none of the others. */
export function readable<Value>(readings: readonly Result<Value, StoredItemError>[], onBrokenItem: OnBrokenItem): readonly Value[] {
  return readings.flatMap((reading) => {
    if (reading.ok) return [reading.value];
    onBrokenItem(reading.failure.message);
    return [];
  });
}

/** @returns the item's key as people write it down: `1003 / TARGET#coupon#7`. */
export function keyText(item: Record<string, unknown>): string {
  return `${String(item["pk"])} / ${String(item["sk"])}`;
}
