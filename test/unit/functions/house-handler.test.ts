import { describe, expect, it } from "vitest";
import { houseHandler } from "../../../functions/runtime/house-handler.ts";
import { localContext } from "../../../infra/local/local-context.ts";
import { plus, SECOND } from "../../../lib/domain/instant.ts";
import { instantOf } from "../../support/world.ts";

const clock = { now: () => instantOf("2026-11-27T10:00:00Z") };

describe("the stack that every function stands on", () => {
  it("hands the work its event and its deadline, and its answer back", async () => {
    const handler = houseHandler(async (event: string, deadline) => [event, deadline], { middlewares: [], complain: () => {} }, clock);

    const answer = await handler("event", localContext(clock, "test", 30 * SECOND));

    expect(answer).toEqual(["event", plus(clock.now(), 30 * SECOND)]);
  });

  it("tells of what was not expected, and lets the caller see it", async () => {
    const complaints: unknown[] = [];
    const complain = (message: string, error?: unknown) => complaints.push([message, error]);
    const broken = new Error("the table is gone");
    const handler = houseHandler(() => Promise.reject(broken), { middlewares: [], complain }, clock);

    await expect(handler("event", localContext(clock, "test", 30 * SECOND))).rejects.toBe(broken);
    expect(complaints).toEqual([["the invocation failed", broken]]);
  });
});
