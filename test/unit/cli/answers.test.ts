import { describe, expect, it } from "vitest";
import { parseInstant } from "../../../lib/domain/instant.ts";
import { COUPON, PROMOTION, STORE, sale, TOKEN } from "../../support/world.ts";
import { createDesk } from "./desk.ts";

const NOW = "2026-11-27T09:30:00Z";
const RIVAL = sale({
  campaignId: "rival",
  name: "Rival",
  start: "2026-11-27T11:00",
  end: "2026-11-27T13:00",
  priority: 5,
  coupons: [{ couponId: String(COUPON), applicationLimit: "REPEAT_CUSTOMER_ONLY" }],
});

async function deskOfTwo() {
  const desk = createDesk({ now: NOW });
  await desk.world.put(sale({ promotions: [{ promotionId: String(PROMOTION), addGroups: [2, 3] }] }));
  await desk.world.put(RIVAL);
  return desk;
}

describe("plan", () => {
  it("shows each stretch of a span with its value and its reason, within 80 columns", async () => {
    const desk = await deskOfTwo();

    const { out } = await desk.run(["plan", "--for", "1d"]);

    expect(out).toMatch(/2026-11-27 10:00 +2026-11-27 11:00 +UNLIMITED/);
    expect(out).toMatch(/2026-11-27 11:00 +2026-11-27 13:00 +REPEAT_CUSTOMER_ONLY/);
    expect(out).toMatch(/2026-11-27 10:00 +2026-11-27 12:00 +in: 2, 3/);
    for (const line of out.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  it("says the same to machines, of the target that was named", async () => {
    const desk = await deskOfTwo();

    const json = (await desk.run(["plan", "--target", `coupon:${COUPON}`, "--to", "2026-11-28T00:00", "--json"])).json();

    expect(json).toMatchObject([
      {
        storeId: STORE,
        target: `coupon#${COUPON}`,
        complete: true,
        segments: [
          { cells: [{ value: "as found" }] },
          { from: "2026-11-27T10:00:00Z", to: "2026-11-27T11:00:00Z", cells: [{ value: "UNLIMITED", winner: { campaignId: "sale" } }] },
          { from: "2026-11-27T11:00:00Z", cells: [{ value: "REPEAT_CUSTOMER_ONLY" }] },
          { from: "2026-11-27T12:00:00Z" },
          { from: "2026-11-27T13:00:00Z", to: null },
        ],
      },
    ]);
  });
});

describe("what a person types", () => {
  it("may be a day, weeks, and a coupon's code in any capitals", async () => {
    const desk = await deskOfTwo();
    await desk.run(["now", String(COUPON)]);

    const [day, weeks] = [await desk.run(["at", "2026-11-28"]), await desk.run(["plan", "--from", "2026-11-27", "--for", "2w"])];
    const why = await desk.run(["why", "welcome10"]);

    expect(day.out).toContain("at 2026-11-28 00:00 UTC");
    expect(weeks.out).toContain("2026-11-27 00:00 to 2026-12-11 00:00 UTC");
    expect(why).toMatchObject({ code: 0, out: expect.stringContaining("WELCOME10") });
  });

  it("is no coupon that Ecwid has, and now does not say that it is as it was left there", async () => {
    const desk = createDesk({ now: NOW });
    await desk.world.put(sale({ coupons: [{ couponId: "999", applicationLimit: "UNLIMITED" }] }));

    const { out } = await desk.run(["now", "coupon:999"]);

    expect(out).not.toContain("as it was left");
    expect(out).toContain("holds: nothing that could be read");
  });
});

describe("a store whose campaigns are all broken", () => {
  it.each([[["plan"]], [["at", NOW]]])("%j names them, and does not say that there are none", async (words) => {
    const desk = createDesk({ now: NOW });
    await desk.world.put(sale({ end: "never" }));

    const { code, out, err } = await desk.run(words);

    expect({ code, out }).toEqual({ code: 1, out: "" });
    expect(err).toMatch(/^doorman: 1 campaign cannot be planned: sale: end: /);
  });
});

describe("at and why", () => {
  it("at shows every target at an instant", async () => {
    const desk = await deskOfTwo();

    const { out } = await desk.run(["at", "2026-11-27T10:30"]);

    expect(out).toContain("Store 1003 at 2026-11-27 10:30 UTC");
    expect(out).toMatch(/coupon WELCOME10 +UNLIMITED .* 2026-11-27 11:00/);
  });

  it("at names the next change of value, and apart from it what happens before", async () => {
    const desk = await deskOfTwo();

    const json = (await desk.run(["at", "2026-11-27T11:30", "--json"])).json();

    expect(json).toContainEqual(expect.objectContaining({ nextChangeAt: "2026-11-27T13:00:00Z", nextEventAt: "2026-11-27T12:00:00Z" }));
  });

  it("at looks back by today's campaigns", async () => {
    const desk = createDesk({ now: "2026-12-24T00:00:00Z" });
    await desk.world.put(sale());

    const { out } = await desk.run(["at", "2026-11-27T10:30Z"]);

    expect(out).toMatch(/coupon 162428889 +UNLIMITED/);
  });

  it("why names the winner, who loses against it, and what it returns to", async () => {
    const desk = await deskOfTwo();

    const { out } = await desk.run(["why", String(COUPON), "--at", "2026-11-27T11:30"]);

    expect(out).toMatch(/wins: {2}"Rival" \(rival\) asks for REPEAT_CUSTOMER_ONLY, priority 5/);
    expect(out).toMatch(/loses: "Sale" \(sale\) asks for UNLIMITED, priority 0/);
    expect(out).toContain("without any campaign: what is found there");
    expect(out).toContain("Next change: 2026-11-27 13:00, back to what was found (2026-11-27 12:00: only who asks for it changes).");
  });

  it("why says what it changes to, `afterwards` included", async () => {
    const desk = createDesk({ now: NOW });
    const coupons = [{ couponId: String(COUPON), applicationLimit: "UNLIMITED", afterwards: "REPEAT_CUSTOMER_ONLY" }];
    await desk.world.put(sale({ coupons }));

    const { out } = await desk.run(["why", String(COUPON), "--at", "2026-11-27T11:30"]);

    expect(out).toContain("Next change: 2026-11-27 12:00, to REPEAT_CUSTOMER_ONLY.");
  });
});

describe("history", () => {
  it("says what would have been switched in shadow mode as such", async () => {
    const desk = createDesk();
    Object.assign(desk.world.reconciling, { isShadow: true });
    await desk.world.put(sale());
    await desk.world.runTo("2026-11-27T10:05:00Z");

    const { out } = await desk.run(["history"]);

    expect(out.replaceAll(/\s+/g, " ")).toMatch(/would switch .*NEW_CUSTOMER_ONLY → .*UNLIMITED/);
  });

  it("shows what happened, newest first, and of one campaign alone", async () => {
    const desk = await deskOfTwo();
    await desk.world.runTo("2026-11-27T14:00:00Z");

    const { out } = await desk.run(["history", "WELCOME10"]);
    const ofRival = (await desk.run(["history", "--campaign", "rival", "--json"])).json() as {
      before: string;
      after: string;
      at: string;
    }[];

    expect(out).toMatch(/2026-11-27 13:00.*\n[\s\S]*2026-11-27 11:00[\s\S]*2026-11-27 10:00/);
    expect(ofRival.map(({ before, after }) => `${before} → ${after}`)).toEqual([
      "REPEAT_CUSTOMER_ONLY → NEW_CUSTOMER_ONLY",
      "UNLIMITED → REPEAT_CUSTOMER_ONLY",
    ]);
  });
});

describe("now", () => {
  it("asks for a look, waits for it, and shows what is held and what should be", async () => {
    const desk = await deskOfTwo();
    await desk.world.runTo("2026-11-27T10:30:00Z");
    desk.world.calls();

    const { code, out } = await desk.run(["now", "WELCOME10"]);

    expect(code).toBe(0);
    expect(desk.world.calls()).toContain(`GET /discount_coupons/${COUPON}`);
    expect(out).toContain("holds: UNLIMITED, as Doorman wrote it; returns to NEW_CUSTOMER_ONLY");
    expect(out).toContain('should hold: UNLIMITED; "Sale" is on');
  });

  it("shows a value that somebody else set", async () => {
    const desk = await deskOfTwo();
    await desk.world.runTo("2026-11-27T10:30:00Z");
    desk.world.ecwid.edit.coupon(STORE, COUPON, { applicationLimit: "REPEAT_CUSTOMER_ONLY" });

    const { out } = await desk.run(["now", "WELCOME10"]);

    expect(out).toContain("holds: REPEAT_CUSTOMER_ONLY, not what Doorman wrote");
  });

  it("has something read that Doorman does not hold, and tells what will be in the way", async () => {
    const desk = await deskOfTwo();
    desk.world.ecwid.edit.coupon(STORE, COUPON, { status: "PAUSED" });
    desk.world.calls();

    const { out } = await desk.run(["now", "WELCOME10"]);
    const json = (await desk.run(["now", "WELCOME10", "--json"])).json();
    const why = await desk.run(["why", "WELCOME10"]);

    expect(desk.world.calls()).toContain(`GET /discount_coupons/${COUPON}`);
    expect(out).toContain("holds: NEW_CUSTOMER_ONLY, as it was left in Ecwid (looked at 2026-11-27 09:30:02");
    expect(out).toContain("note: coupon WELCOME10 is paused in Ecwid");
    expect(json).toMatchObject({ found: "NEW_CUSTOMER_ONLY", holds: [], lookedAt: expect.stringMatching(/^2026-11-27T09:30/) });
    expect(why.out).toContain("note: coupon WELCOME10 is paused in Ecwid");
  });

  it("gives up in one sentence if nobody answers", async () => {
    const desk = createDesk({
      place: (place) => ({ ...place, workings: place.workings && { ...place.workings, dispatcher: { send: async () => {} } } }),
    });
    await desk.world.put(sale());
    await desk.world.clock.advanceBy(1_000);

    const { code, err } = await desk.run(["now", String(COUPON), "--wait", "5s"]);

    expect(code).toBe(1);
    expect(err).toMatch(/^doorman: no answer about store 1003 within 5 seconds: .*\n$/);
  });
});

describe("a look that cannot be taken", () => {
  const silent = { send: async () => {} };
  const since = parseInstant(NOW);

  it("is not waited for where there is no secret", async () => {
    const desk = createDesk({ now: NOW });

    const { code, err } = await desk.run(["store", "check", "9999"]);

    expect(code).toBe(1);
    expect(err).toMatch(/BAD +token +the store cannot be called: .*NO_TOKEN/);
    expect(desk.world.clock.now() - since).toBeLessThan(10_000);
  });

  it.each([
    [
      { noAccess: { code: "NO_TOKEN", reason: "there is no secret", since } },
      /token: the store cannot be called: there is no secret \(NO_TOKEN, since/,
    ],
    [{ deadToken: { secretVersion: "1", since } }, /token: Ecwid refused it at .*; put a new one with doorman store add/],
    [{ dueAt: parseInstant("2026-11-27T09:45:00Z") }, /a look at it is due at 2026-11-27 09:45/],
    [{}, /no Doorman may be at work/],
  ])("%j is told after the wait", async (known, message) => {
    const desk = createDesk({
      now: NOW,
      place: (place) => ({ ...place, workings: place.workings && { ...place.workings, dispatcher: silent } }),
    });
    await desk.world.state.writeStore(STORE, { pausedKinds: {}, ...known }, 0);
    await desk.world.clock.advanceBy(1_000);

    const { code, err } = await desk.run(["store", "check", STORE, "--wait", "5s"]);

    expect(code).toBe(1);
    expect(err).toMatch(/^doorman: no answer about store 1003 within 5 seconds: [^\n]*\n$/);
    expect(err).toMatch(message);
  });
});

describe("store", () => {
  it("add puts the token from standard input and checks the store; the token is shown nowhere", async () => {
    const desk = createDesk();

    const { code, out, err } = await desk.run(["store", "add", STORE], { input: `${TOKEN}\n` });
    const again = await desk.run(["store", "add", STORE, "--no-check", "--json"], { input: TOKEN });

    expect(code).toBe(0);
    expect(desk.tokens.get(STORE)).toBe(TOKEN);
    expect(out).toContain("store 1003: token added");
    expect(out).toMatch(/good {2}zone +UTC/);
    expect(again.json()).toEqual({ ok: true, storeId: STORE, token: "replaced" });
    expect(out + err + again.out + again.err).not.toContain(TOKEN);
  });

  it("check ends with 1 and says so if Ecwid refuses the token", async () => {
    const desk = createDesk();
    desk.world.ecwid.edit.revokeTokens(STORE);

    const { code, err } = await desk.run(["store", "check", STORE]);

    expect(code).toBe(1);
    expect(err).toMatch(/BAD {3}token +Ecwid refused it/);
  });

  it("list shows zone, campaigns and state", async () => {
    const desk = createDesk();
    await desk.world.put(sale());

    const { out } = await desk.run(["store", "list"]);

    expect(out).toMatch(/1003 +UTC +1 +good/);
  });
});

describe("export and import", () => {
  it("takes everything to another Doorman, which then finds the way back", async () => {
    const first = createDesk({ now: NOW });
    await first.world.put(sale());
    await first.world.runTo("2026-11-27T10:30:00Z");
    const exported = await first.run(["export"]);
    const second = createDesk({ now: "2026-11-27T10:31:00Z" });
    second.world.ecwid.edit.coupon(STORE, COUPON, { applicationLimit: "UNLIMITED" });
    second.file("all.json", exported.out);

    const { code, out } = await second.run(["import", "all.json"]);
    await second.world.put(sale());
    await second.world.runTo("2026-11-27T12:30:00Z");

    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining("1 campaigns, 1 coupons and promotions, 1 entries of history") });
    expect(second.world.limit()).toBe("NEW_CUSTOMER_ONLY");
    expect(exported.out).not.toContain(TOKEN);
  });

  it("keep since when a freeze holds, so that a move opens nothing that it kept shut", async () => {
    const first = createDesk({ now: "2026-11-27T09:00:00Z" });
    await first.world.put({ storeId: STORE, campaignId: "calendar#quiet", dates: ["2026-11-27/2026-11-29"], freeze: true });
    await first.world.put(sale({ end: "2026-11-30T12:00" }));
    await first.world.runTo("2026-11-28T11:00:00Z");
    const exported = await first.run(["export"]);
    const second = createDesk({ now: "2026-11-28T11:01:00Z" });
    second.file("all.json", exported.out);

    const { code } = await second.run(["import", "all.json"]);
    await second.world.sweep();
    await second.world.runTo("2026-11-28T11:30:00Z");

    expect(code).toBe(0);
    expect(await second.world.status("sale")).toMatchObject({ state: "ENDED" });
    expect(second.world.limit()).toBe("NEW_CUSTOMER_ONLY");
  });

  it("take in a file from before freezes were in it", async () => {
    const first = createDesk();
    await first.world.put(sale());
    const { calendars: _none, ...older } = JSON.parse((await first.run(["export"])).out);
    const second = createDesk();
    second.file("all.json", older);

    const { code } = await second.run(["import", "all.json"]);

    expect(code).toBe(0);
  });

  it("writes a file, and does not put a campaign in place of another unless told to", async () => {
    const desk = createDesk();
    await desk.world.put(sale());
    await desk.run(["export", "all.json"]);
    await desk.world.put(sale({ name: "Changed since" }));

    const refused = await desk.run(["import", "all.json"]);
    const done = await desk.run(["import", "all.json", "--replace"]);

    expect([refused.code, done.code]).toEqual([3, 0]);
    expect(refused.err).toMatch(/nothing was imported: sale differ here/);
    expect((await desk.world.campaigns.get(STORE, "sale"))?.item["name"]).toBe("Sale");
  });
});
