import type { EventContent } from "./host/rules.ts";

/**
 * @param at ISO 8601 in UTC, with milliseconds.
 * @returns what CloudWatch tells EventBridge when an alarm changes, in the shape of the documentation's example ("Alarm events and EventBridge", single
 *   metric; read 2026-11-22), down to the offset without a colon.
 */
export function alarmChange(arn: string, from: string, to: string, at: string): EventContent {
  const timestamp = at.replace(/Z$/, "+0000");
  const metric = { namespace: "Doorman", name: "TokensDead", dimensions: {} };
  const metrics = [{ id: "30b6c6b2-a864-43a2-4877-c09a1afc3b87", metricStat: { metric, period: 60, stat: "Sum" }, returnData: true }];
  const reason = `Threshold Crossed: 1 datapoint (minimum 1 datapoint for ${from} -> ${to} transition).`;
  return {
    source: "aws.cloudwatch",
    detailType: "CloudWatch Alarm State Change",
    resources: [arn],
    detail: {
      alarmName: arn.split(":").at(-1),
      configuration: { description: "as deployed", metrics },
      previousState: { reason, reasonData: '{"version":"1.0"}', timestamp, value: from },
      state: { reason, reasonData: '{"version":"1.0"}', timestamp, value: to },
    },
  };
}
