import { describe, expect, it } from "vitest";
import { readMeasuredUnits } from "../../bench/costs/measured.ts";
import { DRIVERS, monthOf, readsOfACampaign } from "../../bench/costs/month.ts";
import { boundariesAMonth, TYPICAL, WEEKS_A_MONTH } from "../../bench/costs/usage.ts";

const measured = readMeasuredUnits();

describe("a month", () => {
  it("grows with stores in all but what stands and what stores share", () => {
    const [one, two] = [1_000, 2_000].map((stores) => monthOf(measured, TYPICAL, stores));

    for (const driver of DRIVERS.filter((each) => each !== "standing" && each !== "boundaries")) {
      for (const [billable, quantity] of Object.entries(two?.[driver] ?? {})) {
        expect(quantity, `${driver}, ${billable}`).toBeCloseTo(2 * Number(one?.[driver][billable as "secret"]), 3);
      }
    }
    expect(two?.stores.secret).toBe(2_000);
  });

  it("reads as much in its idle minutes with ten thousand stores as with one", () => {
    const [one, many] = [1, 10_000].map((stores) => monthOf(measured, TYPICAL, stores).standing);

    expect(many?.["dynamodb-read"]).toBe(one?.["dynamodb-read"]);
    expect(many?.["sqs-fifo-request"]).toBe(one?.["sqs-fifo-request"]);
  });

  it("has more switches with more windows, and more edits with more edits", () => {
    const usual = monthOf(measured, TYPICAL, 100);
    const busy = monthOf(measured, { ...TYPICAL, windowsPerCampaignAndWeek: 4, editsPerStoreAndWeek: 6 }, 100);

    expect(busy.switches["dynamodb-write"]).toBeCloseTo(2 * usual.switches["dynamodb-write"], 3);
    expect(busy.edits["lambda-request"]).toBeCloseTo(2 * usual.edits["lambda-request"], 3);
    expect(busy.campaigns).toEqual(usual.campaigns);
  });
});

it("a campaign more adds what the largest and the smallest store differ by", () => {
  const reads = { idleMinute: 8, couponOpens: 9, edit: 30, look: 20 };
  const [small, large] = [
    { ...reads, campaigns: 1, sweep: 15 },
    { ...reads, campaigns: 11, sweep: 45 },
  ];

  expect(readsOfACampaign({ ...measured, readsByCampaigns: [small, large] })).toEqual({ couponOpens: 0, edit: 0, look: 0, sweep: 3 });
  expect(() => readsOfACampaign({ ...measured, readsByCampaigns: [small] })).toThrow("one size of store");
});

describe("instants with a boundary", () => {
  it("are nearly as many as boundaries while there are few", () => {
    const few = boundariesAMonth({ ...TYPICAL, campaignsPerStore: 1, windowsPerCampaignAndWeek: 1 }, 1);

    expect(few).toBeGreaterThan(1.99 * WEEKS_A_MONTH);
    expect(few).toBeLessThanOrEqual(2 * WEEKS_A_MONTH);
  });

  it("are never more than there are half hours", () => {
    expect(boundariesAMonth(TYPICAL, 10_000)).toBeCloseTo(336 * WEEKS_A_MONTH, 6);
  });
});
