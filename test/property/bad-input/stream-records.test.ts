import fc from "fast-check";
import { expect, it } from "vitest";
import { createCompileWork } from "../../../functions/compile/compile-work.ts";
import { damagedValues } from "../../support/arbitrary-damage.ts";
import { createWorld, instantOf, STORE, sale } from "../../support/world.ts";
import { CASES } from "./cases.ts";

const DEADLINE = instantOf("2026-11-27T10:00:00Z");
/** Batches are as large as Lambda may make them here, so that a case is one record among many. */
const RECORDS_IN_A_BATCH = 50;

function change(campaignId: string): object {
  const typed = {
    storeId: { S: STORE },
    campaignId: { S: campaignId },
    name: { S: "Sale" },
    coupons: { L: [{ M: { couponId: { S: "12" } } }] },
  };
  return {
    eventID: "1",
    eventName: "MODIFY",
    dynamodb: {
      Keys: { storeId: { S: STORE }, campaignId: { S: campaignId } },
      SequenceNumber: "100",
      OldImage: typed,
      NewImage: { ...typed, status: { M: {} } },
    },
  };
}

it(`a batch of bad stream records neither fails nor keeps a good one from being compiled, and every unreadable one is told (${CASES} cases)`, async () => {
  const batches = fc.array(fc.oneof(damagedValues([change("sale"), change("calendar#holidays")]), fc.anything()), {
    minLength: RECORDS_IN_A_BATCH,
    maxLength: RECORDS_IN_A_BATCH,
  });
  await fc.assert(
    fc.asyncProperty(batches, async (bad) => {
      const world = createWorld();
      await world.campaigns.put(sale({ campaignId: "good" }));
      const complaints: string[] = [];
      const work = createCompileWork(world.compiling, (message) => complaints.push(message));
      const good = { dynamodb: { Keys: { storeId: { S: STORE }, campaignId: { S: "good" } }, SequenceNumber: "200" } };

      const answer = await work({ Records: [...bad, good] }, DEADLINE);

      expect(answer).toEqual({ batchItemFailures: [] });
      expect(complaints).toEqual([]);
      expect((await world.state.readCampaign(STORE, good.dynamodb.Keys.campaignId.S as never))?.campaign?.name).toBe("Sale");
      for (const event of world.events) {
        if (event.kind === "input-refused") expect(event.message).toMatch(/^.{20,}[.;]?.*$/s);
      }
    }),
    { numRuns: Math.ceil(CASES / RECORDS_IN_A_BATCH) },
  );
}, 600_000);

it("an event that is no batch is told, and nothing fails", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.anything().filter((event) => !(typeof event === "object" && event !== null && "Records" in event && Array.isArray(event.Records))),
      async (event) => {
        const world = createWorld();

        const answer = await createCompileWork(world.compiling, () => {})(event, DEADLINE);

        expect(answer).toEqual({ batchItemFailures: [] });
        expect(world.events.map(({ kind }) => kind)).toEqual(["input-refused"]);
      },
    ),
    { numRuns: 200 },
  );
}, 600_000);
