import { describe, expect, it } from "vitest";
import { readRetryAfter } from "../../../lib/adapters/ecwid/retry-after.ts";
import { parseInstant } from "../../../lib/domain/instant.ts";

const NOW = parseInstant("2026-11-27T05:00:00Z");

describe("Retry-After", () => {
  it.each([
    ["seconds", "120", 120_000],
    ["seconds with spaces around", " 7 ", 7_000],
    ["a fraction of seconds", "1.5", 1_500],
    ["more than a minute, which is obeyed", "86400", 86_400_000],
    ["more than a year, which is not", "999999999999", 366 * 86_400_000],
    ["nothing, as at least a second", "0", 1_000],
    ["an HTTP date", "Fri, 27 Nov 2026 05:02:00 GMT", 120_000],
    ["an HTTP date that has passed", "Fri, 27 Nov 2026 04:00:00 GMT", 1_000],
    ["an HTTP date that does not exist", "Fri, 31 Feb 2026 04:00:00 GMT", 10_000],
    ["an unknown month", "Fri, 27 Foo 2026 04:00:00 GMT", 10_000],
    ["nonsense", "soon", 10_000],
    ["a negative number", "-5", 10_000],
    ["an empty text", "", 10_000],
  ])("is read as %s", (_case, header, milliseconds) => {
    expect(readRetryAfter(header, NOW)).toBe(milliseconds);
  });

  it("is undefined where there is none", () => {
    expect(readRetryAfter(null, NOW)).toBeUndefined();
  });
});
