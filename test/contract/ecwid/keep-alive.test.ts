import { createServer, type Server } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { createKeepAliveFetch } from "../../../lib/adapters/ecwid/keep-alive-fetch.ts";
import { couponId } from "../../../lib/domain/identifiers.ts";
import { openStore, REACHES, type Stage } from "./stage.ts";

const COUPON = couponId("162428889");

describe("the connection to Ecwid", () => {
  const stages: Stage[] = [];
  const servers: Server[] = [];
  const served = async (): Promise<Stage> => {
    const [overHttp] = REACHES;
    if (overHttp === undefined) throw new TypeError("no reach");
    const stage = await overHttp.open();
    stages.push(stage);
    return stage;
  };
  const serverOf = (listener: Parameters<typeof createServer>[1]): Promise<string> => {
    const server = createServer(listener ?? (() => undefined));
    servers.push(server);
    return new Promise((resolve) => {
      server.listen(0, "127.0.0.1", () => {
        const address = server.address();
        resolve(`http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`);
      });
    });
  };

  afterEach(async () => {
    await Promise.all(stages.splice(0).map((stage) => stage.close()));
    for (const server of servers.splice(0)) {
      server.closeAllConnections();
      server.close();
    }
  });

  it("serves read, write and read back", async () => {
    const stage = await served();
    const store = openStore(stage);

    await store.readCoupon(COUPON);
    await store.writeApplicationLimit(COUPON, "UNLIMITED");
    await store.readCoupon(COUPON);

    expect(stage.ecwid.log.counts().all).toBe(3);
    expect(stage.connections()).toBe(1);
  });

  it("serves the next call after a refusal, too", async () => {
    const stage = await served();
    const store = openStore(stage);

    await store.readCoupon(couponId("5"));
    await store.readCoupon(COUPON);

    expect(stage.connections()).toBe(1);
  });

  it("never carries a token to where a redirect points", async () => {
    const stage = await served();
    const visits: string[] = [];
    const elsewhere = await serverOf((request, response) => {
      visits.push(request.url ?? "");
      response.end("{}");
    });
    stage.ecwid.setFaults(() => ({ kind: "status", status: 307, when: "before", headers: { location: elsewhere } }));

    const reply = await openStore(stage).readProfile();

    expect(reply).toMatchObject({ ok: false, failure: { kind: "outcome-unknown", message: expect.stringContaining("redirected") } });
    expect(visits).toEqual([]);
  });

  it("does not read a reply longer than the limit", async () => {
    const stage = await served();
    const fetch = createKeepAliveFetch({ replyLimitBytes: 1_000 });
    const body = JSON.stringify({ id: 162428889, applicationLimit: "UNLIMITED", name: "x".repeat(2_000) });
    stage.ecwid.setFaults(() => ({ kind: "status", status: 200, when: "before", body }));

    const reply = await openStore({ ...stage, fetch }).readCoupon(COUPON);

    expect(reply).toMatchObject({
      ok: false,
      failure: { kind: "unreadable-reply", message: expect.stringContaining("longer than the limit") },
    });
  });

  it("ends at the deadline even in the middle of a reply", async () => {
    const stage = await served();
    const baseUrl = await serverOf((_request, response) => {
      response.writeHead(200, { "content-type": "application/json" });
      response.write('{"id":');
    });

    const reply = await openStore({ ...stage, baseUrl }, undefined, { deadlineMs: 300 }).readCoupon(COUPON);

    expect(reply).toMatchObject({ ok: false, failure: { kind: "outcome-unknown", message: expect.stringContaining("300 ms") } });
  });

  it("fails where nobody listens", async () => {
    const stage = await served();

    const reply = await openStore({ ...stage, baseUrl: "http://127.0.0.1:1/api/v3" }).readProfile();

    expect(reply).toMatchObject({ ok: false, failure: { kind: "outcome-unknown", message: expect.stringContaining("ECONNREFUSED") } });
  });
});
