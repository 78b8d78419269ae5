import { Key } from "aws-cdk-lib/aws-kms";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import { Stack } from "aws-cdk-lib/core";
import { Construct } from "constructs";
import { Alarms } from "./constructs/alarms.ts";
import { CampaignFeed } from "./constructs/campaign-feed.ts";
import { CompileFunction } from "./constructs/compile-function.ts";
import { Dashboard } from "./constructs/dashboard.ts";
import { DispatchFunction } from "./constructs/dispatch-function.ts";
import { FollowUpFunction } from "./constructs/follow-up-function.ts";
import { People } from "./constructs/people.ts";
import { RECONCILE_TIMEOUT, ReconcileFunction } from "./constructs/reconcile-function.ts";
import { SavedQueries } from "./constructs/saved-queries.ts";
import { Ticks } from "./constructs/schedule.ts";
import { Storage } from "./constructs/storage.ts";
import { StoreFeed } from "./constructs/store-feed.ts";
import { numberInName, StoreQueues } from "./constructs/store-queues.ts";
import { SweepFunction } from "./constructs/sweep-function.ts";
import { roomProblems } from "./room-for-workers.ts";
import { DEFAULTS, type Settings } from "./settings.ts";

/** What a deployment may choose; everything has a default. */
export interface DoormanSchedulerProps extends Partial<Omit<Settings, "stackName">> {
  /** What queues and alarms are named after, and what a store's secret may be tagged with: unique in the account and region. The stack's name unless given. */
  readonly deployment?: string;
}

/**
 * All of Doorman, for any stack. It asks nothing of an account or the network to be synthesised.
 *
 * The ids of the constructs are a contract: CloudFormation knows a resource by them, and a table whose id changes is a new, empty table.
 */
export class DoormanScheduler extends Construct {
  readonly storage: Storage;
  readonly storeQueues: StoreQueues;
  readonly compile: CompileFunction;
  readonly dispatch: DispatchFunction;
  /** One for each queue. */
  readonly reconcile: readonly ReconcileFunction[];
  readonly sweep: SweepFunction;
  readonly followUp: FollowUpFunction;
  readonly campaignFeed: CampaignFeed;
  /** Where people are told what broke. */
  readonly alerts: Topic;
  readonly people: People;

  /** @throws TypeError where AWS would not take the number of queues, or what they would share. */
  constructor(scope: Construct, id: string, props: DoormanSchedulerProps = {}) {
    super(scope, id);
    const { deployment, ...chosen } = props;
    const settings: Settings = { ...DEFAULTS, ...chosen, stackName: deployment ?? Stack.of(this).stackName };
    const [problem] = roomProblems(settings);
    if (problem !== undefined) throw new TypeError(`DoormanScheduler ${id}: ${problem}`);
    this.storage = new Storage(this, "Storage", { warmThroughput: settings.warmThroughput });
    const { stackName, queues } = settings;
    this.storeQueues = new StoreQueues(this, "Queue", { deployment: stackName, count: queues, workerTimeout: RECONCILE_TIMEOUT });
    const parts = { settings, storage: this.storage, storeQueues: this.storeQueues };
    this.compile = new CompileFunction(this, "Compile", parts);
    this.dispatch = new DispatchFunction(this, "Dispatch", parts);
    this.reconcile = this.storeQueues.all.map((queue, place) => {
      const reconcile = new ReconcileFunction(this, `Reconcile${numberInName(place)}`, parts);
      new StoreFeed(this, `StoreFeed${numberInName(place)}`, { queue, reconcile, settings });
      return reconcile;
    });
    this.sweep = new SweepFunction(this, "Sweep", parts);
    this.campaignFeed = new CampaignFeed(this, "CampaignFeed", { campaigns: this.storage.campaigns, compile: this.compile });
    const ticks = new Ticks(this, "Ticks", { dispatch: this.dispatch, sweep: this.sweep });
    this.alerts = this.#alerts(settings);
    this.followUp = new FollowUpFunction(this, "FollowUp", { ...parts, ticks, alerts: this.alerts });
    this.people = new People(this, "People", this.storage);
    this.#watch(settings.stackName);
  }

  #watch(deployment: string): void {
    const watched = {
      deployment,
      functions: {
        compile: this.compile.function,
        dispatch: this.dispatch.function,
        ...Object.fromEntries(this.reconcile.map((each, place) => [`reconcile${numberInName(place)}`, each.function])),
        sweep: this.sweep.function,
        followUp: this.followUp.function,
      },
      rare: ["sweep", "followUp"],
      stores: this.storeQueues.all,
      deadLetters: [this.storeQueues.deadLetters, this.campaignFeed.failures],
    };
    const alarms = new Alarms(this, "Alarms", { ...watched, alerts: this.alerts });
    new Dashboard(this, "Dashboard", { ...watched, alarms: alarms.all });
    new SavedQueries(this, "SavedQueries", { deployment, functions: Object.values(watched.functions) });
  }

  /**
   * Without a key of the customer's own it is not encrypted at rest beyond what SNS does for every topic: CloudWatch alarms cannot publish to a
   * topic under the AWS-managed key, and a key costs a dollar a month for messages that hold no secret.
   */
  #alerts({ stackName, alertEmails, alertKeyArn }: Settings): Topic {
    const masterKey = alertKeyArn === undefined ? undefined : Key.fromKeyArn(this, "AlertKey", alertKeyArn);
    const alerts = new Topic(this, "Alerts", { displayName: stackName, enforceSSL: true, masterKey });
    for (const address of alertEmails) alerts.addSubscription(new EmailSubscription(address));
    return alerts;
  }
}
