import { Topic } from "aws-cdk-lib/aws-sns";
import { CfnOutput, DefaultStackSynthesizer, Stack } from "aws-cdk-lib/core";
import type { Construct } from "constructs";
import { Alarms } from "./constructs/alarms.ts";
import { CampaignFeed } from "./constructs/campaign-feed.ts";
import { CompileFunction } from "./constructs/compile-function.ts";
import { Dashboard } from "./constructs/dashboard.ts";
import { DispatchFunction } from "./constructs/dispatch-function.ts";
import { FollowUpFunction } from "./constructs/follow-up-function.ts";
import { StoreQueue } from "./constructs/queue.ts";
import { RECONCILE_TIMEOUT, ReconcileFunction } from "./constructs/reconcile-function.ts";
import { SavedQueries } from "./constructs/saved-queries.ts";
import { Ticks } from "./constructs/schedule.ts";
import { Storage } from "./constructs/storage.ts";
import { StoreFeed } from "./constructs/store-feed.ts";
import { SweepFunction } from "./constructs/sweep-function.ts";
import type { Settings } from "./settings.ts";

export interface DoormanStackProps {
  readonly settings: Settings;
}

/**
 * All of Doorman on AWS. It asks nothing of an account or the network to be synthesised.
 *
 * The ids of the constructs are a contract: CloudFormation knows a resource by them, and a table whose id changes is a new, empty table.
 */
export class DoormanStack extends Stack {
  constructor(scope: Construct, id: string, { settings }: DoormanStackProps) {
    super(scope, id, {
      stackName: settings.stackName,
      description: "Doorman: decides who a store's discounts are open to, and when",
      // The rule would make every deployment ask Systems Manager for the bootstrap version, also where CloudFormation is handed the template alone;
      // `cdk deploy` looks at that version in any case.
      synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }),
    });
    const storage = new Storage(this, "Storage");
    const storeQueue = new StoreQueue(this, "Queue", { workerTimeout: RECONCILE_TIMEOUT });
    const parts = { settings, storage, storeQueue };
    const compile = new CompileFunction(this, "Compile", parts);
    const dispatch = new DispatchFunction(this, "Dispatch", parts);
    const reconcile = new ReconcileFunction(this, "Reconcile", parts);
    const sweep = new SweepFunction(this, "Sweep", parts);
    const campaignFeed = new CampaignFeed(this, "CampaignFeed", { campaigns: storage.campaigns, compile });
    new StoreFeed(this, "StoreFeed", { storeQueue, reconcile, maxConcurrency: settings.maxConcurrency });
    const ticks = new Ticks(this, "Ticks", { dispatch, sweep });
    // Not encrypted with the AWS-managed key: CloudWatch alarms cannot publish to a topic that is.
    const alerts = new Topic(this, "Alerts", { displayName: settings.stackName, enforceSSL: true });
    const followUp = new FollowUpFunction(this, "FollowUp", { ...parts, ticks, alerts });
    const watched = {
      deployment: settings.stackName,
      functions: {
        compile: compile.function,
        dispatch: dispatch.function,
        reconcile: reconcile.function,
        sweep: sweep.function,
        followUp: followUp.function,
      },
      rare: ["sweep", "followUp"],
      stores: storeQueue.queue,
      deadLetters: [storeQueue.deadLetters, campaignFeed.failures],
    };
    const alarms = new Alarms(this, "Alarms", { ...watched, alerts });
    new Dashboard(this, "Dashboard", { ...watched, alarms: alarms.all });
    new SavedQueries(this, "SavedQueries", { deployment: settings.stackName, functions: Object.values(watched.functions) });

    this.#output("CampaignsTableName", storage.campaigns.tableName, "Where marketers keep their campaigns");
    this.#output("StateTableName", storage.state.tableName, "Doorman's own table");
    this.#output("HistoryTableName", storage.history.tableName, "What was switched, when and why");
    this.#output("QueueUrl", storeQueue.queue.queueUrl, "The stores' queue");
    this.#output("AlertTopicArn", alerts.topicArn, "Subscribe here to be told what broke");
    this.#output("CompileFunctionName", compile.function.functionName, "Turns records into layers");
    this.#output("DispatchFunctionName", dispatch.function.functionName, "The tick");
    this.#output("ReconcileFunctionName", reconcile.function.functionName, "Brings stores to their desired values");
    this.#output("SweepFunctionName", sweep.function.functionName, "The safety net");
    this.#output("FollowUpFunctionName", followUp.function.functionName, "Says what is behind an alarm");
  }

  /** The name is a contract with the command line, the tests and the runbook. */
  #output(name: string, value: string, description: string): void {
    new CfnOutput(this, name, { value, description });
  }
}
