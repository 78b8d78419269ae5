import { instant } from "../../../lib/domain/instant.ts";
import type { Window, WindowRule } from "../../../lib/domain/windows/window-rule.ts";

/** A rule as the authorities are asked it: no type of the code under test, so that they share nothing with it. */
export interface AskedRule {
  readonly zone: string;
  /** `YYYY-MM-DDTHH:MM:SS` on the wall. */
  readonly start: string;
  /** The same; absent where windows have no end. */
  readonly end?: string | undefined;
  readonly repeat?: string | undefined;
  /** `YYYY-MM-DD`. */
  readonly except?: readonly string[] | undefined;
}

/** What an authority says of an instant, all in seconds since 1970-01-01T00:00Z, null where there is none. */
export type Answer = readonly [
  at: number,
  activeStart: number | null,
  activeEnd: number | null,
  nextChange: number | null,
  lastEnd: number | null,
];

/** @returns the rule as the code under test takes it. */
export function windowRuleOf({ zone, start, end, repeat, except = [] }: AskedRule): WindowRule {
  return {
    start: { kind: "local", dateTime: start },
    end: end === undefined ? undefined : { kind: "local", dateTime: end },
    timeZone: zone,
    repeat,
    except,
  };
}

/** @returns the same window in seconds, as answers hold it. */
export function inSeconds(window: Window | undefined): readonly [number | null, number | null] {
  return [seconds(window?.startsAt), seconds(window?.endsAt)];
}

/** @param milliseconds since 1970-01-01T00:00Z. */
export function seconds(milliseconds: number | undefined): number | null {
  return milliseconds === undefined ? null : milliseconds / 1_000;
}

/** @returns the instant of a number of seconds since 1970-01-01T00:00Z. */
export const instantOfSeconds = (at: number) => instant(at * 1_000);
