import { describe, expect, it } from "vitest";
import { readSettings } from "../../infra/settings.ts";

const read = (context: Readonly<Record<string, unknown>>) => readSettings((name) => context[name]);

describe("a deployment's settings", () => {
  it("are plain Doorman with a month of logs where nothing is chosen", () => {
    expect(read({})).toEqual({
      stackName: "Doorman",
      logRetention: 30,
      maxConcurrency: undefined,
      ecwidApiUrl: undefined,
      logLevel: undefined,
    });
  });

  it("put the stage behind the name", () => {
    expect(read({ stage: "test" }).stackName).toBe("Doorman-test");
  });

  it("prefer a name that was given", () => {
    expect(read({ stage: "test", stackName: "Coupons" }).stackName).toBe("Coupons");
  });

  it("read numbers as the command line hands them over, as text", () => {
    expect(read({ maxConcurrency: "50", logRetentionDays: "365" })).toMatchObject({ maxConcurrency: 50, logRetention: 365 });
  });

  it("refuse what is wrong, all of it in one message, with the value", () => {
    const wrong = { stage: "a b", maxConcurrency: "1", logRetentionDays: "31", logLevel: "LOUD" };

    expect(() => read(wrong)).toThrow(/stage is "a b".*\n.*logRetentionDays is "31".*\n.*maxConcurrency is "1".*\n.*logLevel is "LOUD"/);
  });
});
