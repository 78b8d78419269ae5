import { describe, expect, it } from "vitest";
import * as z from "zod";
import { problemText } from "../../../lib/application/messages/problem-text.ts";
import { sendSwitches } from "../../../lib/application/messages/send-switches.ts";
import { statusJson } from "../../../lib/application/messages/status-json.ts";
import { encodeStoreMessage, parseStoreMessage } from "../../../lib/application/messages/store-message.ts";
import { textCodecs } from "../../../lib/application/messages/text-codecs.ts";
import type { StoreMessage } from "../../../lib/application/ports/dispatcher.ts";
import { couponId, storeId, targetKey } from "../../../lib/domain/identifiers.ts";
import { at } from "../../support/layers.ts";

const NOON = at("2026-11-27T12:00");

describe("what a schema found wrong, as one line", () => {
  const schema = z.object({ a: z.object({ b: z.array(z.object({ c: z.number("no number") })) }), d: z.number("none") });

  it("names each place as people write it", () => {
    const { error } = schema.safeParse({ a: { b: [{ c: 1 }, { c: "x" }] }, d: "x" });

    const text = error === undefined ? "" : problemText(error);

    expect(text).toBe("a.b[1].c: no number; d: none");
  });

  it("names no place where the whole is wrong", () => {
    const { error } = z.number("no number").safeParse("x");

    const text = error === undefined ? "" : problemText(error);

    expect(text).toBe("no number");
  });
});

describe("switches that are sent", () => {
  it.each([
    [0, []],
    [1, [1]],
    [50, [50]],
    [51, [50, 1]],
    [100, [50, 50]],
  ])("are %i targets in messages of %j", async (count, expected) => {
    const targets = Array.from({ length: count }, (_each, index) => targetKey({ kind: "coupon", id: couponId(String(1_000 + index)) }));
    const sent: StoreMessage[] = [];

    await sendSwitches({ send: async (message) => void sent.push(message) }, storeId("1003"), targets.toReversed(), NOON);

    const lists = sent.map((message) => (message.kind === "switch" ? message.targets : []));
    expect(lists.map(({ length }) => length)).toEqual(expected);
    expect(lists.flat()).toEqual(targets);
    expect(sent.every(({ kind, instant, relay }) => kind === "switch" && instant === NOON && relay === 0)).toBe(true);
  });
});

describe("a message to a store", () => {
  it("may name fifty targets", () => {
    const targets = Array.from({ length: 50 }, (_each, index) => targetKey({ kind: "coupon", id: couponId(String(1_000 + index)) }));
    const message = { kind: "switch", storeId: storeId("1003"), instant: NOON, targets, relay: 0 } as const;

    expect(parseStoreMessage(encodeStoreMessage(message))).toEqual({ ok: true, value: message });
  });
});

describe("a status as it is written onto a record", () => {
  const status = { state: "ACTIVE", problems: [{ path: "start", message: "m" }], warnings: ["w"], compiledAt: NOON } as const;

  it("leaves out what is not known", () => {
    const json = statusJson(status);

    expect(json).toStrictEqual({
      state: "ACTIVE",
      problems: [{ path: "start", message: "m" }],
      warnings: ["w"],
      compiledAt: "2026-11-27T12:00:00Z",
    });
  });

  it("writes instants in UTC", () => {
    const json = statusJson({ ...status, activeWindow: { start: NOON, end: NOON }, nextSwitch: NOON });

    expect(json).toMatchObject({
      activeWindow: { start: "2026-11-27T12:00:00Z", end: "2026-11-27T12:00:00Z" },
      nextSwitch: "2026-11-27T12:00:00Z",
    });
  });

  it("writes of a window without end its start alone", () => {
    const json = statusJson({ ...status, activeWindow: { start: NOON } });

    expect(json["activeWindow"]).toStrictEqual({ start: "2026-11-27T12:00:00Z" });
  });
});

describe("a message's body that is none of ours", () => {
  const body = (changes: object) =>
    JSON.stringify({ kind: "switch", storeId: "1", instant: "2026-11-27T12:00:00Z", targets: ["coupon#1"], relay: 0, ...changes });
  const tooMany = Array.from({ length: 51 }, (_each, index) => `coupon#${index + 1}`);

  it.each([
    ["not JSON", "{", "The message body is not JSON, so it was not sent by Doorman; delete it and find out who sends to this queue."],
    ["without targets", body({ targets: [] }), "targets: names no target"],
    ["with too many targets", body({ targets: tooMany }), "targets: names more than 50 targets"],
    ["with a count of passes below none", body({ relay: -1 }), "relay: "],
    ["with a count of passes that is not whole", body({ relay: 0.5 }), "relay: "],
    ["that is null", "null", "The message body is not a message to a store ("],
    [
      "that looks at something else",
      JSON.stringify({ kind: "look", storeId: "1", instant: "2026-11-27T12:00:00Z", because: "b", relay: 0, only: "all" }),
      "only: ",
    ],
  ])("is refused in one sentence where it is %s", (_how, text, problem) => {
    const parsed = parseStoreMessage(text);

    expect(parsed).toEqual({ ok: false, failure: expect.stringContaining(problem) });
    expect(parsed.ok ? "" : parsed.failure).toMatch(/delete it and find out who sends to this queue\.$/);
  });
});

describe("the domain's words as text", () => {
  it.each([
    ["instant", "2026-11-27T12:00:00.000Z", "tomorrow", "is not an ISO 8601 instant with an offset or Z"],
    ["storeId", "1003", "x1", "is not a store id"],
    ["campaignId", "black-friday", "a b", "is not a campaign id"],
    ["calendarName", "holidays", "2026", "is not a calendar's name"],
    ["couponId", "7", "seven", "is not a coupon id"],
    ["promotionId", "7", "seven", "is not a promotion id"],
    ["windowId", "sale@2026", "sale", "is not a window id"],
    ["targetKey", "coupon#7", "coupon-7", "is not coupon#<id> or promotion#<id>"],
  ] as const)("%s comes back as it went, and anything else says what it is not", (name, text, wrong, message) => {
    const codec: z.ZodType = textCodecs[name];

    const value = codec.parse(text);
    const refused = codec.safeParse(wrong);

    expect(z.encode(codec, value)).toBe(text);
    expect(refused.error?.issues.map((issue) => issue.message)).toEqual([message]);
  });

  it("an object comes back as it went, as one text", () => {
    const text = '{"a":[1,{"b":null}],"c":1e+30}';

    const value = textCodecs.jsonObject.parse(text);

    expect(value).toEqual({ a: [1, { b: null }], c: 1e30 });
    expect(z.encode(textCodecs.jsonObject, value)).toBe(text);
  });

  it.each([["7"], ['"text"'], ["null"], ["true"]])("%s is no object", (text) => {
    const parsed = textCodecs.jsonObject.safeParse(text);

    expect(parsed.success).toBe(false);
  });

  it.each(["storeId", "campaignId", "calendarName", "couponId", "promotionId", "windowId", "targetKey"] as const)(
    "%s is written as text, or not at all",
    (name) => {
      const codec: z.ZodType = textCodecs[name];

      const encoded = z.safeEncode(codec, 7 as never);

      expect(encoded.success).toBe(false);
    },
  );

  it.each([Number.NaN, "2026-11-27", undefined])("an instant is never written from %s", (value) => {
    const encoded = z.safeEncode(textCodecs.instant, value as never);

    expect(encoded.success).toBe(false);
  });
});
