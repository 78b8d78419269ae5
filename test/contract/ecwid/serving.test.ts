import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fetch from "node-fetch";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type ServedEcwid, serveSimulatedEcwid } from "../../../infra/local/simulated-store/serve-simulated-ecwid.ts";
import { createSimulatedEcwid, type SimulatedEcwid } from "../../../infra/local/simulated-store/simulated-ecwid.ts";
import { createLeapingClock, SECRET, STORE } from "./stage.ts";

const JSON_TYPE = { "content-type": "application/json" };
const AUTHORISED = { ...JSON_TYPE, authorization: `Bearer ${SECRET}` };

function newEcwid(): SimulatedEcwid {
  const ecwid = createSimulatedEcwid({ clock: createLeapingClock() });
  ecwid.addStore({ storeId: STORE, tokens: [SECRET], coupons: [{ id: 11 }], promotions: [{ id: 22 }], groups: [{ id: 7 }] });
  return ecwid;
}

describe("the served simulated Ecwid", () => {
  let folder = "";
  let served: ServedEcwid[] = [];
  let child: ChildProcess | undefined;
  const serve = async (ecwid: SimulatedEcwid, persistTo?: string) => {
    const started = await serveSimulatedEcwid(ecwid, persistTo === undefined ? { port: 0 } : { port: 0, persistTo });
    served.push(started);
    return started;
  };
  const admin = async (url: string, method: string, path: string, body?: object) => {
    const init = body === undefined ? { method, headers: JSON_TYPE } : { method, headers: JSON_TYPE, body: JSON.stringify(body) };
    const reply = await fetch(`${url}/simulated-admin${path}`, init);
    return { status: reply.status, body: await reply.json() };
  };

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "doorman-simulated-"));
  });

  afterEach(async () => {
    child?.kill("SIGKILL");
    child = undefined;
    await Promise.all(served.map((one) => one.close()));
    served = [];
    await rm(folder, { recursive: true });
  });

  describe("for people at a terminal", () => {
    it("lets them change, add and delete beside the API", async () => {
      const ecwid = newEcwid();
      const { url } = await serve(ecwid);

      const changed = await admin(url, "PATCH", `/stores/${STORE}/coupons/11`, { applicationLimit: "NEW_CUSTOMER_ONLY" });
      const narrowed = await admin(url, "PATCH", `/stores/${STORE}/promotions/22`, { triggers: { customerGroups: [7] } });
      const added = await admin(url, "POST", `/stores/${STORE}/groups`, { id: 9, name: "Staff" });
      const deleted = await admin(url, "DELETE", `/stores/${STORE}/groups/7`);
      const moved = await admin(url, "PATCH", `/stores/${STORE}`, { timeZone: "Asia/Tokyo" });

      expect([changed, narrowed, added, deleted, moved]).toMatchObject([
        { status: 200, body: { applicationLimit: "NEW_CUSTOMER_ONLY" } },
        { status: 200, body: { triggers: { subtotal: 10, customerGroups: [7] } } },
        { status: 201, body: { id: 9, name: "Staff" } },
        { status: 200, body: { deleted: "7" } },
        { status: 200, body: { timeZone: "Asia/Tokyo" } },
      ]);
      expect(ecwid.store(STORE).groups.map(({ id }) => id)).toEqual([0, 9]);
      expect(ecwid.log.counts().all).toBe(0);
    });

    it("says what is wrong with what they ask, and changes nothing", async () => {
      const ecwid = newEcwid();
      const before = ecwid.toJson();
      const { url } = await serve(ecwid);

      const replies = [
        await admin(url, "PATCH", `/stores/${STORE}/coupons/5`, {}),
        await admin(url, "PATCH", "/stores/5/coupons/11", {}),
        await admin(url, "PATCH", `/stores/${STORE}`, { timezone: "Asia/Tokyo" }),
        await admin(url, "POST", `/stores/${STORE}/coupons`, { id: 11 }),
        await admin(url, "POST", `/stores/${STORE}/coupons`, {}),
        await admin(url, "DELETE", `/stores/${STORE}/groups/0`),
        await admin(url, "GET", "/nonsense"),
      ];

      expect(replies.map(({ status }) => status)).toEqual([404, 404, 400, 409, 400, 400, 404]);
      expect(ecwid.toJson()).toBe(before);
    });

    it("lets them revoke tokens, and shows none", async () => {
      const ecwid = newEcwid();
      const { url } = await serve(ecwid);

      const revoked = await admin(url, "POST", `/stores/${STORE}/revoke-tokens`);
      await fetch(`${url}/api/v3/${STORE}/profile`, { headers: AUTHORISED });
      const shown = [revoked.body, (await admin(url, "GET", "/stores")).body, (await admin(url, "GET", "/requests")).body];

      expect(revoked.body).toMatchObject({ tokens: [{ dead: true }] });
      expect(shown[2]).toMatchObject([{ method: "GET", path: `/api/v3/${STORE}/profile`, outcome: 403 }]);
      expect(JSON.stringify(shown)).not.toContain(SECRET);
    });

    it("refuses an edit that a web page could send", async () => {
      const ecwid = newEcwid();
      const { url } = await serve(ecwid);

      const reply = await fetch(`${url}/simulated-admin/stores/${STORE}/coupons`, { method: "POST", body: '{"id":12}' });

      expect(reply.status).toBe(400);
      expect(ecwid.coupon(STORE, 12)).toBeUndefined();
    });
  });

  describe("kept in a file", () => {
    it("goes on where it was, instead of beginning anew", async () => {
      const file = join(folder, "below", "ecwid.json");
      const first = await serve(newEcwid(), file);
      await fetch(`${first.url}/api/v3/${STORE}/discount_coupons/11`, {
        method: "PUT",
        headers: AUTHORISED,
        body: '{"applicationLimit":"REPEAT_CUSTOMER_ONLY"}',
      });
      const again = newEcwid();

      const second = await serve(again, file);

      expect([first.restored, second.restored]).toEqual([false, true]);
      expect(again.coupon(STORE, 11)).toMatchObject({ applicationLimit: "REPEAT_CUSTOMER_ONLY" });
      expect(await readdir(join(folder, "below"))).toEqual(["ecwid.json"]);
    });

    it("refuses to begin over a file that it cannot read", async () => {
      const file = join(folder, "ecwid.json");
      await writeFile(file, "{");

      await expect(serve(newEcwid(), file)).rejects.toThrow(`${file} cannot be read`);
    });

    it("survives the process being killed: what was answered was kept", async () => {
      const file = join(folder, "ecwid.json");
      child = spawn(process.execPath, [new URL("./killed-server.ts", import.meta.url).pathname, file], {
        stdio: ["ignore", "pipe", "inherit"],
      });
      const [printed] = child.stdout === null ? [] : await once(child.stdout, "data");
      const url = String(printed).trim();

      await fetch(`${url}/api/v3/${STORE}/discount_coupons/11`, {
        method: "PUT",
        headers: AUTHORISED,
        body: '{"applicationLimit":"NEW_CUSTOMER_ONLY"}',
      });
      const gone = once(child, "exit");
      child.kill("SIGKILL");
      await gone;
      const ecwid = newEcwid();
      const { restored } = await serve(ecwid, file);

      expect(restored).toBe(true);
      expect(ecwid.coupon(STORE, 11)).toMatchObject({ applicationLimit: "NEW_CUSTOMER_ONLY" });
    });
  });
});
