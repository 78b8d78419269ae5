import type { AlarmKind } from "./alarm-kinds.ts";

/** For so many minutes after the last sign of trouble an alarm stays on, as the stack defines it (a test compares the two). */
export const LOOKS_BACK_MINUTES: Readonly<Record<AlarmKind, 5 | 15 | 90>> = {
  "tick-silent": 5,
  "switch-late": 15,
  "switches-failing": 90,
  "windows-missed": 15,
  "token-dead": 90,
  "targets-blocked": 90,
  "trouble-ahead": 90,
  "records-invalid": 90,
  "dead-letters": 5,
  "functions-failing": 90,
  "functions-throttled": 15,
  "functions-slow": 90,
  "ecwid-throttling": 90,
};

const WORDS = {
  5: "within minutes of its being mended",
  15: "a quarter of an hour after the last sign of trouble",
  90: "only an hour and a half after the last sign of trouble",
};

/** @returns when an alarm ends, in words that follow "The alarm ends": what stands is noticed once an hour, so that it lasts as long as the trouble. */
export function endOfAlarm(kind: AlarmKind): string {
  // What it looks at is the queues themselves, not what filled them.
  return kind === "dead-letters" ? "within minutes of both queues being empty" : WORDS[LOOKS_BACK_MINUTES[kind]];
}
