import { createHash } from "node:crypto";
import { JSDOM } from "jsdom";
import { describe, expect, it } from "vitest";
import { pageOf, type StorePlan } from "../../../lib/cli/page/page.ts";
import { DAY, parseInstant, plus } from "../../../lib/domain/instant.ts";
import { planOf, SAMPLE_NOW, samplePlans } from "../../support/sample-plan.ts";

const SIX_WEEKS = samplePlans(SAMPLE_NOW, plus(SAMPLE_NOW, 42 * DAY));
const COUPONS = [{ couponId: "7", applicationLimit: "UNLIMITED" }];

function open(stores: readonly StorePlan[], mostTargets?: number) {
  const text = [...pageOf(stores, { now: SAMPLE_NOW, mostTargets })].join("");
  return { text, document: new JSDOM(text).window.document };
}

function textsOf(element: ReturnType<typeof open>["document"], selector: string): readonly string[] {
  return [...element.querySelectorAll(selector)].map(({ textContent }) => textContent.replaceAll(/\s+/g, " ").trim());
}

function weekly(count: number): StorePlan {
  const items = Array.from({ length: count }, (_, index) => ({
    campaignId: `weekly-${index}`,
    name: `Weekly ${index}`,
    start: "2026-10-24T10:00",
    end: "2026-10-24T12:00",
    repeat: "FREQ=WEEKLY",
    coupons: [{ couponId: String(100 + index), applicationLimit: "UNLIMITED" }],
  }));
  return planOf("1003", "America/New_York", items, { from: SAMPLE_NOW, to: plus(SAMPLE_NOW, 365 * DAY) });
}

describe("a page stands alone", () => {
  it("lets nothing be loaded or run, and allows its own style by its hash only", () => {
    const { document, text } = open(SIX_WEEKS);

    const policy = document.querySelector("meta[http-equiv=Content-Security-Policy]")?.getAttribute("content");
    const style = document.querySelector("style")?.textContent ?? "";
    const hash = createHash("sha256").update(style).digest("base64");
    expect(policy).toBe(`default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'`);
    expect([...document.querySelectorAll("script, link, img, iframe, [style], [src]")]).toEqual([]);
    expect(text).not.toMatch(/https?:|@import/);
  });

  it("says its language, its title, and what is in it", () => {
    const { document } = open(SIX_WEEKS);

    expect(document.documentElement.getAttribute("lang")).toBe("en");
    expect(document.title).toBe("Plan of 2 stores – Doorman");
    expect(textsOf(document, "h2")).toEqual(["How to read the pictures", "Store 1003", "Store 2007"]);
    expect(textsOf(document, "nav a")).toEqual(["Store 1003", "Store 2007"]);
    const ids = [...document.querySelectorAll("[id]")].map((each) => each.getAttribute("id"));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("shows what people typed, and obeys none of it", () => {
    const name = `<script>alert(1)</script><img src=x onerror="alert(2)">'"&amp;\u202e`;
    const reason = `"><b onclick=alert(3)>`;
    const override = { state: "on", until: "2026-10-25T12:00", reason, by: "<i>ana</i>" };
    const items = [{ campaignId: "odd", name, start: "2026-10-24T10:00", end: "2026-10-24T12:00", coupons: COUPONS, override }];
    const store = planOf("1003", "UTC", items, { from: SAMPLE_NOW, to: plus(SAMPLE_NOW, 7 * DAY) });
    const labelled = { ...store, outlooks: store.outlooks.map((known) => ({ ...known, label: `coupon </h3><script>x</script> (7)` })) };

    const { document } = open([labelled]);

    expect([...document.querySelectorAll("script, img, b[onclick], i")]).toEqual([]);
    const handlers = [...document.querySelectorAll("*")]
      .flatMap(({ attributes }) => [...attributes])
      .filter((each) => each.name.startsWith("on"));
    expect(handlers).toEqual([]);
    expect(textsOf(document, "h3")).toEqual(["coupon </h3><script>x</script> (7)"]);
    expect(textsOf(document, ".who b")[1]).toMatch(/^<script>alert\(1\)<\/script><img src=x onerror="alert\(2\)".*…$/);
    expect(textsOf(document, ".why").join(" ")).toContain(`"<script>alert(1)</script><img src=x onerror="alert(2)">'"&amp; " is`);
    expect(textsOf(document, ".note")[0]).toContain(`forced on by <i>ana</i> until Sun 25 Oct 2026, 12:00 UTC: "><b onclick=alert(3)>`);
  });
});

describe("a page tells in words what its pictures show", () => {
  const { document } = open(SIX_WEEKS);
  const items = textsOf(document, "ol.happenings > li");

  it("each switch in the store's time, in UTC for machines, with what changes and why", () => {
    const [first] = [...document.querySelectorAll("ol.happenings > li.switch")];

    expect(first?.querySelector("time")?.getAttribute("datetime")).toBe("2026-10-23T22:00:00Z");
    expect(first?.textContent.replaceAll(/\s+/g, " ")).toContain(
      'Fri 23 Oct 2026, 18:00 America/New_York, UTC−4Switch as found → UNLIMITED (everyone)"Happy hour" is on until 2026-10-23 23:00:00 America/New_York',
    );
  });

  it("who loses to whom, by what, and when it is over", () => {
    expect(items).toContainEqual(
      expect.stringMatching(
        /stays REPEAT_CUSTOMER_ONLY \(returning customers\)"Night owls.*begins"Night owls .*loses to "Thank-you week.*priority 5 over 0$/,
      ),
    );
    expect(items).toContainEqual(
      expect.stringMatching(/"Early birds" loses to "Newcomers until further notice": same priority 0, but it started later/),
    );
    expect(items).toContainEqual(expect.stringMatching(/^Sun 1 Nov 2026, 03:00 .*stays REPEAT_CUSTOMER_ONLY.*"Night owls .*" is over$/));
  });

  it("what a freeze keeps from starting, and the freeze's own days", () => {
    expect(items).toContainEqual(
      expect.stringMatching(/^Fri 27 Nov 2026, 18:00 .*Skipped "Happy hour" does not startfreeze "black-friday" lets nothing start then$/),
    );
    expect(textsOf(document, "ul.notices li")[0]).toMatch(
      /^Freeze “black-friday”, Thu 26 Nov 2026 to Sat 28 Nov 2026: nothing starts \(nothing new/,
    );
    expect(items.filter((item) => item.includes("Skipped")).every((item) => !item.includes("Black Friday for everyone"))).toBe(true);
  });

  it("the day on which the clocks are changed, once in each zone", () => {
    expect(items).toContainEqual(
      expect.stringMatching(/^Sun 1 Nov 2026, 01:00 America\/New_York, UTC−5Clocks clocks go back: −1 h.*25 hours/),
    );
    expect(textsOf(document, "ul.notices li")).toContainEqual(
      "Clocks go back in Europe/Berlin (−1 h): Sun 25 Oct 2026, 02:59 is followed by Sun 25 Oct 2026, 02:00 Europe/Berlin, UTC+1.",
    );
  });

  it("overrides, groups that change, and what has no end", () => {
    expect(textsOf(document, ".note")).toContain(
      "Override: “Early birds” is held off by ana until Tue 27 Oct 2026, 12:00 America/New_York, UTC−4: stock ran out",
    );
    expect(items).toContainEqual(
      expect.stringMatching(/group 0: as found → in"Then everybody" is on until 2026-11-20 08:00:00 Europe\/Berlin$/),
    );
    expect(items).toContainEqual(expect.stringContaining("group 7: as found → in, group 1006535: in → out"));
    expect(textsOf(document, ".who")).toContainEqual(
      expect.stringContaining("Newcomers until further notice NEW_CUSTOMER_ONLY (new customers) · priority 0 · no end set"),
    );
  });

  it("what does not change at all", () => {
    expect(textsOf(document, ".quiet li")).toEqual(["coupon 162430002: as found"]);
  });
});

describe("a page's pictures", () => {
  it("hatch what loses, half hatch what loses a part, cross what is skipped, mark freezes and clocks", () => {
    const { document } = open(SIX_WEEKS);

    const count = (selector: string) => [...document.querySelectorAll(`.picture ${selector}`)].length;
    expect(count("rect.bar.loses")).toBeGreaterThan(3);
    expect(textsOf(document, ".picture title")).toContainEqual(expect.stringMatching(/^VIPs first: .*loses to "No wholesale <script>/));
    expect(count("svg.skipped")).toBe(2);
    expect(count("rect.heldoff")).toBe(1);
    expect(count(".notices rect.freeze")).toBe(2);
    expect(textsOf(document, ".picture .clockstext")).toEqual(["−1 h", "−1 h", "−1 h", "−1 h"]);
  });

  it("place a bar by its instants: half a span is half the width", () => {
    const items = [{ campaignId: "half", name: "Half", start: "2026-10-24T06:00Z", end: "2026-10-24T18:00Z", coupons: COUPONS }];
    const from = parseInstant("2026-10-24T00:00:00Z");
    const { document } = open([planOf("1003", "UTC", items, { from, to: plus(from, DAY) })]);

    const bar = document.querySelector(".lane:not(.live) rect.bar");
    expect([bar?.getAttribute("x"), bar?.getAttribute("width")]).toEqual(["25%", "50%"]);
  });
});

describe("a page of very many campaigns", () => {
  it("draws the first, says how many are left out, and how to see them", () => {
    const { document, text } = open([weekly(300)], 5);

    expect(textsOf(document, "section.target h3")).toHaveLength(5);
    const [note] = textsOf(document, ".quiet");
    expect(note).toContain("Left out: 295 coupons and promotions of this store");
    expect(note).toContain("--target");
    expect(note).toContain("and 95 more");
    expect(text.length).toBeLessThan(1_000_000);
  });

  it("works a target out only when its piece is asked for", () => {
    const store = weekly(3);
    let asked = 0;
    const outlooks = store.outlooks.map((known) => ({
      ...known,
      get outlook() {
        asked += 1;
        return known.outlook;
      },
    }));
    const pieces = pageOf([{ ...store, outlooks }], { now: SAMPLE_NOW });

    pieces.next();
    pieces.next();
    const before = asked;
    pieces.next();

    expect(before).toBe(0);
    expect(asked).toBeGreaterThan(0);
  });

  it("folds a long list, and says where a target's picture ends early", () => {
    const items = [
      { campaignId: "daily", name: "Daily", start: "2026-10-24T10:00", end: "2026-10-24T10:30", repeat: "FREQ=DAILY", coupons: COUPONS },
    ];
    const { document } = open([planOf("1003", "UTC", items, { from: SAMPLE_NOW, to: plus(SAMPLE_NOW, 400 * DAY) })]);

    expect(textsOf(document, "summary")).toEqual(["238 more, until the end of the span"]);
    expect(textsOf(document, ".note").join(" ")).toContain("Only the first 250 stretches are shown, up to");
  });
});

describe("a page without anything", () => {
  it("says so", () => {
    const { document } = open([planOf("1003", "UTC", [], { from: SAMPLE_NOW, to: plus(SAMPLE_NOW, DAY) })]);

    expect(document.title).toBe("Plan of store 1003 – Doorman");
    expect(textsOf(document, "main p")).toContain("No campaign names any coupon or promotion of this store.");
  });
});
