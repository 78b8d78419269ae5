import fc from "fast-check";
import { expect, it } from "vitest";
import { createReconcileWork } from "../../../functions/reconcile/reconcile-work.ts";
import { parseStoreMessage } from "../../../lib/application/messages/store-message.ts";
import { damagedTexts, damagedValues } from "../../support/arbitrary-damage.ts";
import { COUPON, createWorld, instantOf, STORE, sale } from "../../support/world.ts";
import { CASES } from "./cases.ts";

const DEADLINE = instantOf("2026-11-27T10:05:00Z");
const BODIES_IN_A_BATCH = 50;

const good = [
  { kind: "switch", storeId: STORE, instant: "2026-11-27T10:00:00Z", targets: [`coupon#${COUPON}`, "promotion#7"], relay: 0 },
  { kind: "look", storeId: STORE, instant: "2026-11-27T10:00:00Z", because: "somebody asks", relay: 3 },
];

it(`a bad body is told in a sentence that quotes nothing of it, and the good message behind it is worked (${CASES} cases)`, async () => {
  const bodies = fc.array(
    damagedTexts(good).filter((body) => !parseStoreMessage(body).ok),
    { minLength: BODIES_IN_A_BATCH, maxLength: BODIES_IN_A_BATCH },
  );
  await fc.assert(
    fc.asyncProperty(bodies, async (bad) => {
      const world = createWorld({ ticks: false });
      await world.put(sale());
      await world.skipTo("2026-11-27T10:00:00Z");
      const records = [...bad.map((body) => ({ messageId: "m-1", body })), { messageId: "m-2", body: JSON.stringify(good[0]) }];

      await createReconcileWork(world.reconciling)({ Records: records }, DEADLINE);

      const told = world.events.filter((event) => event.kind === "input-refused");
      expect(told).toHaveLength(bad.length);
      for (const { message } of told) expect(message).toMatch(/^The message body is not .+\.$/s);
      expect(world.limit()).toBe("UNLIMITED");
    }),
    { numRuns: Math.ceil(CASES / BODIES_IN_A_BATCH) },
  );
}, 600_000);

it("a record or an event of another shape is told, and the good message behind it is worked", async () => {
  const shapes = fc.array(fc.oneof(damagedValues([{ messageId: "m-1", body: "{}" }]), fc.anything()), { maxLength: 20 });
  await fc.assert(
    fc.asyncProperty(shapes, async (bad) => {
      const world = createWorld({ ticks: false });
      await world.put(sale());
      await world.skipTo("2026-11-27T10:00:00Z");

      await createReconcileWork(world.reconciling)({ Records: [...bad, { body: JSON.stringify(good[0]) }] }, DEADLINE);
      await createReconcileWork(world.reconciling)(bad[0], DEADLINE);

      expect(world.limit()).toBe("UNLIMITED");
    }),
    { numRuns: 100 },
  );
}, 600_000);
