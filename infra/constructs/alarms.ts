import { Alarm } from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import type { Topic } from "aws-cdk-lib/aws-sns";
import { ArnFormat, Stack } from "aws-cdk-lib/core";
import { Construct } from "constructs";
import { ALARM_KINDS, type AlarmKind, alarmName } from "../../lib/application/alarms/alarm-kinds.ts";
import { type AlarmDefinition, alarmDefinitions } from "./alarm-definitions.ts";
import type { Watched } from "./alarm-metrics.ts";

export interface AlarmsProps extends Watched {
  /** Where people listen. */
  readonly alerts: Topic;
}

/**
 * One alarm for each kind of failure. They tell nobody by themselves: a rule on their changes of state wakes `follow-up`, which says what happened in
 * words. Three tell people directly as well, because what they mean may be what keeps `follow-up` from speaking: EventBridge (tick-silent), Lambda's room
 * (functions-throttled), and `follow-up` itself (functions-failing). Two messages about one thing are better than none.
 */
export class Alarms extends Construct {
  readonly all: readonly Alarm[];

  constructor(scope: Construct, id: string, { alerts, ...watched }: AlarmsProps) {
    super(scope, id);
    const { deployment } = watched;
    const definitions = alarmDefinitions(watched);
    const tell = new SnsAction(alerts);
    this.all = ALARM_KINDS.map((kind) => {
      const alarm = this.#alarm(kind, deployment, definitions[kind]);
      if (definitions[kind].tellsDirectly) {
        alarm.addAlarmAction(tell);
        alarm.addOkAction(tell);
      }
      return alarm;
    });
    this.#letAlarmsPublish(alerts, deployment);
  }

  #alarm(kind: AlarmKind, deployment: string, { impact, firstStep, tellsDirectly: _direct, ...rings }: AlarmDefinition): Alarm {
    return new Alarm(this, kind, {
      alarmName: alarmName(deployment, kind),
      alarmDescription: `${impact} First: ${firstStep} See docs/runbook.md#${kind}`,
      ...rings,
    });
  }

  /** The topic's own policy, which refuses what is not TLS, takes the place of the one by which SNS lets the account's alarms in. */
  #letAlarmsPublish(alerts: Topic, deployment: string): void {
    const stack = Stack.of(this);
    const ownAlarms = stack.formatArn({
      service: "cloudwatch",
      resource: "alarm",
      resourceName: `${deployment}-*`,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
    alerts.addToResourcePolicy(
      new PolicyStatement({
        sid: "OwnAlarms",
        principals: [new ServicePrincipal("cloudwatch.amazonaws.com")],
        actions: ["sns:Publish"],
        resources: [alerts.topicArn],
        conditions: { ArnLike: { "aws:SourceArn": ownAlarms }, StringEquals: { "aws:SourceAccount": stack.account } },
      }),
    );
  }
}
