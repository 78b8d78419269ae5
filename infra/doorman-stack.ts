import { CfnOutput, DefaultStackSynthesizer, Stack } from "aws-cdk-lib/core";
import type { Construct } from "constructs";
import { numberInName } from "./constructs/store-queues.ts";
import { DoormanScheduler } from "./doorman-scheduler.ts";
import { acknowledgeFindings } from "./nag-acknowledgements.ts";
import type { Settings } from "./settings.ts";

export interface DoormanStackProps {
  readonly settings: Settings;
}

/** Doorman in a stack of its own, as `cdk deploy` makes it: the construct, and the outputs that the command line and the runbook go by. */
export class DoormanStack extends Stack {
  constructor(scope: Construct, id: string, { settings }: DoormanStackProps) {
    super(scope, id, {
      stackName: settings.stackName,
      description: "Doorman: decides who a store's discounts are open to, and when",
      // The rule would make every deployment ask Systems Manager for the bootstrap version, also where CloudFormation is handed the template alone;
      // `cdk deploy` looks at that version in any case.
      synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }),
    });
    // CDK leaves "Default" out of logical ids, so what was deployed before there was such a construct keeps its names.
    const { stackName: deployment, ...chosen } = settings;
    const doorman = new DoormanScheduler(this, "Default", { ...chosen, deployment });
    acknowledgeFindings(doorman);
    const { storage, storeQueues, alerts, people } = doorman;

    this.#output("CampaignsTableName", storage.campaigns.tableName, "Where marketers keep their campaigns");
    this.#output("StateTableName", storage.state.tableName, "Doorman's own table");
    this.#output("HistoryTableName", storage.history.tableName, "What was switched, when and why");
    this.#output("QueueUrl", storeQueues.urls, "The stores' queue, or all of them with commas between");
    this.#output("AlertTopicArn", alerts.topicArn, "Subscribe here to be told what broke");
    this.#output("MarketerPolicyArn", people.marketer.managedPolicyArn, "For people who edit campaigns");
    this.#output("OperatorPolicyArn", people.operator.managedPolicyArn, "For people who may stop Doorman as a whole");
    this.#output("CompileFunctionName", doorman.compile.function.functionName, "Turns records into layers");
    this.#output("DispatchFunctionName", doorman.dispatch.function.functionName, "The tick");
    for (const [place, reconcile] of doorman.reconcile.entries()) {
      this.#output(`Reconcile${numberInName(place)}FunctionName`, reconcile.function.functionName, "Brings stores to their desired values");
    }
    this.#output("SweepFunctionName", doorman.sweep.function.functionName, "The safety net");
    this.#output("FollowUpFunctionName", doorman.followUp.function.functionName, "Says what is behind an alarm");
  }

  /** The name is a contract with the command line, the tests and the runbook. */
  #output(name: string, value: string, description: string): void {
    new CfnOutput(this, name, { value, description });
  }
}
