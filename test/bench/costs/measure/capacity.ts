import type { AttributeValue } from "@aws-sdk/client-dynamodb";

/** An item as DynamoDB holds it. */
export type Item = Readonly<Record<string, AttributeValue>>;

/** What DynamoDB bills of one call, in request units. */
export interface Capacity {
  readonly reads: number;
  readonly writes: number;
  readonly indexWrites: number;
}

/** One call, and what the embedded database says of it. */
export interface DatabaseCall {
  /** `GetItem`, `PutItem`, … */
  readonly operation: string;
  readonly isConsistent: boolean;
  /** What the embedded database reports; undefined where the call failed. */
  readonly reported: number | undefined;
  /** The item before and after a write. */
  readonly before?: Item | undefined;
  readonly after?: Item | undefined;
}

const KILOBYTE = 1_024;
const NONE: Capacity = { reads: 0, writes: 0, indexWrites: 0 };

/**
 * The embedded database counts a table's units as DynamoDB does, but leaves out three things, put right here by DynamoDB's documentation: a query or
 * scan that finds nothing is billed as one unit (half if eventually consistent), a write that its condition refuses as a write of the item there, and
 * each change of an index as a write of its own.
 * (docs.aws.amazon.com/amazondynamodb/latest/developerguide/read-write-operations.html, GSI.html)
 */
export function capacityOf({ operation, isConsistent, reported, before, after }: DatabaseCall): Capacity {
  switch (operation) {
    case "GetItem":
      return { ...NONE, reads: reported ?? 0 };
    case "Query":
    case "Scan":
      return { ...NONE, reads: Math.max(reported ?? 0, isConsistent ? 1 : 0.5) };
    case "PutItem":
    case "UpdateItem":
    case "DeleteItem":
      return { ...NONE, writes: reported ?? Math.max(1, Math.ceil(itemBytes(before) / KILOBYTE)), indexWrites: indexWrites(before, after) };
    default:
      throw new TypeError(`nobody has said what ${operation} costs`);
  }
}

/** An entry of the due index holds keys alone, so each change of it is one unit: an entry that moves is taken out and put in. */
function indexWrites(before: Item | undefined, after: Item | undefined): number {
  const [from, to] = [entryOf(before), entryOf(after)];
  if (from === to) return 0;
  return (from === undefined ? 0 : 1) + (to === undefined ? 0 : 1);
}

function entryOf(item: Item | undefined): string | undefined {
  const [shard, dueAt] = [item?.["dueShard"]?.N, item?.["dueAt"]?.S];
  return shard === undefined || dueAt === undefined ? undefined : `${shard} ${dueAt}`;
}

/** @returns an item's size in bytes, as DynamoDB counts it (CapacityUnitCalculations.html); numbers about. */
export function itemBytes(item: Item | undefined): number {
  return Object.entries(item ?? {}).reduce((bytes, [name, value]) => bytes + Buffer.byteLength(name) + valueBytes(value), 0);
}

function valueBytes(value: AttributeValue): number {
  if (value.S !== undefined) return Buffer.byteLength(value.S);
  if (value.N !== undefined) return 1 + Math.ceil(value.N.length / 2);
  if (value.L !== undefined) return 3 + value.L.reduce((bytes, each) => bytes + 1 + valueBytes(each), 0);
  if (value.M !== undefined) return 3 + Object.keys(value.M).length + itemBytes(value.M);
  return 1;
}
