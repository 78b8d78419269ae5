import { App, Stack } from "aws-cdk-lib/core";
import { beforeAll, describe, expect, it } from "vitest";
import { DoormanScheduler, type DoormanSchedulerProps } from "../../infra/doorman-scheduler.ts";
import { lastingIn, losses } from "./lasting.ts";
import { rightsIn } from "./statements.ts";
import { contextOfCdkJson, type Resource, resourcesOf, STATEFUL, synthesise } from "./synthesis.ts";

type Resources = Readonly<Record<string, Resource>>;

const RECEIVING = ["sqs:ChangeMessageVisibility", "sqs:DeleteMessage", "sqs:GetQueueAttributes", "sqs:ReceiveMessage"];
const SENDERS = ["Compile", "Dispatch", "Sweep", "FollowUp", "Reconcile", "Reconcile2", "Reconcile3"];

function ofType(resources: Resources, type: string): readonly (readonly [id: string, Resource])[] {
  return Object.entries(resources).filter(([, { Type }]) => Type === type);
}

/** @returns the logical id of a thing below a construct, such as the role of `Reconcile2`. */
function idOf(resources: Resources, construct: string, type: string): string {
  const found = ofType(resources, type).filter(([id]) => new RegExp(`^${construct}(?:Function|Role|Mapping)`).test(id));
  expect(found.map(([id]) => id)).toHaveLength(1);
  return found[0]?.[0] ?? "";
}

/** @returns the logical ids of the stores' queues, the first one first. */
function queuesIn(resources: Resources, count: number): readonly string[] {
  const names = ["Doorman-stores.fifo", ...Array.from({ length: count - 1 }, (_each, place) => `Doorman-stores-${place + 2}.fifo`)];
  const byName = new Map(ofType(resources, "AWS::SQS::Queue").map(([id, { Properties }]) => [Properties["QueueName"], id]));
  return names.map((name) => byName.get(name) ?? `no queue is called ${name}`);
}

describe("three queues of the stores", () => {
  let resources: Resources;
  let queues: readonly string[];
  beforeAll(() => {
    resources = resourcesOf(synthesise({ queues: "3" }));
    queues = queuesIn(resources, 3);
  });

  it("keep the first as it is where it is the only one, and lose nothing that lasts", () => {
    expect(queues[0]).toBe(STATEFUL.queue);
    expect(losses(lastingIn(resourcesOf(synthesise())), lastingIn(resources))).toEqual([]);
  });

  it("have a function each, which may receive from its own and from no other", () => {
    for (const [place, queue] of queues.entries()) {
      const number = place === 0 ? "" : String(place + 1);
      const feed = resources[idOf(resources, `StoreFeed${number}`, "AWS::Lambda::EventSourceMapping")];
      const worker = idOf(resources, `Reconcile${number}`, "AWS::Lambda::Function");
      const role = idOf(resources, `Reconcile${number}`, "AWS::IAM::Role");
      expect(feed?.Properties).toMatchObject({
        BatchSize: 1,
        EventSourceArn: { "Fn::GetAtt": [queue, "Arn"] },
        FunctionName: { Ref: worker },
      });

      const rights = rightsIn(
        { Type: "", Properties: {}, ...resources[role], logicalId: role },
        Object.fromEntries(queues.map((id) => [id, id])),
      );

      const receivingFrom = queues.filter((each) => RECEIVING.every((action) => rights[each]?.includes(action)));
      expect(receivingFrom).toEqual([queue]);
      expect(queues.filter((each) => rights[each]?.includes("sqs:ReceiveMessage"))).toEqual([queue]);
    }
  });

  it.each(SENDERS)("may all be sent to by %s, which is told of them in their order", (name) => {
    const role = idOf(resources, name, "AWS::IAM::Role");
    const rights = rightsIn(
      { Type: "", Properties: {}, ...resources[role], logicalId: role },
      Object.fromEntries(queues.map((id) => [id, id])),
    );
    const { Properties } = resources[idOf(resources, name, "AWS::Lambda::Function")] ?? {};

    for (const queue of queues) expect(rights[queue]).toContain("sqs:SendMessage");
    expect(Properties?.["Environment"]).toMatchObject({
      Variables: { QUEUE_URL: { "Fn::Join": ["", queues.flatMap((id, place) => [...(place === 0 ? [] : [","]), { Ref: id }])] } },
    });
  });
});

describe("the room of several queues", () => {
  it.each([
    [{ queues: "3" }, { ScalingConfig: { MaximumConcurrency: 300 } }, undefined],
    [{ queues: "3", maxConcurrency: "50" }, { ScalingConfig: { MaximumConcurrency: 16 } }, "12"],
    [{ queues: "6", maxConcurrency: "17" }, { ScalingConfig: { MaximumConcurrency: 2 } }, "6"],
    [{ queues: "6", maxConcurrency: "6000" }, { ScalingConfig: { MaximumConcurrency: 1_000 } }, "500"],
    [{ queues: "6", pollers: "12" }, { ProvisionedPollerConfig: { MinimumPollers: 2, MaximumPollers: 15 } }, "500"],
    [{ queues: "6", pollers: "120" }, { ProvisionedPollerConfig: { MinimumPollers: 20, MaximumPollers: 20 } }, "945"],
    [{ queues: "6", pollers: "1200" }, { ProvisionedPollerConfig: { MinimumPollers: 200, MaximumPollers: 200 } }, "11195"],
  ])("is shared out among them, and the tick counts on less than all of it: %o", (context, expected, storesAtOnce) => {
    const resources = resourcesOf(synthesise(context));
    const feeds = ofType(resources, "AWS::Lambda::EventSourceMapping").filter(([id]) => id.startsWith("StoreFeed"));
    const { Environment } = resources[idOf(resources, "Dispatch", "AWS::Lambda::Function")]?.Properties ?? {};

    expect(feeds).toHaveLength(Number(context.queues));
    for (const [, { Properties }] of feeds) expect(Properties).toMatchObject(expected);
    expect(Environment).toMatchObject({ Variables: { QUEUE_URL: expect.anything() } });
    expect((Environment as { readonly Variables: Readonly<Record<string, unknown>> }).Variables["STORES_AT_ONCE"]).toBe(storesAtOnce);
  });

  it.each<[DoormanSchedulerProps, string]>([
    [{ queues: 7 }, "DoormanScheduler Doorman: queues is 7; write a whole number from 1 to 6."],
    [{ queues: 0 }, "DoormanScheduler Doorman: queues is 0; write a whole number from 1 to 6."],
    [
      { queues: 6, maxConcurrency: 5 },
      "DoormanScheduler Doorman: maxConcurrency is 5 for 6 queues; AWS gives each queue 2 to 1000, so write 12 to 6000, or choose another number of queues.",
    ],
    [
      { pollers: 10, maxConcurrency: 50 },
      "DoormanScheduler Doorman: pollers and maxConcurrency are both chosen; AWS takes one of the two: leave out maxConcurrency where pollers are to be held ready.",
    ],
  ])("is refused in an app of somebody else's too, where AWS would not take it: %o", (props, sentence) => {
    const stack = new Stack(new App({ context: { ...contextOfCdkJson(), "aws:cdk:bundling-stacks": [] } }), "Shop");

    expect(() => new DoormanScheduler(stack, "Doorman", props)).toThrow(new TypeError(sentence));
  });
});
