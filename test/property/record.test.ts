import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyStops } from "../../lib/application/record/apply-stops.ts";
import { parseCampaignRecord } from "../../lib/application/record/parse-campaign-record.ts";
import { readStops } from "../../lib/application/record/read-stops.ts";
import { renderCampaignRecord } from "../../lib/application/record/render-campaign-record.ts";
import type { Campaign, GroupsAsk } from "../../lib/domain/campaign/campaign.ts";
import { campaignId, couponId, promotionId, storeId } from "../../lib/domain/identifiers.ts";
import { type Instant, instant } from "../../lib/domain/instant.ts";
import type { ApplicationLimit } from "../../lib/domain/layers/layer.ts";
import type { Moment } from "../../lib/domain/windows/window-rule.ts";

const limits = fc.constantFrom<ApplicationLimit>("UNLIMITED", "NEW_CUSTOMER_ONLY", "REPEAT_CUSTOMER_ONLY");
const zones = fc.constantFrom("America/New_York", "Europe/Berlin", "Pacific/Apia", "Asia/Kathmandu", "UTC");
const ids = fc.bigInt({ min: 1n, max: 9_999_999_999_999_999_999n }).map(String);
const groupIds = fc.uniqueArray(fc.nat(), { minLength: 1, maxLength: 6 });
const line = (maxLength: number) =>
  fc.string({ unit: "grapheme", minLength: 1, maxLength }).filter((text) => text.trim() !== "" && !/\p{Cc}/u.test(text));

/** Whole milliseconds of years with four digits. */
const instants = fc.integer({ min: Date.UTC(1000), max: Date.UTC(9000) }).map((milliseconds): Instant => instant(milliseconds));
/** A start, and an end that is later by hours at least, so that no change of the clocks can reverse them. */
const spans = fc
  .record({
    from: fc.integer({ min: Date.UTC(2000), max: Date.UTC(2090) }),
    days: fc.option(fc.integer({ min: 2, max: 4_000 }), { nil: undefined }),
    fixed: fc.boolean(),
  })
  .map(({ from, days, fixed }) => {
    const moment = (at: number): Moment =>
      fixed ? { kind: "fixed", at: instant(at) } : { kind: "local", dateTime: new Date(at).toISOString().slice(0, at % 2 === 0 ? 16 : 19) };
    const start = moment(from);
    return days === undefined ? { start } : { start, end: moment(from + days * 86_400_000) };
  });
const repeats = fc.constantFrom(
  "FREQ=DAILY",
  "FREQ=WEEKLY;BYDAY=FR,SU",
  "FREQ=MONTHLY;BYDAY=-1FR;COUNT=12",
  "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH",
);

const asks: fc.Arbitrary<GroupsAsk> = fc.oneof(
  groupIds.map((groups) => ({ form: "set", groups }) as const),
  fc
    .record({ groups: groupIds, cut: fc.nat() })
    .map(
      ({ groups, cut }) =>
        ({ form: "change", add: groups.slice(0, cut % (groups.length + 1)), remove: groups.slice(cut % (groups.length + 1)) }) as const,
    ),
);
const targets = fc
  .record({
    coupons: fc.uniqueArray(
      fc.record(
        { couponId: ids.map(couponId), applicationLimit: limits, afterwards: limits },
        { requiredKeys: ["couponId", "applicationLimit"], noNullPrototype: true },
      ),
      { selector: (coupon) => coupon.couponId, maxLength: 5 },
    ),
    promotions: fc.uniqueArray(fc.record({ promotionId: ids.map(promotionId), groups: asks }, { noNullPrototype: true }), {
      selector: (promotion) => promotion.promotionId,
      maxLength: 5,
    }),
  })
  .filter(({ coupons, promotions }) => coupons.length + promotions.length > 0);
const dates = fc.integer({ min: 0, max: 20_000 }).map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10));
const details = fc.record(
  {
    storeId: ids.map(storeId),
    campaignId: fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{0,40}$/).map(campaignId),
    name: line(60),
    priority: fc.maxSafeInteger().map((priority) => priority + 0),
    onManualEdit: fc.constantFrom("yield", "enforce"),
    enabled: fc.boolean(),
    except: fc.array(dates, { maxLength: 4 }),
    timeZone: zones,
    repeat: repeats,
    note: fc.string({ maxLength: 40 }).filter((text) => !/[^\P{Cc}\t\n\r]/u.test(text)),
    override: fc.record(
      { state: fc.constantFrom("on", "off"), until: instants, reason: line(40), by: line(20) },
      { requiredKeys: ["state", "until", "reason"], noNullPrototype: true },
    ),
  },
  { requiredKeys: ["storeId", "campaignId", "name", "priority", "onManualEdit", "enabled", "except"] },
);
const campaigns: fc.Arbitrary<Campaign> = fc
  .record({ details, targets, span: spans })
  .map(({ details: rest, targets: changed, span }) => ({ ...rest, ...changed, ...span }));

/** Whatever a value of a record could be, and some that it could not. */
const oddities = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.anything({
      withBigInt: true,
      withSet: true,
      withMap: true,
      withNullPrototype: true,
      withSparseArray: true,
      withDate: true,
    }),
  },
  fc.constantFrom<unknown>(
    null,
    "",
    "\u0000",
    "\ud800",
    "__proto__",
    1e308,
    -0,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    [],
    {},
    [[]],
    [null],
    true,
    Symbol("odd"),
    () => 1,
  ),
  fc.string({ unit: "binary" }),
  fc.constantFrom(
    "2026-11-27T24:00",
    "+275760-09-13T00:00:00Z",
    "FREQ=DAILY;COUNT=1000",
    "FREQ=YEARLY;INTERVAL=10000",
    "UTC",
    "0000-01-01T00:00",
  ),
);
const names = fc.oneof(
  fc.constantFrom(
    "storeId",
    "start",
    "end",
    "timeZone",
    "repeat",
    "except",
    "coupons",
    "promotions",
    "override",
    "enabled",
    "priority",
    "name",
  ),
  fc.constantFrom("__proto__", "constructor", "toString", "couponId", "addGroups", "setGroups", "until", "state"),
  fc.string({ unit: "binary", maxLength: 10 }),
);

/** Puts a value somewhere into a record: at the top, or in an entry of one of its lists or objects. */
function mutated(record: unknown, name: string, value: unknown, depth: number): unknown {
  if (typeof record !== "object" || record === null) return value;
  const inner = Object.entries(record).filter(([, part]) => typeof part === "object" && part !== null);
  const [chosen] = inner.slice(depth % Math.max(1, inner.length));
  if (depth > 0 && chosen !== undefined) {
    const [key, part] = chosen;
    return withPart(record, key, mutated(part, name, value, depth - 1));
  }
  return Array.isArray(record) ? [...record, value] : withPart(record, name, value);
}

function withPart(record: object, key: string, part: unknown): unknown {
  if (Array.isArray(record)) return record.map((entry: unknown, index) => (String(index) === key ? part : entry));
  return Object.fromEntries([...Object.entries(record), [key, part]]);
}

const mutations = fc.array(fc.tuple(names, oddities, fc.nat({ max: 3 })), { minLength: 1, maxLength: 4 });
const mutants = fc
  .record({ campaign: campaigns, mutations })
  .map(({ campaign, mutations: steps }) =>
    steps.reduce<unknown>((record, [name, value, depth]) => mutated(record, name, value, depth), renderCampaignRecord(campaign)),
  );

describe("records", () => {
  it("a campaign that is rendered and read again is the same", () => {
    fc.assert(
      fc.property(campaigns, zones, (campaign, storeTimeZone) => {
        const parsed = parseCampaignRecord(JSON.parse(JSON.stringify(renderCampaignRecord(campaign))), storeTimeZone);

        expect(parsed).toMatchObject({ kind: "good" });
        expect(parsed.kind === "good" && parsed.campaign).toStrictEqual(campaign);
      }),
      { numRuns: 500 },
    );
  });

  it("a thousand mutated records never throw, and what is wrong always has a place and a message of one line", () => {
    let broken = 0;
    fc.assert(
      fc.property(
        fc.oneof({ weight: 9, arbitrary: mutants }, oddities),
        fc.option(fc.oneof(zones, fc.string()), { nil: undefined }),
        (item, zone) => {
          const parsed = parseCampaignRecord(item, zone);

          if (parsed.kind === "good") return;
          broken += 1;
          expect(parsed.problems.length).toBeGreaterThan(0);
          expect(parsed.problems.length).toBeLessThanOrEqual(50);
          for (const { path, message } of parsed.problems) {
            expect(path).toMatch(/^[\p{L}_["][^\p{Cc}]*$/u);
            expect(message).toMatch(/^[^\p{Cc}\p{Cs}\u2028\u2029]{10,}$/u);
            expect(message.length).toBeLessThan(700);
          }
        },
      ),
      { numRuns: 1_000 },
    );
    expect(broken).toBeGreaterThan(500);
  });

  it("a mutated record never keeps the last good version from going on, and never adds to it", () => {
    fc.assert(
      fc.property(campaigns, mutants, fc.option(zones, { nil: undefined }), (lastGood, item, zone) => {
        const left = applyStops(lastGood, readStops(item, zone));

        expect(lastGood.coupons).toEqual(expect.arrayContaining([...left.coupons]));
        expect(lastGood.promotions).toEqual(expect.arrayContaining([...left.promotions]));
        expect(left.enabled && !lastGood.enabled).toBe(false);
        expect([left.name, left.start, left.priority]).toEqual([lastGood.name, lastGood.start, lastGood.priority]);
      }),
      { numRuns: 500 },
    );
  });

  it("a record that says the same as the last good version stops none of its targets", () => {
    fc.assert(
      fc.property(campaigns, (campaign) => {
        const left = applyStops(campaign, readStops({ ...renderCampaignRecord(campaign), start: "broken" }, "UTC"));

        expect(left).toEqual(campaign);
      }),
      { numRuns: 500 },
    );
  });
});
