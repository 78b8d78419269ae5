import { describe, expect, it } from "vitest";
import { askLooks } from "../../../lib/application/follow-up/ask-looks.ts";
import type { StoreFindings, Survey } from "../../../lib/application/follow-up/findings.ts";
import { knownFrom, newsIn } from "../../../lib/application/follow-up/news.ts";
import type { StoreMessage } from "../../../lib/application/ports/dispatcher.ts";
import { storeId, type TargetKey } from "../../../lib/domain/identifiers.ts";
import { at } from "../../support/layers.ts";

const NOW = at("2026-11-27T10:00");
const CAUSE = { code: "PAUSED", reason: "r" };
const PROSPECT = { should: { cells: [], campaigns: [] }, wrong: [], next: undefined };

function store(id: string, changes: Partial<StoreFindings> = {}): StoreFindings {
  return { storeId: storeId(id), timeZone: "UTC", causes: [], targets: [], records: [], ...changes };
}

function survey(stores: readonly StoreFindings[], changes: Partial<Survey> = {}): Survey {
  return { stores, storeCount: stores.length, targetCount: 0, looked: stores.length, unread: 0, isIndexUnread: false, ...changes };
}

const target = {
  key: "coupon#7" as TargetKey,
  name: "coupon SAVE (7)",
  causes: [CAUSE, { code: "OWED", reason: "o" }],
  prospect: PROSPECT,
};
const record = { recordId: "sale", name: "Sale", problems: ["p"], isRunning: true };
const ALL = survey([
  store("1003", { causes: [CAUSE, { ...CAUSE, kind: "coupon" }], targets: [target], records: [record] }),
  store("1004", { causes: [CAUSE, CAUSE] }),
]);
const IDENTITIES = ["1003  PAUSED", "1003 coupon PAUSED", "1003 coupon#7 PAUSED", "1003 coupon#7 OWED", "1003 sale", "1004  PAUSED"];

describe("what people know once they are told", () => {
  it("is everything behind the alarm, each by a name of its own and once", () => {
    expect(knownFrom(ALL)).toEqual(IDENTITIES);
  });

  it("is at most two thousand", () => {
    const many = survey(Array.from({ length: 2_001 }, (_each, index) => store(String(index + 1), { causes: [CAUSE] })));

    expect(knownFrom(many)).toHaveLength(2_000);
    expect(newsIn(many, [])).toEqual([]);
    expect(newsIn(survey(many.stores.slice(1)), [])).toHaveLength(2_000);
  });
});

describe("what is news", () => {
  it("is what people were not told of, as they know it", () => {
    const news = newsIn(ALL, IDENTITIES.slice(1, 2));

    expect(news.map(({ name }) => name)).toEqual([
      "store 1003",
      "coupon SAVE (7) of store 1003",
      "coupon SAVE (7) of store 1003",
      '"Sale" of store 1003',
      "store 1004",
    ]);
    expect(newsIn(ALL, IDENTITIES)).toEqual([]);
  });

  it.each<readonly [string, Partial<Survey>]>([
    ["time ran out", { cut: "time" }],
    ["a store could not be read", { unread: 1 }],
    ["more stores are behind it than were kept", { storeCount: 3 }],
  ])("is nothing where %s, since what is missing may only have been left out", (_where, changes) => {
    expect(newsIn({ ...ALL, ...changes }, [])).toEqual([]);
  });
});

describe("looks that an alarm asks for", () => {
  const asked = async (stores: readonly StoreFindings[]) => {
    const sent: StoreMessage[] = [];
    const count = await askLooks({ send: async (message) => void sent.push(message) }, survey(stores), NOW);
    return { count, sent };
  };

  it("are one at each store that is closed until somebody acts", async () => {
    const passing = { code: "RATE_LIMITED", reason: "r" };

    const { count, sent } = await asked([store("1", { causes: [passing, CAUSE] }), store("2", { causes: [passing] }), store("3")]);

    expect(count).toBe(1);
    expect(sent).toEqual([
      { kind: "look", storeId: storeId("1"), instant: NOW, because: "an alarm went off; perhaps the cause is gone", relay: 0 },
    ]);
  });

  it("are fifty at most", async () => {
    const { count, sent } = await asked(Array.from({ length: 51 }, (_each, index) => store(String(index + 1), { causes: [CAUSE] })));

    expect([count, sent.length]).toEqual([50, 50]);
  });
});
