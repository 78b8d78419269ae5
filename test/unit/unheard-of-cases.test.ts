import { describe, expect, it } from "vitest";
import { policyFor } from "../../lib/domain/failures/failure-policy.ts";
import { valueAsked } from "../../lib/domain/layers/claims.ts";
import { reasonOf } from "../../lib/domain/ledger/reasons.ts";
import { assertNever } from "../../lib/domain/result.ts";
import { createRounds } from "../../lib/domain/windows/repeat-rounds.ts";

/** What the compiler refuses may still have been written by a later version and read back. */
function unheardOf(value: object | string): never {
  return value as never;
}

describe("a case that this version has never heard of is an error rather than taken for another", () => {
  it.each<[string, () => unknown, string]>([
    ["a failure", () => policyFor(unheardOf({ kind: "new" }), 0), '{"kind":"new"}'],
    ["an ask", () => valueAsked(unheardOf({ kind: "promotion", form: "new" }), "group:1"), '{"kind":"promotion","form":"new"}'],
    ["a cell's rule", () => reasonOf(unheardOf({ rule: "new" }), []), '"new"'],
    ["a frequency", () => createRounds(unheardOf({ frequency: "HOURLY", interval: 1 }), 0), '"HOURLY"'],
    ["anything", () => assertNever(unheardOf("x")), '"x"'],
  ])("%s", (_what, ask, told) => {
    expect(ask).toThrow(new TypeError(`unreachable case: ${told}`));
  });
});
