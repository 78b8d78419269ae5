import { describe, expect, it } from "vitest";
import { ALARM_KINDS, type AlarmKind } from "../../../lib/application/alarms/alarm-kinds.ts";
import { type StoreView, viewOfState } from "../../../lib/application/commands/store-view.ts";
import { isOutage, storeFindings } from "../../../lib/application/follow-up/store-findings.ts";
import type { StoreState, TargetState } from "../../../lib/application/ports/state-table.ts";
import { campaignId, couponId, promotionId, type TargetKey, targetKey } from "../../../lib/domain/identifiers.ts";
import { DAY, HOUR, MINUTE, plus } from "../../../lib/domain/instant.ts";
import { at } from "../../support/layers.ts";
import { COUPON, createWorld, PROMOTION, type Record, STORE, sale } from "../../support/world.ts";

/** The campaign is on from 10:00 to 12:00. */
const OPENS = at("2026-11-27T10:00");
const BEFORE = plus(OPENS, -HOUR);
const COUPON_KEY = targetKey({ kind: "coupon", id: couponId(String(COUPON)) });
const PROMOTION_KEY = targetKey({ kind: "promotion", id: promotionId(String(PROMOTION)) });
const SINCE = plus(BEFORE, -HOUR);
const BOTH = sale({ promotions: [{ promotionId: String(PROMOTION), addGroups: [2] }] });
const PAUSE = { code: "SUSPENDED", reason: "it is suspended", since: SINCE, probeAt: OPENS };
const SCOPE = { code: "SCOPE_MISSING", reason: "a right is missing", since: plus(SINCE, 1), probeAt: OPENS };

async function viewOf(records: readonly Record[], store: Partial<StoreState> = {}): Promise<StoreView> {
  const world = createWorld();
  await world.state.writeStore(STORE, { timeZone: "Europe/Berlin", pausedKinds: {}, ...store }, 0);
  for (const record of records) await world.put(record);
  const view = await viewOfState(world.state, STORE);
  return { ...view, targets: view.targets.map((target) => ({ ...target, dueAt: undefined, owedSince: undefined })) };
}

function knowing(view: StoreView, key: TargetKey, state: Partial<TargetState>): StoreView {
  return { ...view, targets: view.targets.map((known) => (known.target === key ? { ...known, ...state } : known)) };
}

async function findings(kind: AlarmKind, view: StoreView, now = BEFORE) {
  return storeFindings({ of: async () => [], record: async () => {} }, { kind, view, since: SINCE, now });
}

it("six kinds of alarm are about everything rather than about some stores", () => {
  expect(ALARM_KINDS.filter(isOutage)).toEqual([
    "tick-silent",
    "dead-letters",
    "functions-failing",
    "functions-throttled",
    "functions-slow",
    "ecwid-throttling",
  ]);
});

describe("what is wrong with a store", () => {
  const CLOSED: Partial<StoreState> = {
    deadToken: { secretVersion: "v", since: plus(SINCE, 2) },
    pause: PAUSE,
    noAccess: { code: "NO_SECRET", reason: "there is no secret", since: plus(SINCE, 3) },
    pausedKinds: { promotion: SCOPE },
    coolDownUntil: plus(BEFORE, 1),
  };
  const QUIET = { code: "RATE_LIMITED", reason: "Ecwid asked for silence" };

  it.each<readonly [AlarmKind, readonly unknown[]]>([
    ["token-dead", [{ code: "TOKEN_REJECTED", since: plus(SINCE, 2) }]],
    [
      "switches-failing",
      [
        { code: "TOKEN_REJECTED", since: plus(SINCE, 2) },
        { code: "SUSPENDED", reason: "it is suspended", since: SINCE },
        { code: "NO_SECRET", since: plus(SINCE, 3) },
        { code: "SCOPE_MISSING", since: plus(SINCE, 1), kind: "promotion" },
        QUIET,
      ],
    ],
    ["ecwid-throttling", [QUIET]],
    ["tick-silent", []],
    ["targets-blocked", []],
  ])("is told of an alarm of the kind %s as far as that is about it", async (kind, expected) => {
    const found = await findings(kind, await viewOf([sale()], CLOSED));

    expect(found?.causes ?? []).toMatchObject(expected);
    expect(found?.causes ?? []).toHaveLength(expected.length);
  });

  it.each([
    ["coupons", { coupon: SCOPE }, "coupon"],
    ["promotions", { promotion: SCOPE }, "promotion"],
  ])("is since when %s are paused", async (_what, pausedKinds, kind) => {
    const found = await findings("switches-failing", await viewOf([], { pausedKinds }));

    expect(found?.causes).toEqual([{ code: "SCOPE_MISSING", reason: "a right is missing", kind, since: SCOPE.since }]);
  });

  it("is no silence that is over", async () => {
    const view = await viewOf([], { coolDownUntil: BEFORE });

    expect(await findings("ecwid-throttling", view)).toBeUndefined();
    expect(await findings("ecwid-throttling", await viewOf([]))).toBeUndefined();
    expect(await findings("switches-failing", { ...view, store: undefined })).toBeUndefined();
  });
});

describe("coupons and promotions that suffer from what is wrong with their store", () => {
  const keys = async (store: Partial<StoreState>, now = BEFORE, kind: AlarmKind = "switches-failing") =>
    (await findings(kind, await viewOf([BOTH], store), now))?.targets.map(({ key }) => key) ?? [];

  it("are those that change within a day", async () => {
    expect(await keys({ pause: PAUSE }, plus(OPENS, -DAY))).toEqual([COUPON_KEY, PROMOTION_KEY]);
    expect(await keys({ pause: PAUSE }, plus(OPENS, -DAY - 1))).toEqual([]);
  });

  it("are those of the kind alone that is paused", async () => {
    expect(await keys({ pausedKinds: { promotion: SCOPE } })).toEqual([PROMOTION_KEY]);
  });

  it("are none where the store is in no trouble", async () => {
    expect(await keys({})).toEqual([]);
  });

  it("are those that should be open by now, for customers get something wrong", async () => {
    const found = await findings("switches-failing", await viewOf([sale()], { pause: PAUSE }), plus(OPENS, MINUTE));

    expect(found).toMatchObject({ storeId: STORE, timeZone: "Europe/Berlin", records: [] });
    expect(found?.targets).toMatchObject([
      { key: COUPON_KEY, name: `coupon ${COUPON}`, causes: [], prospect: { wrong: [{ cell: "applicationLimit" }] } },
    ]);
  });

  it("are not said to be failing on their own as well", async () => {
    const failing = { failuresInARow: 2, owedSince: OPENS };
    const view = async (store: Partial<StoreState>) => knowing(await viewOf([sale()], store), COUPON_KEY, failing);

    const [reached, alone] = [
      await findings("switches-failing", await view({ pause: PAUSE })),
      await findings("switches-failing", await view({})),
    ];

    expect(reached?.targets).toMatchObject([{ causes: [] }]);
    expect(alone?.targets).toMatchObject([{ causes: [{ code: "FAILING" }] }]);
  });

  it("are known by their label, and those that nobody has been at as well", async () => {
    const view = await viewOf([sale()], { pause: PAUSE });

    const named = await findings("switches-failing", knowing(view, COUPON_KEY, { label: "coupon SAVE (1)" }));
    const unseen = await findings("switches-failing", { ...view, targets: [] });

    expect(named?.targets).toMatchObject([{ name: "coupon SAVE (1)" }]);
    expect(unseen?.targets).toMatchObject([{ name: `coupon ${COUPON}`, causes: [] }]);
  });

  it("come in the order of their next change, after those that are wrong now", async () => {
    const coupon = (campaignId: string, couponNumber: number, start: string, end: string) =>
      sale({ campaignId, start, end, coupons: [{ couponId: couponNumber, applicationLimit: "UNLIMITED" }] });
    const records = [
      coupon("later", 1, "2026-11-27T15:00", "2026-11-27T16:00"),
      coupon("sooner", 2, "2026-11-27T14:00", "2026-11-27T16:00"),
      coupon("open", 3, "2026-11-27T10:00", "2026-11-27T20:00"),
    ];

    const found = await findings("switches-failing", await viewOf(records, { pause: PAUSE }), plus(OPENS, HOUR));

    expect(found?.targets.map(({ key }) => key)).toEqual(["coupon#3", "coupon#2", "coupon#1"]);
  });
});

describe("coupons and promotions that suffer from an outage", () => {
  it.each([
    ["six hours", 6 * HOUR, 1],
    ["more", 6 * HOUR + 1, 0],
  ])("are those that change within six hours: %s", async (_how, ahead, count) => {
    const found = await findings("tick-silent", await viewOf([sale()]), plus(OPENS, -ahead));

    expect(found?.targets ?? []).toHaveLength(count);
  });

  it("are those with a trouble of their own, however far ahead", async () => {
    const block = { code: "GONE", reason: "r", since: SINCE };
    const view = knowing(await viewOf([BOTH]), PROMOTION_KEY, { block });

    const found = await findings("targets-blocked", view, plus(OPENS, -10 * DAY));

    expect(found?.targets).toMatchObject([{ key: PROMOTION_KEY, causes: [block] }]);
  });
});

describe("windows that were missed", () => {
  it("are told with what people call their campaign, or its id where it is gone", async () => {
    const view = knowing(await viewOf([sale({ campaignId: "other", name: "Other" }), sale()]), COUPON_KEY, { decidedAt: BEFORE });
    const window = { startsAt: SINCE, endsAt: BEFORE };
    const missed = ["sale", "gone"].map((id) => ({ ...window, campaignId: campaignId(id) }));
    const entry = {
      storeId: STORE,
      target: COUPON_KEY,
      version: 1,
      at: BEFORE,
      dueAt: SINCE,
      latenessMs: 0,
      reason: "r",
      campaignIds: [],
      attempt: 1,
    };
    const history = { record: async () => {}, of: async () => [{ ...entry, kind: "missed", missed } as const] };

    const found = await storeFindings(history, { kind: "windows-missed", view, since: SINCE, now: BEFORE });

    expect(found?.targets[0]?.causes[0]?.reason).toMatch(/^came and went without a switch: "Sale" from .*, "gone" from /);
  });
});

describe("records that cannot be used", () => {
  it("are told with each problem and its place, and what runs instead", async () => {
    const world = createWorld();
    await world.put(sale({ start: "2026-11-27T10:00", end: "2026-11-27T12:00", repeat: "FREQ=DAILY" }));
    await world.put(sale({ end: "late" }));
    const view = await viewOfState(world.state, STORE);

    const [before, during] = [await findings("records-invalid", view), await findings("records-invalid", view, plus(OPENS, HOUR))];

    const common = { recordId: "sale", name: "Sale", problems: [expect.stringMatching(/^end: "late" cannot be used/)], isRunning: true };
    const closes = at("2026-11-27T12:00");
    expect(before?.records).toEqual([{ ...common, nextAt: OPENS, opensAt: OPENS, closesAt: closes }]);
    expect(during?.records).toEqual([{ ...common, nextAt: closes, opensAt: OPENS, closesAt: closes }]);
    expect(before?.targets).toEqual([]);
    expect(await findings("targets-blocked", view)).toBeUndefined();
  });

  it("run as nothing where they never were good, calendars too, and good ones are not told", async () => {
    const calendar = (name: string, dates: unknown) => ({ storeId: STORE, campaignId: `calendar#${name}`, dates }) as unknown as Record;

    const found = await findings(
      "records-invalid",
      await viewOf([sale({ end: "late" }), sale({ campaignId: "good" }), calendar("bad", "x"), calendar("fine", ["2026-12-24"])]),
    );

    expect(found?.records).toEqual([
      { recordId: "sale", name: "sale", problems: [expect.any(String)], isRunning: false },
      { recordId: "calendar#bad", name: "bad", problems: [expect.stringMatching(/^dates: /)], isRunning: false },
    ]);
  });

  it("of calendars may run as they were", async () => {
    const view = await viewOf([{ storeId: STORE, campaignId: "calendar#xmas", dates: ["2026-12-24"] }]);
    const calendars = view.calendars.map((each) => ({ ...each, problems: [{ path: "dates", message: "is wrong" }] }));

    const found = await findings("records-invalid", { ...view, calendars });

    expect(found?.records).toEqual([{ recordId: "calendar#xmas", name: "xmas", problems: ["dates: is wrong"], isRunning: true }]);
  });

  it("have their times read in UTC where no zone is known", async () => {
    const { timeZone: _none, ...unzoned } = sale({ end: "late" });
    const world = createWorld();
    await world.put(unzoned as Record);

    const found = await findings("records-invalid", { ...(await viewOfState(world.state, STORE)), timeZone: undefined });

    expect(found?.timeZone).toBe("UTC");
  });
});

describe("trouble ahead", () => {
  const problem = { code: "GROUP_MISSING", message: "group 77 is missing", campaignId: "sale", startsAt: OPENS } as const;

  it("is told of each target as the notice had it, once, and whether customers notice it by now", async () => {
    const view = await viewOf([BOTH]);
    const { campaignId } = view.copies[0] ?? {};
    if (campaignId === undefined) throw new Error("the campaign is compiled");
    const check = {
      checkedAt: BEFORE,
      problems: [
        { ...problem, campaignId, group: 77 },
        { ...problem, campaignId, group: 78 },
      ],
    };

    const [ahead, on] = [
      await findings("trouble-ahead", knowing(view, PROMOTION_KEY, { check })),
      await findings("trouble-ahead", knowing(view, PROMOTION_KEY, { check }), OPENS),
    ];

    const cause = { code: "GROUP_MISSING", reason: "group 77 is missing" };
    expect(ahead?.causes).toEqual([]);
    expect(ahead?.targets).toMatchObject([{ key: PROMOTION_KEY, causes: [{ ...cause, isOn: false }] }]);
    expect(ahead?.targets[0]?.causes).toHaveLength(1);
    expect(on?.targets.find(({ key }) => key === PROMOTION_KEY)?.causes).toEqual([{ ...cause, isOn: true }]);
    expect(await findings("targets-blocked", knowing(view, PROMOTION_KEY, { check }))).toBeUndefined();
  });

  it("of a whole store is told once, whatever the number of its campaigns", async () => {
    const found = await findings("trouble-ahead", await viewOf([sale(), sale({ campaignId: "other" })], { pause: PAUSE }));

    expect(found?.causes).toEqual([{ code: "SUSPENDED", reason: "it is suspended", isOn: false }]);
  });
});

it("a store in which nothing is behind an alarm is told of nothing", async () => {
  expect(await findings("token-dead", await viewOf([sale()]))).toBeUndefined();
});
