import * as z from "zod";
import { type Instant, isInstantText, parseInstant } from "../../domain/instant.ts";
import { failure, type Result, success } from "../../domain/result.ts";
import { type AlarmKind, alarmKindOf } from "../alarms/alarm-kinds.ts";
import { problemText } from "../messages/problem-text.ts";

/** One change of one of this deployment's alarms. */
export interface AlarmChange {
  readonly kind: AlarmKind;
  /** `unknown`: CloudWatch has no data, which says neither. */
  readonly alarm: "on" | "off" | "unknown";
  readonly at: Instant;
}

const instantText = z.string().refine(isInstantText, "is not an ISO 8601 instant");

/**
 * As much as there is a use for of the event that CloudWatch sends to EventBridge when an alarm changes
 * (https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html; read 2026-11-22).
 */
const stateChange = z.object({
  source: z.literal("aws.cloudwatch", "is not aws.cloudwatch"),
  "detail-type": z.literal("CloudWatch Alarm State Change", "is not CloudWatch Alarm State Change"),
  detail: z.object({
    alarmName: z.string(),
    state: z.object({ value: z.enum(["ALARM", "OK", "INSUFFICIENT_DATA"], "is no state of an alarm"), timestamp: instantText }),
  }),
});

const STATES = { ALARM: "on", OK: "off", INSUFFICIENT_DATA: "unknown" } as const;

/**
 * @param deployment the stack's name, with which its alarms' names begin.
 * @param event whatever the function was called with.
 * @returns the change, or one sentence saying why the event is none (it quotes nothing but an alarm's name).
 */
export function alarmChangeIn(deployment: string, event: unknown): Result<AlarmChange, string> {
  const parsed = stateChange.safeParse(event);
  if (!parsed.success)
    return failure(`It is no change of an alarm (${problemText(parsed.error)}); nothing was done. Find out who calls this function.`);
  const { alarmName, state } = parsed.data.detail;
  const kind = alarmKindOf(deployment, alarmName);
  if (kind === undefined) {
    const name = alarmName.slice(0, 100).replaceAll(/[^\w .-]/g, "?");
    return failure(`The alarm "${name}" is none of ${deployment}'s; nothing was done. Narrow the rule that sent it.`);
  }
  return success({ kind, alarm: STATES[state.value], at: parseInstant(state.timestamp) });
}
