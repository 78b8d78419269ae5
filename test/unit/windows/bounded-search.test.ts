import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { checkWindowRule } from "../../../lib/domain/windows/check-window-rule.ts";
import type { WindowRule } from "../../../lib/domain/windows/window-rule.ts";
import { type Answers, HOARD, type Question } from "./bounded-search-questions.ts";
import { at, ruleOf, windowOf } from "./rules.ts";

/** What the search may keep in all, in megabytes: Node alone takes a dozen. A process that wants more is ended. */
const MOST_MEMORY = 48;
/** None of these takes ten seconds here, even beside other work, and a search without bounds takes for ever. */
const TIME_OUT = 120_000;
const EVERY_FIVE_MINUTES = `BYHOUR=${Array.from({ length: 24 }, (_, hour) => hour).join(",")};BYMINUTE=${Array.from({ length: 12 }, (_, part) => part * 5).join(",")}`;

let worker: ChildProcess | undefined;

afterAll(() => {
  worker?.kill();
});

/** A process rather than a thread: V8 at times ends the whole process, these tests with it, when a thread's memory is used up. */
function startWorker(): ChildProcess {
  return fork(fileURLToPath(new URL("./bounded-search-worker.ts", import.meta.url)), {
    execArgv: [`--max-old-space-size=${MOST_MEMORY}`],
    serialization: "advanced",
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
}

/** Everything asked in a process that is ended if it keeps too much. */
async function ask(rule: WindowRule, instant: string): Promise<Answers> {
  return send({ rule, at: at(instant) });
}

async function send(message: Question | typeof HOARD): Promise<Answers> {
  worker ??= startWorker();
  const asked = worker;
  return new Promise((resolve, reject) => {
    const ended = (code: number | null, signal: string | null) => {
      worker = undefined;
      reject(new Error(`the worker ended before it answered: ${signal ?? code}`));
    };
    asked.once("exit", ended);
    asked.once("message", (answers) => {
      asked.off("exit", ended);
      resolve(answers as Answers);
    });
    asked.send(message);
  });
}

/** From nine to ten on the wall of UTC. */
function hourly(date: string, repeat: string, except: readonly string[] = []): WindowRule {
  return ruleOf(`${date}T09:00`, `${date}T10:00`, { timeZone: "UTC", repeat, except });
}

function datesFrom(year: number, number: number): readonly string[] {
  return Array.from({ length: number }, (_, day) => new Date(Date.UTC(year, 0, 1 + day)).toISOString().slice(0, 10));
}

describe("rules that never match are told so, and have no boundary", () => {
  it.each([
    ["30 February, asked day by day", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"],
    ["30 February, asked month by month", "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30"],
    ["30 February, asked year by year", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"],
    ["31 February", "FREQ=YEARLY;BYMONTHDAY=31;BYMONTH=2"],
    ["31 February every ten thousand days", "FREQ=DAILY;INTERVAL=10000;BYMONTHDAY=31;BYMONTH=2"],
    ["a Monday, every seventh day from a Thursday", "FREQ=DAILY;INTERVAL=7;BYDAY=MO"],
    ["a leap day in odd years", "FREQ=YEARLY;INTERVAL=2;BYYEARDAY=366"],
    ["a sixth Monday of a month", "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6"],
    ["the second of one time a day", "FREQ=DAILY;BYHOUR=9;BYSETPOS=2"],
    ["the second Monday of a week", "FREQ=WEEKLY;BYDAY=MO;BYSETPOS=2"],
    ["a thousand times the second Monday of a week", "FREQ=WEEKLY;COUNT=1000;BYDAY=MO;BYSETPOS=2"],
    ["a 54th Monday of a year", "FREQ=YEARLY;BYDAY=MO;BYSETPOS=54"],
    ["a Tuesday every seventh day from a Thursday, in February", "FREQ=DAILY;INTERVAL=7;BYDAY=TU;BYMONTH=2"],
    ["a date that every 5,000th day never is", "FREQ=DAILY;INTERVAL=5000;BYMONTH=2;BYMONTHDAY=29;BYDAY=FR"],
    ["30 February at every five minutes of the day", `FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30;${EVERY_FIVE_MINUTES}`],
    ["a thousand times 30 February", "FREQ=DAILY;COUNT=1000;BYMONTH=2;BYMONTHDAY=30"],
    ["UNTIL before the start", "FREQ=DAILY;UNTIL=20200101"],
  ])(
    "%s",
    async (_name, repeat) => {
      const answers = await ask(hourly("2025-01-02", repeat), "2026-06-01T00:00Z");

      expect(answers).toEqual({ badFields: ["repeat"], change: undefined, active: undefined, ended: undefined, first: undefined });
    },
    TIME_OUT,
  );

  it(
    "a window that daylight saving leaves without length, year after year",
    async () => {
      const rule = ruleOf("2024-03-10T02:30", "2024-03-10T03:00", { repeat: "FREQ=YEARLY;BYMONTH=3;BYDAY=2SU" });

      const answers = await ask(rule, "2026-06-01T00:00Z");

      expect(answers).toEqual({ badFields: ["repeat"], change: undefined, active: undefined, ended: undefined, first: undefined });
    },
    TIME_OUT,
  );
});

describe("rules that match rarely, or end", () => {
  it.each([
    ["29 February, over a century without", "2024-02-29", "FREQ=YEARLY", "2096-03-01T00:00Z", "2104-02-29T09:00Z", "2096-02-29T10:00Z"],
    ["29 February at the end of time", "2024-02-29", "FREQ=YEARLY", "9992-03-01T00:00Z", "9996-02-29T09:00Z", "9992-02-29T10:00Z"],
    ["the last 29 February", "2024-02-29", "FREQ=YEARLY", "9996-03-01T00:00Z", undefined, "9996-02-29T10:00Z"],
    [
      "29 February, day by day",
      "2024-02-29",
      "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29",
      "2096-03-01T00:00Z",
      "2104-02-29T09:00Z",
      "2096-02-29T10:00Z",
    ],
    [
      "a Monday that is a 29 February, forty years on",
      "2072-02-29",
      "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO",
      "2072-03-01T00:00Z",
      "2112-02-29T09:00Z",
      "2072-02-29T10:00Z",
    ],
    ["every ten thousand weeks", "2026-01-01", "FREQ=WEEKLY;INTERVAL=10000", "2026-01-02T00:00Z", "2217-08-28T09:00Z", "2026-01-01T10:00Z"],
    ["every ten thousand years", "2026-01-01", "FREQ=YEARLY;INTERVAL=10000", "2026-01-02T00:00Z", undefined, "2026-01-01T10:00Z"],
    ["a thousand days that are over", "1900-01-01", "FREQ=DAILY;COUNT=1000", "2026-01-02T00:00Z", undefined, "1902-09-27T10:00Z"],
    ["a thousand leap days", "2024-02-29", "FREQ=YEARLY;COUNT=1000", "2026-01-02T00:00Z", "2028-02-29T09:00Z", "2024-02-29T10:00Z"],
    ["every day since 1900", "1900-01-01", "FREQ=DAILY", "2026-01-02T00:00Z", "2026-01-02T09:00Z", "2026-01-01T10:00Z"],
    ["every day since the year 1", "0001-01-01", "FREQ=DAILY", "2026-01-02T00:00Z", "2026-01-02T09:00Z", "2026-01-01T10:00Z"],
    ["every day, asked in the year 9000", "1900-01-01", "FREQ=DAILY", "9000-01-01T00:00Z", "9000-01-01T09:00Z", "8999-12-31T10:00Z"],
    ["every day of the last week there is", "9999-12-25", "FREQ=DAILY", "9999-12-31T09:00Z", "9999-12-31T10:00Z", "9999-12-30T10:00Z"],
    ["a year before there is one", "9999-12-25", "FREQ=DAILY", "2026-01-01T00:00Z", "9999-12-25T09:00Z", undefined],
  ])(
    "%s",
    async (_name, date, repeat, when, change, ended) => {
      const answers = await ask(hourly(date, repeat), when);

      expect(answers.badFields).toEqual([]);
      expect(answers.change).toBe(change === undefined ? undefined : at(change));
      expect(answers.ended).toBe(ended === undefined ? undefined : at(ended));
    },
    TIME_OUT,
  );
});

/** The last of the rules' dates were worked out by python-dateutil, those of DAILY with the FREQ=YEARLY that says the same. */
describe("COUNT is counted to its end, however long that takes", () => {
  it.each([
    ["leap days, day by day", "2024-02-29", "FREQ=DAILY;COUNT=1000;BYMONTH=2;BYMONTHDAY=29", "6144-02-29T10:00Z"],
    ["Christmas, day by day", "2025-12-25", "FREQ=DAILY;COUNT=1000;BYMONTH=12;BYMONTHDAY=25", "3024-12-25T10:00Z"],
    ["leap days, month by month", "2024-02-29", "FREQ=MONTHLY;COUNT=1000;BYMONTH=2;BYMONTHDAY=29", "6144-02-29T10:00Z"],
    ["Mondays that are leap days", "2024-02-29", "FREQ=MONTHLY;COUNT=200;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO", "7368-02-29T10:00Z"],
    ["more leap days than there are", "2024-02-29", "FREQ=DAILY;COUNT=1000;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO", "9988-02-29T10:00Z"],
  ])(
    "%s",
    async (_name, date, repeat, ended) => {
      const answers = await ask(hourly(date, repeat), "9999-06-01T00:00Z");

      expect(answers.badFields).toEqual([]);
      expect(answers.ended).toBe(at(ended));
      expect(answers.change).toBeUndefined();
    },
    TIME_OUT,
  );
});

describe("a date is found however far off it is", () => {
  it.each([
    [
      "232 years of every third day",
      "2044-02-29",
      "FREQ=DAILY;INTERVAL=3;BYMONTH=2;BYMONTHDAY=29;BYDAY=MO",
      "2072-03-01T00:00Z",
      "2304-02-29T09:00Z",
    ],
    [
      "7,160 years of every 79th day",
      "2024-02-29",
      "FREQ=DAILY;INTERVAL=79;BYMONTH=2;BYMONTHDAY=29;BYDAY=TH",
      "2616-03-01T00:00Z",
      "9776-02-29T09:00Z",
    ],
  ])(
    "%s",
    async (_name, date, repeat, when, change) => {
      const answers = await ask(hourly(date, repeat), when);

      expect(answers.badFields).toEqual([]);
      expect(answers.change).toBe(at(change));
    },
    TIME_OUT,
  );

  it(
    "hundreds of excepted leap days in a row are passed over",
    async () => {
      const leapDays = Array.from({ length: 2_400 / 4 }, (_, index) => 2_000 + index * 4)
        .filter((year) => year % 100 !== 0 || year % 400 === 0)
        .map((year) => `${year}-02-29`);

      const answers = await ask(hourly("2000-02-29", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=29", leapDays), "2026-06-01T00:00Z");

      expect(leapDays).toHaveLength(582);
      expect(answers.badFields).toEqual([]);
      expect(answers.change).toBe(at("4400-02-29T09:00Z"));
    },
    TIME_OUT,
  );
});

describe("rules with very much in them", () => {
  it(
    "every five minutes of every day of a year",
    async () => {
      const repeat = `FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU;${EVERY_FIVE_MINUTES}`;
      const rule = ruleOf("0001-01-01T00:00", "0001-01-01T00:03", { timeZone: "UTC", repeat });

      const answers = await ask(rule, "2026-06-01T00:01Z");

      const active = windowOf("2026-06-01T00:00Z", "2026-06-01T00:03Z");
      expect(answers).toEqual({ badFields: [], change: active.endsAt, active, ended: at("2026-05-31T23:58Z"), first: active });
    },
    TIME_OUT,
  );

  it(
    "every five minutes for ever since 1900",
    async () => {
      const rule = ruleOf("1900-01-01T00:00", "1900-01-01T00:03", { timeZone: "UTC", repeat: `FREQ=DAILY;${EVERY_FIVE_MINUTES}` });

      const answers = await ask(rule, "2026-06-01T00:01Z");

      const active = windowOf("2026-06-01T00:00Z", "2026-06-01T00:03Z");
      expect(answers).toEqual({ badFields: [], change: active.endsAt, active, ended: at("2026-05-31T23:58Z"), first: active });
    },
    TIME_OUT,
  );

  it(
    "daily windows of a thousand years, 365,242 of them open at once",
    async () => {
      const rule = ruleOf("1900-01-01T00:00", "2900-01-01T00:00", { timeZone: "UTC", repeat: "FREQ=DAILY" });

      const answers = await ask(rule, "3026-06-01T12:00Z");

      expect(answers.active?.startsAt).toBe(at("3026-06-01T00:00Z"));
      expect(answers.change).toBe(at("3026-06-02T00:00Z"));
      expect(answers.ended).toBe(at("3026-06-01T00:00Z"));
    },
    TIME_OUT,
  );

  it(
    "a thousand excepted dates in a row are passed over",
    async () => {
      const answers = await ask(hourly("2026-01-01", "FREQ=DAILY", datesFrom(2026, 1_000)), "2026-06-01T00:00Z");

      expect(answers.badFields).toEqual([]);
      expect(answers.change).toBe(at("2028-09-27T09:00Z"));
    },
    TIME_OUT,
  );

  it(
    "five thousand are refused, and would be passed over",
    async () => {
      const answers = await ask(hourly("2026-01-01", "FREQ=DAILY", datesFrom(2026, 5_000)), "2026-06-01T00:00Z");

      expect(answers.badFields).toEqual(["except"]);
      expect(answers.change).toBe(at("2039-09-10T09:00Z"));
    },
    TIME_OUT,
  );

  it.each([
    ["COUNT", "FREQ=DAILY;COUNT=10000"],
    ["INTERVAL", "FREQ=DAILY;INTERVAL=10001"],
    ["windows a day", `FREQ=DAILY;${EVERY_FIVE_MINUTES};BYSECOND=0,30`],
  ])("too large a number of %s is refused", (_name, repeat) => {
    const { problems } = checkWindowRule(hourly("2026-01-01", repeat));

    expect(problems.map(({ field }) => field)).toEqual(["repeat"]);
  });
});

it(
  "a search that keeps more and more is ended, so that those above are known not to",
  async () => {
    await expect(send(HOARD)).rejects.toThrow("SIGABRT");
  },
  TIME_OUT,
);
