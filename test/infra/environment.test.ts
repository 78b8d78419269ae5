import { describe, expect, it } from "vitest";
import { parseEnvironment as parseCompile } from "../../functions/compile/environment.ts";
import { parseEnvironment as parseDispatch } from "../../functions/dispatch/environment.ts";
import { parseEnvironment as parseReconcile } from "../../functions/reconcile/environment.ts";
import { ConfigurationError } from "../../functions/runtime/configuration.ts";
import { parseEnvironment as parseSweep } from "../../functions/sweep/environment.ts";

const SHARED = { CAMPAIGNS_TABLE: "campaigns", STATE_TABLE: "state", QUEUE_URL: "https://sqs.test/1/stores.fifo", DEPLOYMENT: "Doorman" };
const RECONCILE = { ...SHARED, HISTORY_TABLE: "history", SECRET_PREFIX: "doorman/stores/" };

function problemsOf(parse: () => unknown): readonly string[] {
  try {
    parse();
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    return error instanceof ConfigurationError ? error.problems : [];
  }
  throw new Error("nothing was refused");
}

describe("a function's environment", () => {
  it("is read into plain names, with the rest of the process's variables left out", () => {
    expect(parseCompile({ ...SHARED, PATH: "/bin", LOG_LEVEL: "WARN" })).toEqual({
      campaignsTable: "campaigns",
      stateTable: "state",
      queueUrls: ["https://sqs.test/1/stores.fifo"],
      deployment: "Doorman",
      logLevel: "WARN",
    });
  });

  it("fills in Ecwid's address and the log level", () => {
    expect(parseReconcile(RECONCILE)).toEqual({
      campaignsTable: "campaigns",
      stateTable: "state",
      historyTable: "history",
      queueUrls: ["https://sqs.test/1/stores.fifo"],
      secretPrefix: "doorman/stores/",
      deployment: "Doorman",
      ecwidApiUrl: "https://app.ecwid.com/api/v3",
      logLevel: "INFO",
      mode: "live",
    });
  });

  it("takes the addresses of several queues with commas between, and not a comma alone", () => {
    const both = "https://sqs.test/1/stores.fifo,https://sqs.test/1/stores-2.fifo";

    expect(parseSweep({ ...SHARED, QUEUE_URL: both }).queueUrls).toEqual(both.split(","));
    expect(problemsOf(() => parseSweep({ ...SHARED, QUEUE_URL: " , " }))).toEqual([
      `QUEUE_URL is " , "; set it to the URL of the stores' queue, or of all of them with commas between.`,
    ]);
  });

  it("writes to stores or does not, and takes no other word for either", () => {
    expect(parseReconcile({ ...RECONCILE, MODE: "shadow" }).mode).toBe("shadow");
    expect(problemsOf(() => parseReconcile({ ...RECONCILE, MODE: "Shadow" }))).toEqual([
      'MODE is "Shadow"; set it to live, or to shadow to write nothing to Ecwid.',
    ]);
  });

  it("takes an empty variable for an absent one", () => {
    expect(parseReconcile({ ...RECONCILE, ECWID_API_URL: "", LOG_LEVEL: "" })).toMatchObject({
      ecwidApiUrl: "https://app.ecwid.com/api/v3",
      logLevel: "INFO",
    });
    expect(problemsOf(() => parseSweep({ ...SHARED, QUEUE_URL: "" }))).toEqual([
      "QUEUE_URL is missing; set it to the URL of the stores' queue, or of all of them with commas between.",
    ]);
  });

  it("says all that is wrong at once, and which function cannot start", () => {
    expect(problemsOf(() => parseDispatch({ LOG_LEVEL: "LOUD" }))).toEqual([
      "STATE_TABLE is missing; set it to the name of the state table.",
      "QUEUE_URL is missing; set it to the URL of the stores' queue, or of all of them with commas between.",
      "DEPLOYMENT is missing; set it to the name of the stack, under which metrics are kept.",
      'LOG_LEVEL is "LOUD"; set it to one of DEBUG, INFO, WARN, ERROR.',
    ]);
    expect(() => parseDispatch({})).toThrow(/^The dispatch function cannot start.*\n- STATE_TABLE.*\n- QUEUE_URL/);
  });

  it("tells the tick how many stores are worked at a time, in digits, or nothing", () => {
    const { CAMPAIGNS_TABLE: _none, ...dispatch } = SHARED;

    expect(parseDispatch(dispatch).storesAtOnce).toBeUndefined();
    expect(parseDispatch({ ...dispatch, STORES_AT_ONCE: "1000" }).storesAtOnce).toBe(1_000);
    for (const wrong of ["0", "-5", "1e3", "many"]) {
      expect(problemsOf(() => parseDispatch({ ...dispatch, STORES_AT_ONCE: wrong }))).toEqual([
        `STORES_AT_ONCE is "${wrong}"; set it to the number of stores that are worked at a time, or leave it out.`,
      ]);
    }
  });

  it("refuses a secret prefix that would not stop at the folder", () => {
    expect(problemsOf(() => parseReconcile({ ...RECONCILE, SECRET_PREFIX: "doorman/stores" }))).toEqual([
      'SECRET_PREFIX is "doorman/stores"; it has to end in a slash.',
    ]);
  });

  it.each(["https://app.ecwid.com/api/v3/", "http://localhost:4000/api/v3", "http://127.0.0.1:4000"])("may call %s", (url) => {
    expect(parseReconcile({ ...RECONCILE, ECWID_API_URL: url }).ecwidApiUrl).toBe(url.replace(/\/$/, ""));
  });

  it.each(["http://app.ecwid.com/api/v3", "ftp://localhost", "app.ecwid.com", "http://localhost.example.com"])(
    "may not send tokens to %s",
    (url) => {
      expect(problemsOf(() => parseReconcile({ ...RECONCILE, ECWID_API_URL: url }))).toEqual([
        expect.stringContaining(`ECWID_API_URL is "${url}"; set it to`),
      ]);
    },
  );

  it("keeps a token out of the message where somebody put one into the wrong variable", () => {
    const token = ["secret", "abcDEF123"].join("_");

    expect(problemsOf(() => parseReconcile({ ...RECONCILE, ECWID_API_URL: token }))).toEqual([
      expect.stringMatching(/^ECWID_API_URL is "secret_…"; /),
    ]);
  });
});
