import type { SQSEvent } from "aws-lambda";
import { describe, expect, it } from "vitest";
import { createReconcileWork } from "../../../functions/reconcile/reconcile-work.ts";
import { createWorld, instantOf } from "../../support/world.ts";

const DEADLINE = instantOf("2026-11-27T10:00:00Z");

function event(body: string): SQSEvent {
  return { Records: [{ messageId: "m-1", body } as SQSEvent["Records"][number]] };
}

describe("the reconcile function", () => {
  it.each(["", "not JSON", "{}", '{"kind":"switch","storeId":"x"}', "[]", '"text"'])(
    "drops the body %j and says what is wrong with it",
    async (body) => {
      const world = createWorld();
      const work = createReconcileWork(world.reconciling);

      await work(event(body), DEADLINE);

      expect(world.events).toEqual([
        { kind: "input-refused", where: "queue message m-1", message: expect.stringMatching(/^The message body is not .+\.$/) },
      ]);
      expect(world.calls()).toEqual([]);
    },
  );
});
