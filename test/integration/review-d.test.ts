import { expect, it } from "vitest";
import { runTick } from "../../lib/application/dispatch/run-tick.ts";
import { couponId, storeId, targetKey } from "../../lib/domain/identifiers.ts";
import { MINUTE, plus, SECOND } from "../../lib/domain/instant.ts";
import { COUPON, createWorld, instantOf, STORE, sale, TOKEN } from "../support/world.ts";

it("F7 a blocked target that is looked at again in the sweep's minute does not starve the store's looks", async () => {
  const world = createWorld({ now: "2026-11-27T09:06:29Z" });
  await world.put(sale({ note: "first, so that the store's zone is known", start: "2026-11-29T09:00", end: "2026-11-29T10:00" }));
  await world.runTo("2026-11-27T09:07:29Z");
  await world.put(
    sale({
      start: "2026-11-27T09:00",
      end: "2026-11-28T20:00",
      onManualEdit: "enforce",
      coupons: [
        { couponId: COUPON, applicationLimit: "UNLIMITED" },
        { couponId: 99, applicationLimit: "UNLIMITED" },
      ],
    }),
  );
  expect(world.limit()).toBe("UNLIMITED");
  world.ecwid.edit.coupon(STORE, COUPON, { applicationLimit: "REPEAT_CUSTOMER_ONLY" });
  for (const hour of ["10", "11", "12", "13", "14", "15"]) {
    await world.runTo(`2026-11-27T${hour}:07:02Z`);
    await world.sweep();
  }
  await world.runTo("2026-11-27T15:30:00Z");
  expect(world.limit()).toBe("UNLIMITED");
});

it("F8 the status follows the windows while the token is dead", async () => {
  const world = createWorld();
  await world.put(sale({ note: "first, so that the store's zone is known" }));
  await world.put(sale());
  await world.runTo("2026-11-27T09:50:00Z");
  world.ecwid.edit.revokeTokens(STORE);
  await world.runTo("2026-11-27T12:30:00Z");
  await world.sweep();
  await world.runTo("2026-11-27T15:30:00Z");
  expect((await world.status("sale"))["state"]).toBe("ENDED");
});

it("F8 lateness counts from the boundary that is owed, not from when the store came back", async () => {
  const world = createWorld();
  await world.put(sale({ end: "2026-11-27T20:00" }));
  await world.put(
    sale({
      campaignId: "b",
      start: "2026-11-27T11:00",
      end: "2026-11-27T20:00",
      priority: 1,
      coupons: [{ couponId: COUPON, applicationLimit: "REPEAT_CUSTOMER_ONLY" }],
    }),
  );
  await world.runTo("2026-11-27T09:50:00Z");
  world.ecwid.edit.store(STORE, { suspended: true });
  await world.runTo("2026-11-27T11:45:00Z");
  world.ecwid.edit.store(STORE, { suspended: false });
  await world.sweep();
  await world.runTo("2026-11-27T11:50:00Z");
  expect(world.limit()).toBe("REPEAT_CUSTOMER_ONLY");
  const switched = world.events.filter((event) => event.kind === "switched");
  expect(switched.at(-1)?.latenessMs).toBeGreaterThan(44 * MINUTE); // owed since 11:00, done at 11:45;
});

it("AO a blocked target of a campaign that is over is not called for ever", async () => {
  const world = createWorld();
  await world.put(sale());
  await world.runTo("2026-11-27T09:50:00Z");
  world.ecwid.setFaults(({ method, resource }) =>
    method === "GET" && resource === "discount_coupons" ? { kind: "status", status: 400, when: "before" } : undefined,
  );
  await world.runTo("2026-11-27T12:30:00Z");
  world.calls();
  await world.runTo("2026-11-27T18:30:00Z");
  expect(world.calls()).toEqual([]);
});

it("a look makes at most 20 requests", async () => {
  const many = Array.from({ length: 60 }, (_, i) => 5000 + i);
  const world = createWorld({
    stores: [
      {
        storeId: STORE,
        timeZone: "UTC",
        tokens: [TOKEN],
        coupons: many.map((id) => ({ id, name: `C${id}`, code: `C${id}`, applicationLimit: "NEW_CUSTOMER_ONLY" })),
      },
    ],
  });
  await world.put(
    sale({
      end: "2026-11-27T20:00",
      onManualEdit: "enforce",
      coupons: many.map((id) => ({ couponId: id, applicationLimit: "UNLIMITED" })),
    }),
  );
  await world.runTo("2026-11-27T10:30:00Z");
  for (const id of many) world.ecwid.edit.coupon(STORE, id, { applicationLimit: "REPEAT_CUSTOMER_ONLY" });
  world.calls();
  await world.sweep();
  await world.runTo("2026-11-27T10:40:00Z");
  expect(world.calls().length).toBeLessThanOrEqual(20);
});

it("one message that cannot be sent does not keep the tick from the other stores", async () => {
  const world = createWorld({ ticks: false });
  const key = targetKey({ kind: "coupon", id: couponId("7") });
  for (const s of ["1", "2", "3"]) await world.state.makeDue(storeId(s), key, instantOf("2026-11-27T08:59:00Z"));
  const sent: string[] = [];
  const dispatcher = {
    send: async (m: { storeId: string }) => {
      if (m.storeId === "2") throw new Error("throttled");
      sent.push(m.storeId);
    },
  };
  await runTick(
    { clock: world.clock, state: world.state, dispatcher: dispatcher as never, telemetry: { emit: () => {} } },
    plus(world.clock.now(), 150 * SECOND),
  ).catch(() => {});
  expect(sent).toEqual(["1", "3"]);
});

it("F12b a switch of one coupon is on time while thirty others of its store are failing", async () => {
  const many = Array.from({ length: 30 }, (_, i) => 5000 + i);
  const world = createWorld({
    stores: [
      {
        storeId: STORE,
        timeZone: "UTC",
        tokens: [TOKEN],
        coupons: [COUPON, ...many].map((id) => ({ id, name: `C${id}`, code: `C${id}`, applicationLimit: "NEW_CUSTOMER_ONLY" })),
      },
    ],
  });
  let seed = 7;
  Object.assign(world.reconciling, {
    chance: () => {
      seed = (seed * 16807) % 2147483647;
      return seed / 2147483647;
    },
  });
  world.ecwid.setFaults(({ method, id }) =>
    method === "PUT" && String(id) !== String(COUPON) ? { kind: "status", status: 500, when: "before" } : undefined,
  );
  await world.put(
    sale({
      start: "2026-11-27T09:30",
      end: "2026-11-27T20:00",
      campaignId: "many",
      coupons: many.map((id) => ({ couponId: id, applicationLimit: "UNLIMITED" })),
    }),
  );
  await world.put(sale({ start: "2026-11-27T09:31", end: "2026-11-27T09:32", repeat: "FREQ=DAILY;COUNT=1" }));
  for (const [a, b] of [
    ["33", "34"],
    ["35", "36"],
    ["37", "38"],
    ["39", "40"],
  ])
    await world.put(sale({ campaignId: `c${a}`, start: `2026-11-27T09:${a}`, end: `2026-11-27T09:${b}` }));
  await world.runTo("2026-11-27T09:45:00Z");
  const late = world.events.filter((event) => event.kind === "switched").map((e) => e.latenessMs / SECOND);
  console.log("lateness s", late);
  expect(Math.max(...late)).toBeLessThanOrEqual(1);
});
