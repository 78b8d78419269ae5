import { Rule, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction } from "aws-cdk-lib/aws-events-targets";
import { Duration } from "aws-cdk-lib/core";
import { Construct } from "constructs";
import type { DispatchFunction } from "./dispatch-function.ts";
import type { SweepFunction } from "./sweep-function.ts";

export interface TicksProps {
  readonly dispatch: DispatchFunction;
  readonly sweep: SweepFunction;
}

/**
 * The two cron rules. Both tell a function to look at what should hold now, so a late or repeated event is worth nothing once the next one has come:
 * a failed tick is not retried, the next one is its retry. (EventBridge would by itself go on for 24 hours and 185 attempts.)
 */
export class Ticks extends Construct {
  readonly everyMinute: Rule;

  constructor(scope: Construct, id: string, { dispatch, sweep }: TicksProps) {
    super(scope, id);
    const minute = Duration.seconds(60);
    dispatch.function.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: minute });
    this.everyMinute = new Rule(this, "EveryMinute", {
      description: "Doorman's tick: what is due before the next minute is over?",
      schedule: Schedule.cron({ minute: "*" }),
      targets: [new LambdaFunction(dispatch.function, { retryAttempts: 0, maxEventAge: minute })],
    });

    const tenMinutes = Duration.minutes(10);
    sweep.function.configureAsyncInvoke({ retryAttempts: 0, maxEventAge: tenMinutes });
    new Rule(this, "EveryHour", {
      description: "Doorman's safety net: what did the others miss?",
      // Windows begin on the hour: seven minutes past it the switches are done.
      schedule: Schedule.cron({ minute: "7" }),
      // An hour is long: getting the event to the function is worth a second try.
      targets: [new LambdaFunction(sweep.function, { retryAttempts: 2, maxEventAge: tenMinutes })],
    });
  }
}
