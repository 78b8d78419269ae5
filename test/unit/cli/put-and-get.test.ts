import { describe, expect, it } from "vitest";
import { COUPON, STORE, sale } from "../../support/world.ts";
import { createDesk } from "./desk.ts";

const YAML = `# agreed with finance
storeId: 1003
campaignId: sale
name: Sale
timeZone: UTC
start: 2026-11-27T10:00
end: 2026-11-27T12:00
coupons:
  - couponId: ${COUPON}
    applicationLimit: UNLIMITED
`;

describe("campaign put", () => {
  it("puts campaigns of several files: one record, a list, YAML documents", async () => {
    const desk = createDesk();
    desk.file("one.json", sale({ campaignId: "one" }));
    desk.file("list.json", [sale({ campaignId: "two" }), sale({ campaignId: "three" })]);
    desk.file("more.yaml", `${YAML}---\n${YAML.replace("campaignId: sale", "campaignId: four")}`);

    const { code, out, err } = await desk.run(["campaign", "put", "one.json", "list.json", "more.yaml"]);

    expect({ code, err }).toEqual({ code: 0, err: "" });
    for (const id of ["one", "two", "three", "sale", "four"]) {
      expect(out).toContain(`campaign ${id} of store 1003: new`);
      expect((await desk.world.campaigns.get(STORE, id))?.item).toMatchObject({
        storeId: STORE,
        campaignId: id,
        start: "2026-11-27T10:00",
      });
    }
    expect(desk.closed()).toBe(1);
  });

  it("puts none if one is broken, and says of each what is wrong and where", async () => {
    const desk = createDesk();
    desk.file("list.json", [sale({ campaignId: "good" }), sale({ campaignId: "bad", priorty: 3, end: "tomorrow" })]);

    const { code, out, err } = await desk.run(["campaign", "put", "list.json"]);

    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toContain('list.json, record 2: end: "tomorrow" cannot be used');
    expect(err).toContain('list.json, record 2: priorty: there is no such field: did you mean "priority"?');
    expect(await desk.world.campaigns.get(STORE, "good")).toBeUndefined();
  });

  it("keeps Doorman's status, ignores one that is in the file, and calls the same text unchanged", async () => {
    const desk = createDesk();
    await desk.world.put(sale());
    const status = await desk.world.status("sale");
    desk.file("sale.json", { ...sale(), status: { state: "nonsense" } });

    const { code, out } = await desk.run(["campaign", "put", "sale.json"]);

    expect({ code, out }).toEqual({ code: 0, out: "campaign sale of store 1003: unchanged\n" });
    expect(await desk.world.status("sale")).toEqual(status);
  });

  it("ends with 3 and writes nothing if somebody else wrote between its read and its write", async () => {
    const desk = createDesk({
      place: (place, world) => ({
        ...place,
        campaigns: {
          ...place.campaigns,
          replace: async (item, read) => {
            await world.campaigns.put(sale({ note: "somebody else's" }));
            return world.campaigns.replace(item, read);
          },
        },
      }),
    });
    await desk.world.put(sale());
    desk.file("sale.json", sale({ name: "Mine" }));

    const { code, err } = await desk.run(["campaign", "put", "sale.json"]);

    expect(code).toBe(3);
    expect(err).toMatch(/^doorman: somebody else changed campaign sale meanwhile.*\n$/);
    expect((await desk.world.campaigns.get(STORE, "sale"))?.item).toMatchObject({ name: "Sale", note: "somebody else's" });
  });

  it("takes the lock of campaign get, and ends with 3 once the record is another", async () => {
    const desk = createDesk();
    await desk.world.put(sale());
    const { lock } = (await desk.run(["campaign", "get", "sale", "--json"])).json() as { lock: string };
    desk.file("sale.json", sale({ name: "Mine" }));

    const first = await desk.run(["campaign", "put", "sale.json", "--lock", lock]);
    const second = await desk.run(["campaign", "put", "sale.json", "--lock", lock]);

    expect([first.code, second.code]).toEqual([0, 3]);
    expect(second.err).toMatch(/no longer what --lock names/);
  });

  it("with --dry-run shows the switches that come and go, and writes nothing", async () => {
    const desk = createDesk();
    await desk.world.put(sale());
    desk.file("sale.json", sale({ start: "2026-11-27T11:00" }));

    const { code, out } = await desk.run(["campaign", "put", "sale.json", "--dry-run"]);
    const json = (await desk.run(["campaign", "put", "sale.json", "--dry-run", "--json"])).json();

    expect(code).toBe(0);
    expect(out).toContain("- 2026-11-27 10:00  coupon WELCOME10 (162428889)  as found → UNLIMITED");
    expect(out).toContain("+ 2026-11-27 11:00  coupon WELCOME10 (162428889)  as found → UNLIMITED");
    expect(out).not.toContain("12:00");
    expect(json).toMatchObject({
      dryRun: true,
      campaigns: [{ campaignId: "sale", effect: "changed" }],
      stores: [
        {
          storeId: STORE,
          switches: [
            { change: "dropped", at: "2026-11-27T10:00:00Z" },
            { change: "added", at: "2026-11-27T11:00:00Z" },
          ],
        },
      ],
    });
    expect((await desk.world.campaigns.get(STORE, "sale"))?.item["start"]).toBe("2026-11-27T10:00");
  });

  it("foretells with --dry-run what a freeze does that was saved before its days came", async () => {
    const desk = createDesk();
    await desk.world.put({ storeId: STORE, campaignId: "calendar#quiet", dates: ["2026-11-28/2026-11-29"], freeze: true });
    await desk.world.runTo("2026-11-28T11:00:00Z");
    desk.file("sale.json", sale({ start: "2026-11-28T10:00", end: "2026-11-28T12:00" }));

    const { code, out } = await desk.run(["campaign", "put", "sale.json", "--dry-run"]);

    expect(code).toBe(0);
    expect(out).not.toContain("UNLIMITED");
  });

  it("reads standard input as -", async () => {
    const desk = createDesk();

    const { code } = await desk.run(["campaign", "put", "-"], { input: YAML });

    expect(code).toBe(0);
    expect((await desk.world.campaigns.get(STORE, "sale"))?.item["name"]).toBe("Sale");
  });

  it("says in one line how a calendar has to be called", async () => {
    const desk = createDesk();
    desk.file("days.json", { storeId: STORE, campaignId: "holidays", name: "Holidays", dates: ["2026-12-25"], freeze: true });

    const { code, err } = await desk.run(["campaign", "put", "days.json"]);

    expect(code).toBe(1);
    expect(err).toBe('nothing was put:\ndays.json: campaignId: a calendar\'s begins with "calendar#": write "calendar#holidays"\n');
  });

  it("puts a calendar too", async () => {
    const desk = createDesk();
    desk.file("holidays.json", { storeId: 1003, campaignId: "calendar#holidays", dates: ["2026-12-25"] });

    const { code } = await desk.run(["campaign", "put", "holidays.json"]);

    expect(code).toBe(0);
    expect((await desk.world.campaigns.get(STORE, "calendar#holidays"))?.item["dates"]).toEqual(["2026-12-25"]);
  });
});

describe("campaign get", () => {
  it.each([[["campaign", "get", "sale"]], [["campaign", "get", "sale", "--yaml"]]])(
    "shows with %j what campaign put takes",
    async (words) => {
      const desk = createDesk();
      await desk.world.put(sale());

      const shown = await desk.run(words);
      const { code, out } = await desk.run(["campaign", "put", "-"], { input: shown.out });

      expect(shown.code).toBe(0);
      expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining("unchanged") });
    },
  );

  it("finds a campaign without --store as long as one store alone has it", async () => {
    const desk = createDesk();
    await desk.world.put(sale());
    const alone = await desk.run(["campaign", "get", "sale"]);
    await desk.world.campaigns.put({ ...sale(), storeId: "77" });

    const both = await desk.run(["campaign", "get", "sale"]);
    const named = await desk.run(["campaign", "get", "sale", "--store", "77"]);

    expect([alone.code, both.code, named.code]).toEqual([0, 2, 0]);
    expect(both.err).toBe("doorman: stores 1003 and 77 each have a campaign sale: say which with --store\n");
    expect(named.out).toContain('"77"');
  });
});

describe("campaign list and delete", () => {
  it("lists state, next switch and what is wrong", async () => {
    const desk = createDesk();
    await desk.world.put(sale());
    await desk.world.put(sale({ campaignId: "broken", start: "soon" }));

    const { out } = await desk.run(["campaign", "list"]);
    const json = (await desk.run(["campaign", "list", "--state", "scheduled", "--json"])).json();

    expect(out).toMatch(/1003 +sale +SCHEDULED +2026-11-27 10:00 UTC +Sale/);
    expect(out).toMatch(/broken: problem: start: "soon" cannot be used/);
    expect(json).toMatchObject([{ campaignId: "sale", status: { state: "SCHEDULED" } }]);
  });

  it("deletes a campaign, or with --dry-run shows what would go back", async () => {
    const desk = createDesk({ now: "2026-11-27T09:59:00Z" });
    await desk.world.put(sale());
    await desk.world.runTo("2026-11-27T10:30:00Z");

    const dry = await desk.run(["campaign", "delete", "sale", "--dry-run"]);
    expect(await desk.world.campaigns.get(STORE, "sale")).toBeDefined();
    const real = await desk.run(["campaign", "delete", "sale"]);

    expect(dry.out).toContain("+ at once           coupon WELCOME10 (162428889)  UNLIMITED → NEW_CUSTOMER_ONLY");
    expect(real.code).toBe(0);
    expect(await desk.world.campaigns.get(STORE, "sale")).toBeUndefined();
    expect((await desk.run(["campaign", "delete", "sale"])).code).toBe(1);
  });
});

describe("campaign validate", () => {
  it("needs no Doorman, and ends with 1 if anything is wrong", async () => {
    const desk = createDesk({
      place: () => {
        throw new Error("no place is opened");
      },
    });
    desk.file("good.yaml", YAML);
    desk.file("bad.json", sale({ coupons: [] }));

    const good = await desk.run(["campaign", "validate", "good.yaml"]);
    const bad = await desk.run(["campaign", "validate", "good.yaml", "bad.json", "--json"]);

    expect(good).toMatchObject({ code: 0, out: "1 record is good\n" });
    expect(bad.code).toBe(1);
    expect(bad.json()).toMatchObject({ ok: false, problems: [{ where: "bad.json", path: "coupons" }] });
  });
});
