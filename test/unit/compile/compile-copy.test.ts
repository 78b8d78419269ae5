import { describe, expect, it } from "vitest";
import { type CompileInput, compileCopy, fingerprintOf } from "../../../lib/application/compile/compile-copy.ts";
import { type NamedCalendar, resolveCalendars } from "../../../lib/application/compile/resolve-calendars.ts";
import { withSaveWarnings } from "../../../lib/application/compile/save-warnings.ts";
import type { CampaignCopy } from "../../../lib/application/ports/state-table.ts";
import type { Calendar } from "../../../lib/domain/campaign/calendar.ts";
import { calendarName, couponId, storeId, targetKey } from "../../../lib/domain/identifiers.ts";
import type { JsonObject } from "../../../lib/domain/live.ts";
import { at, layer } from "../../support/layers.ts";
import { STORE, sale } from "../../support/world.ts";

const NOW = at("2026-11-27T09:00");
const ON = at("2026-11-27T11:00");
const { timeZone: _named, ...UNZONED } = sale();

function named(name: string, days: Calendar["days"], freezes: NamedCalendar["freezes"] = []): NamedCalendar {
  const calendar = { storeId: STORE, name: calendarName(name), days, freeze: freezes.length > 0 };
  return { name: calendarName(name), calendar, freezes, fingerprint: "f", problems: [], compiledAt: NOW };
}

function input(item: JsonObject, changes: Partial<CompileInput> = {}): CompileInput {
  return { item, before: undefined, storeTimeZone: "UTC", calendars: [], at: NOW, fingerprint: (text) => text, ...changes };
}

const CHRISTMAS = [{ from: "2026-12-24", to: "2026-12-26" }];
const FREEZE = { from: at("2026-12-24T00:00"), to: at("2026-12-27T00:00"), since: NOW };

describe("what a record comes to", () => {
  function differs(one: CompileInput, other: CompileInput): boolean {
    return fingerprintOf(one) !== fingerprintOf(other);
  }

  it.each([
    ["its text", input(sale()), input(sale({ note: "n" })), true],
    ["its status", input(sale()), input(sale({ status: { state: "ACTIVE" } })), false],
    ["the store's zone, where it names none", input(UNZONED), input(UNZONED, { storeTimeZone: "Europe/Paris" }), true],
    ["whether that is known", input(UNZONED), input(UNZONED, { storeTimeZone: undefined }), true],
    ["the store's zone, where it names one", input(sale()), input(sale(), { storeTimeZone: "Europe/Paris" }), false],
    [
      "a calendar's days, where it names it",
      input(sale({ except: ["xmas"] })),
      input(sale({ except: ["xmas"] }), { calendars: [named("xmas", CHRISTMAS)] }),
      true,
    ],
    [
      "a calendar's days, where it names another",
      input(sale({ except: ["quiet"] })),
      input(sale({ except: ["quiet"] }), { calendars: [named("xmas", CHRISTMAS)] }),
      false,
    ],
    ["a calendar's days, where it names none", input(sale()), input(sale(), { calendars: [named("xmas", CHRISTMAS)] }), false],
    [
      "a calendar's days, where its list cannot be read",
      input(sale({ except: "xmas" })),
      input(sale({ except: "xmas" }), { calendars: [named("xmas", CHRISTMAS)] }),
      false,
    ],
    ["a freeze of the store", input(sale()), input(sale(), { calendars: [named("xmas", CHRISTMAS, [FREEZE])] }), true],
    [
      "since when a freeze holds",
      input(sale(), { calendars: [named("xmas", CHRISTMAS, [FREEZE])] }),
      input(sale(), { calendars: [named("xmas", CHRISTMAS, [{ ...FREEZE, since: ON }])] }),
      true,
    ],
    [
      "a calendar that was never good",
      input(sale({ except: ["xmas"] })),
      input(sale({ except: ["xmas"] }), { calendars: [{ ...named("xmas", []), calendar: undefined }] }),
      false,
    ],
  ])("is another, or not, with %s", (_what, one, other, expected) => {
    const different = differs(one, other);

    expect(different).toBe(expected);
  });

  it("names the days of the calendars that count, the zone if it is the store's, and the compiler's version", () => {
    const calendars = [named("xmas", CHRISTMAS, [FREEZE])];

    const text = fingerprintOf(input({ ...UNZONED, except: ["xmas"] }, { calendars }));

    expect(JSON.parse(text)).toMatchObject({
      storeTimeZone: "UTC",
      compiler: 1,
      calendars: [{ name: "xmas", days: ["2026-12-24/2026-12-26"], freezes: [[FREEZE.from, FREEZE.to, FREEZE.since]] }],
      typed: { campaignId: "sale" },
    });
    expect(JSON.parse(fingerprintOf(input(sale())))).toMatchObject({ storeTimeZone: null });
  });
});

describe("the copy of a good record", () => {
  it("holds its targets in order, its zone, its calendars and its fingerprint", () => {
    const record = sale({ coupons: [9, 10].map((id) => ({ couponId: id, applicationLimit: "UNLIMITED" })), except: ["2026-12-01"] });

    const copy = compileCopy(input(record));

    expect(copy).toMatchObject({
      timeZone: "UTC",
      calendars: { except: ["2026-12-01"], freezes: [] },
      targets: ["coupon#10", "coupon#9"],
      problems: [],
      warnings: ["except names 2026-12-01, on which no window would start anyway"],
      compiledAt: NOW,
      waitsForZone: false,
      fingerprint: fingerprintOf(input(record)),
    });
  });

  it("is read in its own zone before the store's", () => {
    const copies = [sale({ timeZone: "Europe/Paris" }), UNZONED].map((item) => compileCopy(input(item, { storeTimeZone: "Asia/Tokyo" })));

    expect(copies.map(({ timeZone }) => timeZone)).toEqual(["Europe/Paris", "Asia/Tokyo"]);
  });

  const STORE_MOVED = { storeTimeZone: "Europe/Paris" };

  it("keeps the zone of a window under way when the store's changes, and is taken up again once that is over", () => {
    const before = compileCopy(input(UNZONED));

    const copy = compileCopy(input(UNZONED, { ...STORE_MOVED, before, at: ON }));

    expect(copy).toMatchObject({ timeZone: "UTC", fingerprint: "", problems: [] });
    expect(copy.warnings).toEqual([
      "the store's time zone has changed from UTC to Europe/Paris; the window under way keeps UTC, later ones follow the store",
    ]);
  });

  it.each([
    ["no window is under way", UNZONED, NOW, true],
    ["it names a zone of its own", sale({ timeZone: "Europe/Paris" }), ON, true],
    ["it never ran", UNZONED, ON, false],
  ])("follows the store where %s", (_where, item, when, isKnown) => {
    const before = isKnown ? compileCopy(input(UNZONED)) : undefined;

    const copy = compileCopy(input(item, { ...STORE_MOVED, before, at: when }));

    expect(copy).toMatchObject({ timeZone: "Europe/Paris", warnings: [] });
    expect(copy.fingerprint).not.toBe("");
  });

  it.each([{ campaign: undefined }, { timeZone: undefined }])("follows the store where the copy before lacks something: %o", (lacks) => {
    const before = { ...compileCopy(input(UNZONED)), ...lacks };

    const copy = compileCopy(input(UNZONED, { ...STORE_MOVED, before, at: ON }));

    expect(copy).toMatchObject({ timeZone: "Europe/Paris", warnings: [] });
  });

  it("stays as it is while the store's zone does", () => {
    const before = compileCopy(input(UNZONED));

    const copy = compileCopy(input(UNZONED, { before, at: ON }));

    expect(copy).toMatchObject({ timeZone: "UTC", warnings: [], fingerprint: before.fingerprint });
  });
});

describe("the copy of a record that cannot run", () => {
  const overlap = { campaignId: layer().campaignId, message: "m", target: targetKey({ kind: "coupon", id: couponId("1") }) } as never;
  const before: CampaignCopy = {
    ...compileCopy(input(sale(), { calendars: [named("x", CHRISTMAS, [FREEZE])] })),
    warnings: ["known"],
    overlaps: [overlap],
  };

  it.each([
    ["is broken", sale({ name: "" }), [{ path: "name", message: expect.any(String) }], false],
    [
      "names a calendar that there is not",
      sale({ except: ["2026-12-01", "xmas"] }),
      [
        {
          path: "except[1]",
          message:
            'there is no calendar "xmas" in this store that can be used: put one with campaignId "calendar#xmas", or write the dates here',
        },
      ],
      false,
    ],
    [
      "names no zone, while the store's is not known",
      UNZONED,
      [
        {
          path: "timeZone",
          message:
            'the campaign names no time zone and the store\'s own is not known yet; Doorman is asking Ecwid for it. To go ahead at once, add for example "timeZone": "Europe/Berlin"',
        },
      ],
      true,
    ],
  ])("is its last good version where it %s", (_how, item, problems, waitsForZone) => {
    const storeTimeZone = waitsForZone ? undefined : "UTC";

    const copy = compileCopy(input(item, { before, storeTimeZone, at: ON }));

    const { campaign, timeZone, calendars, targets } = before;
    expect(copy).toEqual({
      campaign,
      timeZone,
      calendars,
      targets,
      problems,
      warnings: ["known"],
      overlaps: [overlap],
      compiledAt: ON,
      waitsForZone,
      fingerprint: fingerprintOf(input(item, { storeTimeZone })),
    });
  });

  it("is empty where there never was a good one", () => {
    const copy = compileCopy(input(sale({ name: "" })));

    expect(copy).toMatchObject({
      campaign: undefined,
      timeZone: undefined,
      targets: [],
      warnings: [],
      overlaps: undefined,
      waitsForZone: false,
    });
  });

  it("obeys what the broken text stops, targets that it leaves out included", () => {
    const disabled = compileCopy(input(sale({ name: "", enabled: false }), { before }));
    const emptied = compileCopy(input(sale({ name: "", coupons: [] }), { before }));

    expect(disabled.campaign?.enabled).toBe(false);
    expect(disabled.targets).toEqual(before.targets);
    expect(emptied.targets).toEqual([]);
  });

  it("reads a local time in what stops by the zone that it ran in", () => {
    const override = { state: "off", until: "2026-11-27T12:00", reason: "r" };
    const paris = compileCopy(input(UNZONED, { storeTimeZone: "Europe/Paris" }));

    const copy = compileCopy(input({ ...UNZONED, name: "", override }, { before: paris, storeTimeZone: "UTC" }));

    expect(copy.campaign?.override?.until).toBe(at("2026-11-27T11:00"));
  });
});

describe("the calendars of a campaign", () => {
  const campaignOf = (except: readonly string[]) => {
    const { campaign } = compileCopy(input(sale({ except: except.filter((each) => each.startsWith("2")) })));
    if (campaign === undefined) throw new TypeError("not good");
    return { ...campaign, except };
  };

  it("are its own dates and those it names, in order and each once, and the freezes of the whole store", () => {
    const calendars = [named("xmas", CHRISTMAS), named("quiet", [], [FREEZE])];

    const resolved = resolveCalendars(campaignOf(["2026-12-31", "2026-12-25", "xmas"]), calendars);

    expect(resolved).toEqual({
      ok: true,
      value: {
        except: ["2026-12-24", "2026-12-25", "2026-12-26", "2026-12-31"],
        freezes: [{ ...FREEZE, calendar: "quiet" }],
      },
    });
  });

  it("are a problem for each that was never good, at its place in the list", () => {
    const resolved = resolveCalendars(campaignOf(["a", "2026-12-31", "b"]), [{ ...named("a", []), calendar: undefined }]);

    expect(resolved).toMatchObject({ ok: false, failure: [{ path: "except[0]" }, { path: "except[2]" }] });
  });
});

describe("the warnings of a save", () => {
  const asked: string[] = [];
  const nothing = { layersOf: async () => [] };

  function copyOf(changes: JsonObject, overrides: Partial<CampaignCopy> = {}): CampaignCopy {
    return { ...compileCopy(input(sale(changes))), ...overrides };
  }

  it.each([
    ["is broken", { problems: [{ path: "p", message: "m" }] }],
    ["never was good", { campaign: undefined }],
    ["has no zone", { timeZone: undefined }],
    ["has no calendars", { calendars: undefined }],
  ] satisfies readonly (readonly [string, Partial<CampaignCopy>])[])("are none for a copy that %s", async (_how, lacks) => {
    const copy = copyOf({}, lacks);
    const layersOf = () => Promise.reject(new Error("nobody asks"));

    const told = await withSaveWarnings({ layersOf }, STORE, copy, at("2027-01-01T00:00"));

    expect(told).toBe(copy);
  });

  it("stand beside those of the record", async () => {
    const copy = copyOf({}, { warnings: ["known"] });

    const told = await withSaveWarnings(nothing, STORE, copy, at("2027-01-01T00:00"));

    expect(told.warnings).toEqual(["known", "every window of this campaign is past: nothing will happen"]);
  });

  it("say that it is past though it is skipped at present", async () => {
    const override = { state: "off", until: "2027-06-01T00:00", reason: "r" };

    const told = await withSaveWarnings(nothing, STORE, copyOf({ override }), at("2027-01-01T00:00"));

    expect(told.warnings).toEqual(["every window of this campaign is past: nothing will happen"]);
  });

  it("compare the first twenty targets with other campaigns, and stop at five overlaps", async () => {
    const coupons = (count: number) =>
      Array.from({ length: count }, (_each, index) => ({ couponId: index + 1, applicationLimit: "UNLIMITED" }));
    const rival = layer({ id: "rival", limit: "REPEAT_CUSTOMER_ONLY", start: "2026-11-27T11:00", end: "2026-11-27T13:00" });
    const compared = async (count: number, layersOf: (key: string) => readonly (typeof rival)[]) => {
      asked.length = 0;
      const told = await withSaveWarnings(
        {
          layersOf: async (_store, key) => {
            asked.push(key);
            return layersOf(key);
          },
        },
        storeId("1003"),
        copyOf({ coupons: coupons(count) }),
        NOW,
      );
      return { asked: asked.length, overlaps: told.overlaps?.length };
    };

    const none = await compared(25, () => []);
    const each = await compared(25, () => [rival]);
    const many = await compared(3, () => ["a", "b", "c", "d"].map((id) => ({ ...rival, campaignId: layer({ id }).campaignId })));

    expect(none).toEqual({ asked: 20, overlaps: 0 });
    expect(each).toEqual({ asked: 5, overlaps: 5 });
    expect(many).toEqual({ asked: 2, overlaps: 5 });
  });
});
