import { Validations } from "aws-cdk-lib/core";
import type { Construct, IConstruct } from "constructs";
import { numberInName } from "./constructs/store-queues.ts";
import type { DoormanScheduler } from "./doorman-scheduler.ts";

/** A finding of cdk-nag's AwsSolutions rules that stays, and why. */
export interface Acknowledgement {
  /** The path of the construct it is about, below the scheduler. */
  readonly at: string;
  /** As cdk-nag prints it: pack, rule, and where a rule finds several things, the thing. */
  readonly id: string;
  readonly reason: string;
}

function readsTokens(role: string): Acknowledgement {
  return {
    at: role,
    id: "AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:secretsmanager:<AWS::Region>:<AWS::AccountId>:secret:doorman/stores/*]",
    reason:
      "The wildcard is the store id and the six letters that Secrets Manager adds to a name. Stores are added by putting a secret there, without a " +
      "deployment, so their names are not known when the stack is made. It stops at the folder, and allows reading alone.",
  };
}

const GIVEN_UP_RECORDS: Acknowledgement = {
  at: "CampaignFeed/Failures/Resource",
  id: "AwsSolutions-SQS3",
  reason:
    "It is itself where failures end: Lambda sends the position of given-up stream records there. cdk-nag knows a dead-letter queue only by another " +
    "queue's redrive policy, not by an event source's failure destination. Nothing reads it but people, so nothing could fail its messages.",
};

/**
 * @param queues how many the stores are shared out over, each with a function of its own.
 * @returns every finding that is left standing. A test runs cdk-nag without these and compares: one that is missing here fails, and so does one that nothing
 *   asks for any more.
 */
export function acknowledgementsFor(queues: number): readonly Acknowledgement[] {
  return [
    ...Array.from({ length: queues }, (_each, place) => readsTokens(`Reconcile${numberInName(place)}/Role/Resource`)),
    GIVEN_UP_RECORDS,
  ];
}

/**
 * Tells CDK's validation which findings are argued, for whoever runs cdk-nag over an app with a scheduler in it.
 *
 * @param scheduler the construct that the paths are below.
 * @throws TypeError for a path at which there is no construct.
 */
export function acknowledgeFindings(
  scheduler: DoormanScheduler,
  acknowledgements: readonly Acknowledgement[] = acknowledgementsFor(scheduler.reconcile.length),
): void {
  for (const { at, id, reason } of acknowledgements) {
    Validations.of(constructAt(scheduler, at)).acknowledge({ id, reason });
  }
}

function constructAt(scheduler: Construct, path: string): IConstruct {
  let found: IConstruct | undefined = scheduler;
  for (const id of path.split("/")) found = found?.node.tryFindChild(id);
  if (found === undefined) throw new TypeError(`nag-acknowledgements: there is nothing at ${path}; correct the path, or take it out.`);
  return found;
}
