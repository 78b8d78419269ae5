import { describe, expect, it } from "vitest";
import { STORE, sale } from "../../support/world.ts";
import { createDesk } from "./desk.ts";

const FREEZE = { storeId: STORE, campaignId: "calendar#stock", dates: ["2026-11-27"], freeze: true };

/** The lines that tell of a campaign what is known at once. */
function warningsIn(out: string): readonly string[] {
  return out.split("\n").flatMap((line) => line.match(/warning: (.*)/)?.slice(1) ?? []);
}

describe("a campaign that is put, tried or validated", () => {
  it.each([
    [{ start: "2020-01-01T10:00", end: "2020-01-01T12:00" }, /^every window of this campaign is past/],
    [{ except: ["holidays"] }, /except\[0\]: there is no calendar "holidays" in this store/],
    [
      { override: { state: "on", until: "2026-11-27T09:30", reason: "r" } },
      /^it opens at once, outside its windows.* until 2026-11-27 09:30/,
    ],
    [{ override: { state: "off", until: "2026-11-27T12:00", reason: "r" } }, /^its only window, .*, is skipped: r$/],
  ])("is told what can be known at once (%o)", async (changes, warning) => {
    const desk = createDesk({ now: "2026-11-27T09:00:00Z" });
    desk.file("sale.json", sale({ timeZone: "UTC", ...changes }));

    const said = [
      await desk.run(["campaign", "validate", "sale.json"]),
      await desk.run(["campaign", "validate", "sale.json", "--local"]),
      await desk.run(["campaign", "put", "sale.json", "--local", "--dry-run"]),
      await desk.run(["campaign", "put", "sale.json", "--local"]),
    ];

    for (const { code, out } of said) {
      expect(code).toBe(0);
      expect(warningsIn(out)).toContainEqual(expect.stringMatching(warning));
    }
  });

  it("is told with whom it overlaps and who wins, in the store and in the same files", async () => {
    const desk = createDesk({ now: "2026-11-27T09:00:00Z" });
    const coupons = [{ couponId: "162428889", applicationLimit: "REPEAT_CUSTOMER_ONLY" }];
    desk.file("a.json", sale({ timeZone: "UTC", campaignId: "a", name: "A" }));
    desk.file("b.json", sale({ timeZone: "UTC", campaignId: "b", name: "B", coupons }));

    const both = await desk.run(["campaign", "validate", "a.json", "b.json"]);
    await desk.run(["campaign", "put", "a.json", "--local"]);
    const put = await desk.run(["campaign", "put", "b.json", "--local"]);

    const told = /^overlaps with "A" on coupon 162428889 from .*: "B" wins, because both start together/;
    for (const { out } of [both, put]) expect(warningsIn(out)).toContainEqual(expect.stringMatching(told));
  });

  it("is told of the freeze that it falls into, and hears nothing where all is well", async () => {
    const desk = createDesk({ now: "2026-11-26T09:00:00Z" });
    desk.file("freeze.json", FREEZE);
    desk.file("sale.json", sale({ timeZone: "UTC" }));
    desk.file("well.json", sale({ timeZone: "UTC", campaignId: "well", start: "2026-12-01T10:00", end: "2026-12-01T12:00" }));
    await desk.run(["campaign", "put", "freeze.json", "--local", "--zone", "UTC"]);

    const { out } = await desk.run(["campaign", "put", "sale.json", "--local", "--zone", "UTC"]);
    const well = await desk.run(["campaign", "put", "well.json", "--local", "--zone", "UTC"]);

    expect(warningsIn(out)).toEqual([expect.stringContaining('falls into the freeze "stock"')]);
    expect(warningsIn(well.out)).toEqual([]);
  });

  it("for a store that was never reached, where another was, is told so", async () => {
    const desk = createDesk({ now: "2026-11-27T09:00:00Z" });
    await desk.world.put(sale());
    await desk.world.runTo("2026-11-27T09:05:00Z");
    desk.file("sale.json", sale({ timeZone: "UTC", storeId: "4711" }));

    const { out } = await desk.run(["campaign", "put", "sale.json", "--local"]);

    expect(warningsIn(out)).toEqual([
      `Doorman has not reached store 4711 so far: is the number right, and does it have its token? It knows ${STORE}`,
    ]);
  });
});

describe("a calendar that would be removed", () => {
  it("is shown with the campaigns that name it", async () => {
    const desk = createDesk();
    desk.file("all.json", [{ ...FREEZE, freeze: false }, sale({ except: ["stock"] }), sale({ campaignId: "other" })]);
    await desk.run(["campaign", "put", "all.json", "--local"]);

    const { out } = await desk.run(["campaign", "delete", "calendar#stock", "--local", "--dry-run"]);

    expect(out).toContain(`would be removed: calendar stock of store ${STORE}`);
    expect(warningsIn(out)).toEqual(["sale names it in except: take it out there first"]);
  });
});
