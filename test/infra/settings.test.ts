import { describe, expect, it } from "vitest";
import { readSettings } from "../../infra/settings.ts";

const read = (context: Readonly<Record<string, unknown>>) => readSettings((name) => context[name]);

describe("a deployment's settings", () => {
  it("are plain Doorman with a month of logs where nothing is chosen", () => {
    expect(read({})).toEqual({
      stackName: "Doorman",
      logRetention: 30,
      alertEmails: [],
      contact: undefined,
      alertKeyArn: undefined,
      memoryMiB: undefined,
      queues: 1,
      maxConcurrency: undefined,
      pollers: undefined,
      warmThroughput: undefined,
      shadow: false,
      ecwidApiUrl: undefined,
      logLevel: undefined,
    });
  });

  it("hold pollers ready, but not beside a limit of their workers", () => {
    expect(read({ pollers: "100" }).pollers).toBe(100);
    expect(() => read({ pollers: "100", maxConcurrency: "50" })).toThrow(
      "The CDK context is wrong (cdk.json, or -c name=value):\n- pollers and maxConcurrency are both chosen; AWS takes one of the two: leave out maxConcurrency where pollers are to be held ready.",
    );
  });

  it("share workers and pollers out over queues", () => {
    expect(read({ queues: "6", pollers: "600" })).toMatchObject({ queues: 6, pollers: 600 });
    expect(read({ queues: 2, maxConcurrency: 2000 })).toMatchObject({ queues: 2, maxConcurrency: 2000 });
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

  it("take one address for alerts or several, and a word for a switch", () => {
    expect(read({ alertEmail: "ops@example.com" }).alertEmails).toEqual(["ops@example.com"]);
    expect(read({ alertEmail: "ops@example.com, ana@example.com" }).alertEmails).toEqual(["ops@example.com", "ana@example.com"]);
    expect(read({ alertEmail: ["ops@example.com"], shadow: "true" })).toMatchObject({ alertEmails: ["ops@example.com"], shadow: true });
    expect(read({ shadow: false }).shadow).toBe(false);
  });

  it("take whom to turn to in anybody's own words, on one line", () => {
    expect(read({ contact: " shop-tech@agency.example, +49 30 1234567 " }).contact).toBe("shop-tech@agency.example, +49 30 1234567");
  });

  it("warm reads and writes together, at least by what every table is ready for", () => {
    expect(read({ warmReads: "40000" }).warmThroughput).toEqual({ readUnitsPerSecond: 40_000, writeUnitsPerSecond: 4_000 });
    expect(read({ warmWrites: 8000 }).warmThroughput).toEqual({ readUnitsPerSecond: 12_000, writeUnitsPerSecond: 8_000 });
  });

  it.each([
    [{ stage: "a b" }, 'stage is "a b"; write letters, digits and hyphens, beginning with a letter and at most 20 long, such as test.'],
    [
      { stackName: "7" },
      'stackName is "7"; write letters, digits and hyphens, beginning with a letter and at most 60 long, such as Doorman.',
    ],
    [{ logRetentionDays: "31" }, 'logRetentionDays is "31"; write a number of days that CloudWatch Logs knows, such as 7, 30, 90 or 365.'],
    [{ alertEmail: "ops, ana" }, 'alertEmail is "ops, ana"; write one e-mail address, or several with commas between them.'],
    [{ alertEmail: "" }, 'alertEmail is ""; write one e-mail address, or several with commas between them.'],
    ...["", "two\nlines", "x".repeat(121)].map((contact): [Record<string, string>, string] => [
      { contact },
      `contact is ${JSON.stringify(contact)}; write on one line, in 1 to 120 characters, whom to call or write to, such as shop-tech@agency.example, +49 30 1234567.`,
    ]),
    [
      { alertKeyArn: "alias/aws/sns" },
      'alertKeyArn is "alias/aws/sns"; write the ARN of a KMS key, such as arn:aws:kms:eu-central-1:111122223333:key/1234abcd.',
    ],
    [{ memoryMiB: "64" }, 'memoryMiB is "64"; write the memory of each function in MiB, a whole number from 128 to 10240.'],
    [{ memoryMiB: "much" }, 'memoryMiB is "much"; write the memory of each function in MiB, a whole number from 128 to 10240.'],
    [{ maxConcurrency: "1" }, 'maxConcurrency is "1"; write the most stores that are worked at a time, a whole number from 2 to 6000.'],
    [
      { pollers: "1201" },
      'pollers is "1201"; write how many pollers are held ready, each for ten stores at a time, a whole number from 2 to 1200.',
    ],
    [
      { pollers: "201" },
      "pollers is 201 for one queue; AWS gives each queue 2 to 200, so write 2 to 200, or choose another number of queues.",
    ],
    [
      { queues: "3", maxConcurrency: "4" },
      "maxConcurrency is 4 for 3 queues; AWS gives each queue 2 to 1000, so write 6 to 3000, or choose another number of queues.",
    ],
    [
      { queues: "6", pollers: "3", maxConcurrency: "3" },
      [
        "pollers and maxConcurrency are both chosen; AWS takes one of the two: leave out maxConcurrency where pollers are to be held ready.",
        "maxConcurrency is 3 for 6 queues; AWS gives each queue 2 to 1000, so write 12 to 6000, or choose another number of queues.",
        "pollers is 3 for 6 queues; AWS gives each queue 2 to 200, so write 12 to 1200, or choose another number of queues.",
      ].join("\n- "),
    ],
    [{ queues: "7" }, 'queues is "7"; write how many queues the stores are shared out over, a whole number from 1 to 6.'],
    [
      { warmReads: "100" },
      'warmReads is "100"; write how many reads a second tables and index are to be ready for, a whole number from 12000 to 1000000.',
    ],
    [{ shadow: "perhaps" }, 'shadow is "perhaps"; write true or false.'],
    [{ ecwidApiUrl: "ecwid" }, `ecwidApiUrl is "ecwid"; write the base URL of Ecwid's API, such as https://app.ecwid.com/api/v3.`],
    [{ logLevel: "LOUD" }, 'logLevel is "LOUD"; write one of DEBUG, INFO, WARN, ERROR.'],
  ])("are refused in one clear sentence: %o", (context, sentence) => {
    expect(() => read(context)).toThrow(`The CDK context is wrong (cdk.json, or -c name=value):\n- ${sentence}`);
  });

  it("refuse what is wrong, all of it in one message, with the value", () => {
    const wrong = { stage: "a b", maxConcurrency: "1", logRetentionDays: "31", logLevel: "LOUD" };

    expect(() => read(wrong)).toThrow(/stage is "a b".*\n.*logRetentionDays is "31".*\n.*maxConcurrency is "1".*\n.*logLevel is "LOUD"/);
  });
});
