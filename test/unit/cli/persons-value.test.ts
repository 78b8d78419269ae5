import { describe, expect, it } from "vitest";
import { COUPON, PROMOTION, STORE, sale } from "../../support/world.ts";
import { createDesk, type Desk } from "./desk.ts";

const REPEAT_ONLY = [{ couponId: String(COUPON), applicationLimit: "REPEAT_CUSTOMER_ONLY" }];

/** A campaign is on, and somebody's other value has been believed. */
async function deskAfterAnEdit(applicationLimit = "UNLIMITED"): Promise<Desk> {
  const desk = createDesk({ now: "2026-11-27T09:30:00Z" });
  await desk.world.put(sale({ name: "Y3", coupons: REPEAT_ONLY }));
  await desk.world.runTo("2026-11-27T10:20:00Z");
  desk.world.ecwid.edit.coupon(STORE, COUPON, { applicationLimit });
  await desk.world.sweep();
  await desk.world.runTo("2026-11-27T10:30:00Z");
  return desk;
}

describe("a value that a person set while a campaign is on", () => {
  it("is what now says is there, and by whom", async () => {
    const desk = await deskAfterAnEdit();

    const { out } = await desk.run(["now", String(COUPON)]);
    const json = (await desk.run(["now", String(COUPON), "--json"])).json();

    expect(out).toContain('holds: UNLIMITED, set by a person; "Y3" gives way until 2026-11-27 12:00');
    expect(out).not.toContain("as Doorman wrote it");
    expect(json).toMatchObject({ holds: [{ value: "UNLIMITED", setByPerson: true, inDoubt: false }] });
  });

  it("is what why shows, whose campaign gives way and does not win", async () => {
    const desk = await deskAfterAnEdit();

    const { out } = await desk.run(["why", String(COUPON)]);

    expect(out).toContain('UNLIMITED: somebody set UNLIMITED in Ecwid; "Y3" gives way until its window ends');
    expect(out).toMatch(/gives way: "Y3" \(sale\) asks for REPEAT_CUSTOMER_ONLY/);
    expect(out).not.toContain("wins:");
    expect(out).toContain("without any campaign: UNLIMITED");
  });

  it("is what at and plan show, to the end of the window and after", async () => {
    const desk = await deskAfterAnEdit();

    const at = await desk.run(["at", "now"]);
    const plan = await desk.run(["plan"]);

    expect(at.out).toMatch(/UNLIMITED +somebody set/);
    expect(plan.out).toMatch(/2026-11-27 12:00 +- +UNLIMITED/);
    expect(at.out + plan.out).not.toContain("as found");
  });

  it("is the last of several that were set", async () => {
    const desk = await deskAfterAnEdit();
    desk.world.ecwid.edit.coupon(STORE, COUPON, { applicationLimit: "NEW_CUSTOMER_ONLY" });

    const { out } = await desk.run(["now", String(COUPON)]);

    expect(out).toContain("holds: NEW_CUSTOMER_ONLY, set by a person");
  });

  it("is forgotten once it is taken back", async () => {
    const desk = await deskAfterAnEdit();
    desk.world.ecwid.edit.coupon(STORE, COUPON, { applicationLimit: "REPEAT_CUSTOMER_ONLY" });

    const { out } = await desk.run(["now", String(COUPON)]);

    expect(out).toContain("holds: REPEAT_CUSTOMER_ONLY, as Doorman wrote it");
  });

  it("of a group is shown as well", async () => {
    const desk = createDesk({ now: "2026-11-27T09:30:00Z" });
    await desk.world.put(sale({ coupons: [], promotions: [{ promotionId: PROMOTION, addGroups: [3] }] }));
    await desk.world.runTo("2026-11-27T10:20:00Z");
    desk.world.ecwid.edit.promotion(STORE, PROMOTION, { triggers: { customerGroups: [0, 1] } });
    await desk.world.sweep();
    await desk.world.runTo("2026-11-27T10:30:00Z");

    const { out } = await desk.run(["now", String(PROMOTION)]);

    expect(out).toContain('holds: group 3 out, set by a person; "Sale" gives way until 2026-11-27 12:00');
  });
});
