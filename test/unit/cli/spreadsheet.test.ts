import { describe, expect, it } from "vitest";
import { STORE } from "../../support/world.ts";
import { createDesk } from "./desk.ts";

const HEADING = "storeId,campaignId,name,start,end,except,couponId,applicationLimit,promotionId,addGroups,priority,enabled,note";
const SHEET = [
  HEADING,
  '1003,advent,Advent,2026-12-01 00:00,2026-12-24T24:00,"2026-12-06 2026-12-13",162428889,UNLIMITED,,,2,yes,"two\nlines, and a comma"',
  "1003,advent,,,,,77,NEW_CUSTOMER_ONLY,,,,,",
  "1003,advent,,,,,,,608502,2 3,,,",
  "",
  "1003,other,Other,2026-12-01T00:00,2026-12-02T00:00,,162428889,UNLIMITED,,,,,",
].join("\n");

async function put(text: string) {
  const desk = createDesk();
  desk.file("campaigns.csv", text);
  return { ...(await desk.run(["campaign", "import", "campaigns.csv"])), desk };
}

describe("campaign import", () => {
  it("makes one campaign of the rows that name it, and reads cells as the record wants them", async () => {
    const { code, out, desk } = await put(SHEET);

    expect({ code, out }).toEqual({ code: 0, out: expect.stringContaining("campaign other of store 1003: new") });
    expect((await desk.world.campaigns.get(STORE, "advent"))?.item).toEqual({
      storeId: STORE,
      campaignId: "advent",
      name: "Advent",
      start: "2026-12-01T00:00",
      end: "2026-12-24T24:00",
      except: ["2026-12-06", "2026-12-13"],
      priority: 2,
      enabled: true,
      note: "two\nlines, and a comma",
      coupons: [
        { couponId: "162428889", applicationLimit: "UNLIMITED" },
        { couponId: "77", applicationLimit: "NEW_CUSTOMER_ONLY" },
      ],
      promotions: [{ promotionId: "608502", addGroups: [2, 3] }],
    });
  });

  it.each([
    [
      "semicolons and a byte order mark",
      `\uFEFF${SHEET.split("\n")[0]}\n1003,a,A,2026-12-01T00:00,,,1,UNLIMITED,,,,,`.replaceAll(",", ";"),
    ],
    ["headings as people spell them", "Store ID,campaign_id,NAME,Start,Coupon Id,Application Limit\n1003,a,A,2026-12-01T00:00,1,UNLIMITED"],
    ["Windows line ends", "storeId,campaignId,name,start,couponId,applicationLimit\r\n1003,a,A,2026-12-01T00:00,1,UNLIMITED\r\n"],
  ])("reads %s", async (_name, text) => {
    const { code, err, desk } = await put(text);

    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect((await desk.world.campaigns.get(STORE, "a"))?.item["coupons"]).toEqual([{ couponId: "1", applicationLimit: "UNLIMITED" }]);
  });

  it.each([
    ["a field of the campaign", SHEET.replace("2026-12-02T00:00", "soon"), /^campaigns\.csv line 7: end: "soon" cannot be used/m],
    [
      "a coupon in a later row",
      SHEET.replace("NEW_CUSTOMER_ONLY", "NEW"),
      /^campaigns\.csv line 4: coupons\[1\]\.applicationLimit: "NEW" cannot be used/m,
    ],
    ["a promotion's groups", SHEET.replace("2 3", "2 x"), /^campaigns\.csv line 5: promotions\[0\]\.addGroups\[1\]: "x" cannot be used/m],
    [
      "a field that a later row brings",
      SHEET.replace("608502,2 3,,,", "608502,2 3,,maybe,"),
      /^campaigns\.csv line 2: enabled|line 5: enabled/m,
    ],
    [
      "a contradiction",
      SHEET.replace("advent,,,,,77", "advent,Other name,,,,77"),
      /line 4: name: "Other name" is not what line 2 says of the same campaign, "Advent"/,
    ],
    ["a heading", SHEET.replace("priority", "priorty"), /line 1: there is no column "priorty": did you mean priority\?/],
    ["a row without a campaign", SHEET.replace("1003,other", "1003,"), /line 7: campaignId is empty/],
    ["a missing field", SHEET.replace("Other,2026-12-01T00:00", "Other,"), /line 7: start: it is missing/],
    ["too many cells", `${SHEET},stray`, /line 7: cell 14 has no heading/],
    ["an open quotation mark", `${SHEET}\n"1003,x`, /^doorman: campaigns\.csv line \d+: it is not CSV/],
  ])("names the line of %s, and puts nothing", async (_name, text, message) => {
    const { code, err, desk } = await put(text);

    expect(code).toBe(1);
    expect(err).toMatch(message);
    expect(await desk.world.campaigns.get(STORE, "advent")).toBeUndefined();
  });

  it("takes the store from --store where there is no such column", async () => {
    const desk = createDesk();
    desk.file("campaigns.csv", "campaignId,name,start,couponId,applicationLimit\na,A,2026-12-01T00:00,1,UNLIMITED\n");

    const { code } = await desk.run(["campaign", "import", "campaigns.csv", "--store", STORE]);

    expect(code).toBe(0);
    expect(await desk.world.campaigns.get(STORE, "a")).toBeDefined();
  });
});
