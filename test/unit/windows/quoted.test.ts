import { describe, expect, it } from "vitest";
import { quoted } from "../../../lib/domain/windows/quoted.ts";

describe("what a person typed is quoted", () => {
  it.each([
    ["as it is", "Europe/Berlin", '"Europe/Berlin"'],
    ["in whole up to sixty characters", "x".repeat(60), `"${"x".repeat(60)}"`],
    ["shortened beyond that", "x".repeat(61), `"${"x".repeat(60)}…"`],
    ["with what would garble a line of text spelt out", 'a\u200b\u0085\u202e\n"', '"a\\u200b\\u0085\\u202e\\n\\""'],
  ])("%s", (_how, text, shown) => {
    expect(quoted(text)).toBe(shown);
  });
});
