import { type AlarmKind, alarmName } from "../../lib/application/alarms/alarm-kinds.ts";
import { type FollowUpDependencies, followUp, settle } from "../../lib/application/follow-up/follow-up.ts";
import type { Notice } from "../../lib/application/ports/notices.ts";
import { formatInstant, type Instant, plus, SECOND } from "../../lib/domain/instant.ts";
import type { World } from "./world.ts";

const FOLLOW_UP_MS = 120 * SECOND;

/** As the event writes it: `2026-11-27T09:02:00.000+0000`. */
function cloudWatchTime(at: Instant): string {
  return formatInstant(plus(at, 1)).replace(".001Z", ".000+0000");
}

/**
 * @param deployment the stack's name. @param at when the alarm changed.
 * @returns the event as EventBridge hands it over (AWS: "Alarm events and EventBridge", state change for a single-metric alarm).
 */
export function alarmEvent(kind: AlarmKind, value: "ALARM" | "OK" | "INSUFFICIENT_DATA", at: Instant, deployment = "Doorman"): object {
  const name = alarmName(deployment, kind);
  const timestamp = cloudWatchTime(at);
  return {
    version: "0",
    id: "c4c1c1c9-6542-e61b-6ef0-8c4d36933a92",
    "detail-type": "CloudWatch Alarm State Change",
    source: "aws.cloudwatch",
    account: "123456789012",
    time: `${formatInstant(at).slice(0, 19)}Z`,
    region: "eu-central-1",
    resources: [`arn:aws:cloudwatch:eu-central-1:123456789012:alarm:${name}`],
    detail: {
      alarmName: name,
      configuration: {
        description: "What it means, the first step, and the runbook",
        metrics: [
          {
            id: "m1",
            metricStat: { metric: { dimensions: {}, name: "Metric", namespace: "Doorman" }, period: 60, stat: "Sum" },
            returnData: true,
          },
        ],
      },
      previousState: { reason: "Threshold Crossed", reasonData: "{}", timestamp, value: value === "OK" ? "ALARM" : "OK" },
      state: { reason: "Threshold Crossed: 1 datapoint", reasonData: "{}", timestamp, value },
    },
  };
}

/** The follow-up function over a world, and what it told people. */
export interface FollowedUp {
  readonly notices: Notice[];
  readonly complaints: string[];
  readonly dependencies: FollowUpDependencies;
  /** Hands over that an alarm has changed just now. */
  alarm(kind: AlarmKind, value: "ALARM" | "OK" | "INSUFFICIENT_DATA"): Promise<void>;
  hand(event: unknown): Promise<void>;
  settle(): Promise<void>;
}

/** @param changes parts to put in place of the world's. */
export function createFollowedUp(world: World, changes: Partial<FollowUpDependencies> = {}): FollowedUp {
  const notices: Notice[] = [];
  const complaints: string[] = [];
  const { clock, state, history, queue } = world;
  const dependencies: FollowUpDependencies = {
    clock,
    state,
    history,
    dispatcher: queue,
    notices: { publish: async (notice) => void notices.push(notice) },
    telemetry: { emit: (event) => world.events.push(event) },
    names: {
      deployment: "Doorman",
      tickRule: "Doorman-TicksEveryMinute",
      campaignsTable: "Doorman-Campaigns",
      contact: "shop-tech@agency.example, +49 30 1234567",
      account: "123456789012",
      region: "eu-central-1",
    },
    complain: (message) => complaints.push(message),
    ...changes,
  };
  const deadline = () => plus(clock.now(), FOLLOW_UP_MS);
  const hand = (event: unknown) => followUp(dependencies, event, deadline());
  return {
    notices,
    complaints,
    dependencies,
    hand,
    alarm: (kind, value) => hand(alarmEvent(kind, value, clock.now())),
    settle: () => settle(dependencies, deadline()),
  };
}
