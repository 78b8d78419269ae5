/**
 * What can be wrong with a deployment, one alarm each: the stack defines an alarm for every kind, the runbook has a section for it under the same name,
 * and `follow-up` knows by it what to look for.
 */
export const ALARM_KINDS = [
  "tick-silent",
  "switch-late",
  "switches-failing",
  "windows-missed",
  "token-dead",
  "targets-blocked",
  "trouble-ahead",
  "records-invalid",
  "dead-letters",
  "functions-failing",
  "functions-throttled",
  "functions-slow",
  "ecwid-throttling",
] as const;

export type AlarmKind = (typeof ALARM_KINDS)[number];

/** @param deployment the stack's name, which keeps two stages in one account apart. @returns the alarm's name in CloudWatch. */
export function alarmName(deployment: string, kind: AlarmKind): string {
  return `${deployment}-${kind}`;
}

/** @returns which kind an alarm is of, or undefined if it is not one of this deployment's. */
export function alarmKindOf(deployment: string, name: string): AlarmKind | undefined {
  return ALARM_KINDS.find((kind) => alarmName(deployment, kind) === name);
}
