import { describe, expect, it } from "vitest";
import { capacityOf, itemBytes } from "../../bench/costs/measure/capacity.ts";

const put = { operation: "PutItem", isConsistent: false };
const due = (dueAt: string) => ({ pk: { S: "1003" }, dueShard: { N: "4" }, dueAt: { S: dueAt } });

describe("what DynamoDB bills of a call", () => {
  it("takes the embedded database's word for a read and for a table's write", () => {
    expect(capacityOf({ operation: "GetItem", isConsistent: true, reported: 2 })).toEqual({ reads: 2, writes: 0, indexWrites: 0 });
    expect(capacityOf({ ...put, reported: 3 })).toEqual({ reads: 0, writes: 3, indexWrites: 0 });
  });

  it.each([
    { isConsistent: true, reported: 0, reads: 1 },
    { isConsistent: false, reported: 0, reads: 0.5 },
    { isConsistent: false, reported: 2.5, reads: 2.5 },
  ])("bills a query as $reads where $reported is reported (consistent: $isConsistent)", ({ isConsistent, reported, reads }) => {
    expect(capacityOf({ operation: "Query", isConsistent, reported }).reads).toBe(reads);
  });

  it.each([
    { change: "comes in", before: undefined, after: due("10"), indexWrites: 1 },
    { change: "goes out", before: due("10"), after: { pk: { S: "1003" } }, indexWrites: 1 },
    { change: "moves", before: due("10"), after: due("11"), indexWrites: 2 },
    { change: "stays", before: due("10"), after: due("10"), indexWrites: 0 },
  ])("bills an entry of the index that $change as $indexWrites", ({ before, after, indexWrites }) => {
    expect(capacityOf({ ...put, reported: 1, before, after }).indexWrites).toBe(indexWrites);
  });

  it("bills a write that was refused as one of the item that is there", () => {
    const before = { note: { S: "x".repeat(1_500) } };

    expect(capacityOf({ ...put, reported: undefined, before, after: before })).toEqual({ reads: 0, writes: 2, indexWrites: 0 });
    expect(capacityOf({ ...put, reported: undefined }).writes).toBe(1);
  });

  it("refuses a call that nobody has said the price of", () => {
    expect(() => capacityOf({ operation: "TransactWriteItems", isConsistent: false, reported: 1 })).toThrow("TransactWriteItems");
  });
});

it("an item is as large as its names and values, in bytes", () => {
  const item = { name: { S: "Zoë" }, count: { N: "1234" }, list: { L: [{ S: "ab" }, { BOOL: true }] }, map: { M: { a: { NULL: true } } } };

  expect(itemBytes(item)).toBe(4 + 4 + (5 + 3) + (4 + 3 + 3 + 2) + (3 + 3 + 1 + 1 + 1));
});
