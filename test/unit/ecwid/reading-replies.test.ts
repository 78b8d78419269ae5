import { describe, expect, it } from "vitest";
import { MOST_PAGES, type Page, readAllPages } from "../../../lib/adapters/ecwid/pages.ts";
import { parseJson } from "../../../lib/adapters/ecwid/parse-json.ts";
import { readPromotion } from "../../../lib/adapters/ecwid/read-promotion.ts";
import { failure, success } from "../../../lib/domain/result.ts";

type Item = { readonly id: number };

/** Reads a list whose pages are given, in order; the last one repeats. */
async function readPages(...pages: readonly Page<Item>[]) {
  const offsets: number[] = [];
  const reply = await readAllPages<Item>(
    async (offset) => {
      offsets.push(offset);
      return success(pages[Math.min(offsets.length, pages.length) - 1] ?? { items: [] });
    },
    (message) => ({ kind: "unreadable-reply", message }),
  );
  return { offsets, reply };
}
const ids = (from: number, to: number): Item[] => Array.from({ length: to - from + 1 }, (_, index) => ({ id: from + index }));

describe("reading a list in pages", () => {
  it("stops when everything counted is there", async () => {
    const { offsets, reply } = await readPages(
      { total: 150, limit: 100, items: ids(1, 100) },
      { total: 150, limit: 100, items: ids(101, 150) },
    );

    expect(offsets).toEqual([0, 100]);
    expect(reply.ok && reply.value).toEqual(ids(1, 150));
  });

  it("goes by the page size that Ecwid used, where it is smaller than the one asked for", async () => {
    const { offsets, reply } = await readPages({ total: 15, limit: 10, items: ids(1, 10) }, { total: 15, limit: 10, items: ids(11, 15) });

    expect(offsets).toEqual([0, 10]);
    expect(reply.ok && reply.value).toEqual(ids(1, 15));
  });

  it("skips nothing where a page holds more than its size", async () => {
    const { offsets } = await readPages({ total: 150, limit: 100, items: ids(0, 100) }, { total: 150, limit: 100, items: ids(100, 149) });

    expect(offsets).toEqual([0, 100]);
  });

  it("stops at a short page where nothing is counted", async () => {
    const { offsets, reply } = await readPages({ items: ids(1, 100) }, { items: ids(101, 102) });

    expect(offsets).toEqual([0, 100]);
    expect(reply.ok && reply.value).toHaveLength(102);
  });

  it("keeps an item once that moved to the next page", async () => {
    const { reply } = await readPages({ total: 101, limit: 100, items: ids(1, 100) }, { total: 102, limit: 100, items: ids(100, 101) });

    expect(reply.ok && reply.value).toEqual(ids(1, 101));
  });

  it("does not trust a list that shrank meanwhile, for an item may have slipped between the pages", async () => {
    const { reply } = await readPages({ total: 200, limit: 100, items: ids(1, 100) }, { total: 199, limit: 100, items: ids(102, 200) });

    expect(reply).toMatchObject({ ok: false, failure: { message: "the list shrank while it was read" } });
  });

  it("does not trust a list that ends before everything counted came", async () => {
    const { reply } = await readPages({ total: 300, limit: 100, items: ids(1, 100) }, { total: 300, limit: 100, items: [] });

    expect(reply).toMatchObject({ ok: false, failure: { message: "100 of 300 items came, then no new ones" } });
  });

  it("gives up after twenty pages", async () => {
    const { offsets, reply } = await readPages({ items: ids(1, 100) });

    expect(offsets).toHaveLength(MOST_PAGES);
    expect(reply).toMatchObject({ ok: false, failure: { message: "the list goes on after 20 pages of 100" } });
  });

  it("hands on the failure of any page", async () => {
    const reply = await readAllPages<Item>(
      async () => failure({ kind: "rate-limited", retryAfterMs: 5 }),
      (message) => ({ kind: "unreadable-reply", message }),
    );

    expect(reply).toEqual({ ok: false, failure: { kind: "rate-limited", retryAfterMs: 5 } });
  });
});

describe("reading JSON", () => {
  it("keeps an id that no JavaScript number can hold", () => {
    expect(parseJson('{"id":9007199254740993,"amount":10.50,"list":[1e3]}')).toEqual({
      ok: true,
      value: { id: "9007199254740993", amount: 10.5, list: [1000] },
    });
  });

  it.each(["", "{", "undefined", "<html>"])("says that %j is none", (text) => {
    expect(parseJson(text)).toEqual({ ok: false, failure: "not-json" });
  });
});

describe("reading a promotion", () => {
  it("hands on the very triggers it was given", () => {
    const triggers = { customerGroups: [0, 7], unknown: [{ deep: null }], subtotal: 10 };

    const promotion = readPromotion({ id: "608502", enabled: false, triggers, somethingNew: 1 });

    expect(promotion).toEqual({ kind: "promotion", id: "608502", name: undefined, enabled: false, triggers, customerGroups: [0, 7] });
    expect(promotion?.triggers).toBe(triggers);
  });

  it.each([[undefined], [null], [[]], ["text"]])("takes the triggers %j as none", (triggers) => {
    expect(readPromotion({ id: 1, triggers })).toMatchObject({ triggers: {}, customerGroups: undefined });
  });

  it("reads groups that come as digits, and null as no restriction", () => {
    expect(readPromotion({ id: 1, triggers: { customerGroups: ["7", 8] } })?.customerGroups).toEqual([7, 8]);
    expect(readPromotion({ id: 1, triggers: { customerGroups: null } })?.customerGroups).toBeUndefined();
    expect(readPromotion({ id: 1, triggers: { customerGroups: [] } })?.customerGroups).toEqual([]);
  });

  it.each([
    { triggers: {} },
    { id: "code", triggers: {} },
    { id: 1, triggers: { customerGroups: "all" } },
    { id: 1, triggers: { customerGroups: [{}] } },
    "x",
  ])("refuses %j", (item) => {
    expect(readPromotion(item)).toBeUndefined();
  });
});
