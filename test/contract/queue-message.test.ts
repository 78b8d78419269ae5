import { describe, expect, it } from "vitest";
import { encodeStoreMessage, parseStoreMessage } from "../../lib/application/messages/store-message.ts";
import type { StoreMessage } from "../../lib/application/ports/dispatcher.ts";
import { couponId, promotionId, storeId, type TargetKey, targetKey } from "../../lib/domain/identifiers.ts";
import { parseInstant } from "../../lib/domain/instant.ts";

const coupon = targetKey({ kind: "coupon", id: couponId("9") });
const promotion = targetKey({ kind: "promotion", id: promotionId("10") });
const noon = parseInstant("2026-11-27T12:00:00Z");
const look: StoreMessage = { kind: "look", storeId: storeId("1003"), instant: noon, because: "sweep: 2 open ledgers", relay: 0 };

function switchOf(targets: readonly TargetKey[]): StoreMessage & { readonly kind: "switch" } {
  return { kind: "switch", storeId: storeId("1003"), instant: noon, targets, relay: 1 };
}

describe("a message to a store, as text", () => {
  it("is the same text whatever the order of its targets and fields, and however often one is named", () => {
    const reordered: StoreMessage = {
      relay: 1,
      targets: [promotion, coupon, promotion],
      instant: noon,
      storeId: storeId("1003"),
      kind: "switch",
    };

    const texts = [encodeStoreMessage(switchOf([coupon, promotion])), encodeStoreMessage(reordered)];

    expect(texts[0]).toBe(
      '{"kind":"switch","storeId":"1003","instant":"2026-11-27T12:00:00.000Z","targets":["coupon#9","promotion#10"],"relay":1}',
    );
    expect(texts[1]).toBe(texts[0]);
  });

  it.each([
    switchOf([coupon, promotion]),
    { ...switchOf([coupon]), narrowingFirst: true },
    look,
    { ...look, only: "unchecked" },
    { ...look, targets: [coupon] },
  ] satisfies StoreMessage[])("comes back as it went: $kind", (message) => {
    const parsed = parseStoreMessage(encodeStoreMessage(message));

    expect(parsed).toEqual({ ok: true, value: message });
  });

  it.each([0, 51])("is refused where it is sent when it names %i targets", (count) => {
    const targets = Array.from({ length: count }, (_, index) => targetKey({ kind: "coupon", id: couponId(String(index + 1)) }));

    expect(() => encodeStoreMessage(switchOf(targets))).toThrow(`store 1003 names ${count} targets; it must name 1 to 50`);
  });

  it.each([
    ["no JSON", "hello secret_abc", "not JSON"],
    ["no object", "7", "is not a message to a store"],
    ["of an unknown kind", '{"kind":"dance secret_abc"}', "kind"],
    ["for no store", '{"kind":"look","storeId":"secret_abc","instant":"2026-11-27T12:00:00Z","because":""}', "storeId: is not a store id"],
    ["for no instant", '{"kind":"look","storeId":"1","instant":"noon","because":""}', "instant: is not an ISO 8601 instant"],
    [
      "with a target that is none",
      '{"kind":"switch","storeId":"1","instant":"2026-11-27T12:00:00Z","targets":["coupon#1","secret_abc"],"relay":0}',
      "targets[1]: is not coupon#<id> or promotion#<id>",
    ],
  ])("is refused in one sentence that quotes nothing of it when it is %s", (_name, body, problem) => {
    const parsed = parseStoreMessage(body);

    expect(parsed).toEqual({ ok: false, failure: expect.stringContaining(problem) });
    expect(JSON.stringify(parsed)).not.toContain("secret_abc");
  });
});
