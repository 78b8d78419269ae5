import { describe, expect, it } from "vitest";
import { resourcesOf, synthesise } from "./synthesis.ts";

/** @returns every name that the template fixes and that has to be unique in an account and region: `AWS::SQS::Queue Doorman-stores.fifo`. */
function fixedNames(context: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.values(resourcesOf(synthesise(context))).flatMap(({ Type, Properties }) =>
    Object.entries(Properties)
      .filter(([property, value]) => /Name$/.test(property) && property !== "DisplayName" && typeof value === "string")
      .map(([, value]) => `${Type} ${String(value)}`),
  );
}

describe("two stages in one account", () => {
  it("fix no name that both would want", () => {
    const [test, live] = [fixedNames({ stage: "test" }), fixedNames({})];

    expect(test.filter((name) => live.includes(name))).toEqual([]);
    expect(test).toContain("AWS::SQS::Queue Doorman-test-stores.fifo");
    expect(test).toHaveLength(live.length);
  });

  it("name everything that has a fixed name after the stack", () => {
    for (const name of fixedNames({ stage: "test" })) expect(name).toMatch(/ Doorman-test(?:[-/]|$)/);
  });
});
