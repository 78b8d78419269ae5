import { RRuleTemporal } from "rrule-temporal";
import { DAY, HOUR, type Instant, instant, MINUTE, parseInstant, plus } from "../../../lib/domain/instant.ts";
import { nextChange } from "../../../lib/domain/windows/next-change.ts";
import { timetableOf } from "../../../lib/domain/windows/timetable.ts";
import { wallClockText } from "../../../lib/domain/windows/wall-clock.ts";
import type { WindowRule } from "../../../lib/domain/windows/window-rule.ts";
import { createRandom } from "../../simulation/world/random.ts";
import { spend } from "../worker/spending.ts";

// The next boundary of rules of one kind, in a process of its own: of rules never seen before, of one that is walked along, and both by rrule-temporal.

/** Microseconds of processor for one answer. */
export interface BoundaryFigures {
  readonly fresh: number;
  readonly walked: number;
  readonly paged: number;
  readonly rivalFresh: number;
  readonly rivalWalked: number;
}

export interface BoundaryOrder {
  readonly repeat: string;
  readonly asked: number;
}

const ZONE = "America/New_York";
const FROM = parseInstant("2026-01-05T00:00Z");
const LENGTH_MS = 2 * HOUR;

/** A rule that starts at a minute of its own, so that nothing known of another helps. */
function ruleOf(repeat: string, n: number): WindowRule {
  const start = FROM + (n % 1_000) * MINUTE;
  const moment = (at: number) => ({ kind: "local", dateTime: wallClockText(at) }) as const;
  return { start: moment(start), end: moment(start + LENGTH_MS), timeZone: ZONE, repeat, except: [] };
}

function rivalOf({ start, repeat }: WindowRule): RRuleTemporal {
  if (start.kind !== "local") throw new TypeError("a rule of the bench starts on the wall");
  const from = `${start.dateTime.replaceAll(/[-:]/g, "")}00`;
  return new RRuleTemporal({ rruleString: `DTSTART;TZID=${ZONE}:${from}\nRRULE:${repeat}` });
}

async function microseconds(count: number, ask: (n: number) => unknown): Promise<number> {
  const some = Math.ceil(count / 5);
  for (let n = 0; n < some; n += 1) ask(n);
  const { cpuMs } = await spend(count, async () => {
    for (let n = 0; n < count; n += 1) ask(some + n);
  });
  return (cpuMs * 1_000) / count;
}

async function measure({ repeat, asked }: BoundaryOrder): Promise<BoundaryFigures> {
  const random = createRandom(1);
  const moments = Array.from({ length: asked * 2 }, () => plus(FROM, random.whole(0, 2 * 365) * DAY + random.whole(0, DAY)));
  const momentOf = (n: number): Instant => moments[n % moments.length] ?? FROM;
  const fresh = await microseconds(asked, (n) => nextChange(ruleOf(repeat, n), momentOf(n)));
  const rule = ruleOf(repeat, 7);
  const walk = (next: (after: Instant) => Instant | undefined) => {
    let at = FROM;
    return () => {
      at = next(at) ?? FROM;
      if (at > FROM + 700 * DAY && !repeat.includes("YEARLY")) at = FROM;
    };
  };
  const walked = await microseconds(
    asked,
    walk((after) => nextChange(rule, after)),
  );
  const paged = await microseconds(
    asked,
    walk((after) => timetableOf(rule).changeAfter(after)),
  );
  const few = Math.ceil(asked / 20);
  const rivalFresh = await microseconds(few, (n) => rivalOf(ruleOf(repeat, n)).next(new Date(momentOf(n))));
  const rival = rivalOf(rule);
  const rivalWalked = await microseconds(
    few,
    walk((after) => {
      const found = rival.next(new Date(after));
      return found === null || found === undefined ? undefined : instant(found.epochMilliseconds);
    }),
  );
  return { fresh, walked, paged, rivalFresh, rivalWalked };
}

process.once("message", (order: BoundaryOrder) => void measure(order).then((figures) => process.send?.(figures)));
