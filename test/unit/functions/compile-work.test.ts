import type { DynamoDBRecord } from "aws-lambda";
import { describe, expect, it } from "vitest";
import { changedCampaign } from "../../../functions/compile/changed-campaign.ts";
import { createCompileWork } from "../../../functions/compile/compile-work.ts";
import { createWorld, instantOf, STORE, sale } from "../../support/world.ts";

function change(campaignId: string, images: Pick<NonNullable<DynamoDBRecord["dynamodb"]>, "OldImage" | "NewImage"> = {}): DynamoDBRecord {
  return { dynamodb: { Keys: { storeId: { S: STORE }, campaignId: { S: campaignId } }, SequenceNumber: `at-${campaignId}`, ...images } };
}

describe("a change in the campaigns table", () => {
  it("is dropped before any read where only `status` differs, in whatever order its fields stand", () => {
    const before = { name: { S: "Sale" }, priority: { N: "1" }, status: { M: { state: { S: "SCHEDULED" } } } };
    const after = { status: { M: { state: { S: "ACTIVE" } } }, priority: { N: "1" }, name: { S: "Sale" } };

    expect(changedCampaign(change("sale", { OldImage: before, NewImage: after }))).toEqual({ kind: "nothing" });
  });

  it("counts where anything else differs, and where there is no old or no new text", () => {
    const before = { name: { S: "Sale" } };

    for (const images of [{ OldImage: before, NewImage: { name: { S: "Sales" } } }, { NewImage: before }, { OldImage: before }, {}]) {
      expect(changedCampaign(change("sale", images))).toEqual({ kind: "campaign", storeId: STORE, campaignId: "sale" });
    }
  });

  it("without the table's keys cannot be read, and says what is missing", () => {
    for (const record of [{ dynamodb: { Keys: { storeId: { S: STORE } } } }, {}, null, "text"]) {
      expect(changedCampaign(record)).toEqual({ kind: "unreadable", problem: expect.stringMatching(/./) });
    }
  });
});

describe("the compile function", () => {
  it("compiles a batch, and brings back only the change that failed", async () => {
    const world = createWorld();
    const { get } = world.campaigns;
    world.campaigns.get = async (store, campaign) => {
      if (campaign === "unlucky") throw new Error("the table is throttled");
      return get(store, campaign);
    };
    await world.campaigns.put(sale({ campaignId: "first" }));
    await world.campaigns.put(sale({ campaignId: "last" }));
    const complaints: string[] = [];
    const dependencies = { ...world.reconciling, fingerprint: (text: string) => text };
    const work = createCompileWork(dependencies, (message) => complaints.push(message));

    const answer = await work({ Records: [change("first"), change("unlucky"), change("last")] }, instantOf("2026-11-27T10:00:00Z"));

    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: "at-unlucky" }] });
    expect((await world.state.campaignsOf(STORE)).map(({ campaignId }) => campaignId)).toEqual(["first", "last"]);
    expect(complaints).toEqual([expect.stringContaining("unlucky")]);
  });
});
