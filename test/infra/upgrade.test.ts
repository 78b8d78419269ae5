import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { type LastingResources, lastingIn, lastingResources, losses } from "./lasting.ts";
import { type Resource, resourcesOf, STATEFUL, synthesise } from "./synthesis.ts";

const deployed = lastingResources.parse(JSON.parse(readFileSync(join(import.meta.dirname, "fixtures", "lasting.json"), "utf8")));

let resources: Record<string, Resource>;
let now: LastingResources;
beforeAll(() => {
  resources = resourcesOf(synthesise());
  now = lastingIn(resources);
});

/** @returns the template's resources with one property of one of them changed. */
function changed(id: string, property: string, value: unknown): Record<string, Resource> {
  const { Properties = {}, Type = "" } = resources[id] ?? {};
  return { ...resources, [id]: { ...resources[id], Type, Properties: { ...Properties, [property]: value } } };
}

describe("an upgrade from what the last commit deployed", () => {
  it("replaces no table, queue, topic, key or policy", () => {
    expect(losses(deployed, now)).toEqual([]);
  });

  it("is held against a fixture that knows all of them; npm run refresh:lasting adds what is new", () => {
    expect(Object.keys(deployed)).toEqual(Object.keys(now));
  });

  it("changes none of them by what a deployment chooses, but for the names of another stage", () => {
    const chosen = resourcesOf(
      synthesise({ memoryMiB: "1024", warmReads: "20000", shadow: "true", alertEmail: "ops@example.com", maxConcurrency: "10" }),
    );

    expect(losses(now, lastingIn(chosen))).toEqual([]);
  });

  it.each([
    [STATEFUL.campaigns, "TableName", "campaigns"],
    [STATEFUL.state, "KeySchema", [{ AttributeName: "id", KeyType: "HASH" }]],
    [STATEFUL.queue, "FifoQueue", false],
    [STATEFUL.queue, "QueueName", "other.fifo"],
    [STATEFUL.alerts, "TopicName", "alerts"],
  ])("would be seen to replace %s by its %s", (id, property, value) => {
    expect(losses(deployed, lastingIn(changed(id, property, value)))).toEqual([`${id} would be replaced: ${property} has changed`]);
  });

  it("would be seen to lose what has another logical id, and what is no longer retained", () => {
    const { [STATEFUL.history]: history, ...others } = resources;
    const renamed = { ...others, HistoryAnew: { Type: "AWS::DynamoDB::Table", Properties: {} } };
    const released = {
      ...resources,
      [STATEFUL.history]: { ...history, Type: "AWS::DynamoDB::Table", Properties: history?.Properties ?? {}, DeletionPolicy: "Delete" },
    };

    expect(losses(deployed, lastingIn(renamed))).toEqual([expect.stringMatching(`^${STATEFUL.history} .*is gone`)]);
    expect(losses(deployed, lastingIn(released))).toEqual([`${STATEFUL.history} is no longer kept as it was: DeletionPolicy`]);
  });
});
