import { describe, expect, it } from "vitest";
import type { CampaignCopy, StoreState, TargetState } from "../../../lib/application/ports/state-table.ts";
import { tellNotice } from "../../../lib/application/reconcile/pre-flight-notice.ts";
import type { Campaign } from "../../../lib/domain/campaign/campaign.ts";
import { campaignId, couponId, promotionId, type TargetKey, targetKey } from "../../../lib/domain/identifiers.ts";
import { EMPTY_LEDGER } from "../../../lib/domain/ledger/ledger.ts";
import type { TargetProblem } from "../../../lib/domain/usability/target-problems.ts";
import { at } from "../../support/layers.ts";
import { createWorld, STORE, type World } from "../../support/world.ts";

const NOW = at("2026-11-27T09:00");
const COUPON_7 = targetKey({ kind: "coupon", id: couponId("7") });
const PROMOTION_8 = targetKey({ kind: "promotion", id: promotionId("8") });

function campaign(id: string, start: string, end: string | undefined, changes: Partial<Campaign> = {}): Campaign {
  return {
    storeId: STORE,
    campaignId: campaignId(id),
    name: id,
    start: { kind: "local", dateTime: start },
    ...(end !== undefined && { end: { kind: "local", dateTime: end } as const }),
    except: [],
    coupons: [{ couponId: couponId("7"), applicationLimit: "UNLIMITED" }],
    promotions: [],
    priority: 0,
    onManualEdit: "yield",
    enabled: true,
    ...changes,
  };
}

const SOON = campaign("soon", "2026-11-27T12:00", "2026-11-27T14:00");

function copyOf(
  version: Campaign | undefined,
  targets: readonly TargetKey[] = [COUPON_7],
  timeZone: string | undefined = "UTC",
): CampaignCopy {
  const calendars = { except: [], freezes: [] };
  return {
    campaign: version,
    timeZone,
    calendars,
    targets,
    fingerprint: "f",
    problems: [],
    warnings: [],
    compiledAt: NOW,
    waitsForZone: false,
  };
}

function problem(changes: Partial<TargetProblem> = {}): TargetProblem {
  return { campaignId: campaignId("soon"), code: "PAUSED", message: "it is paused", startsAt: at("2026-11-27T12:00"), ...changes };
}

interface Given {
  readonly store?: Partial<StoreState>;
  readonly copies?: Readonly<Record<string, CampaignCopy>>;
  readonly targets?: Readonly<Record<string, readonly TargetProblem[]>>;
  readonly label?: string;
}

async function storeWith({ store = {}, copies = { soon: copyOf(SOON) }, targets = {}, label }: Given): Promise<World> {
  const world = createWorld();
  await world.state.writeStore(STORE, { timeZone: "UTC", pausedKinds: {}, ...store }, 0);
  for (const [id, copy] of Object.entries(copies)) await world.state.writeCampaign(STORE, campaignId(id), copy, 0);
  for (const [key, problems] of Object.entries(targets)) {
    const state: TargetState = { ledger: EMPTY_LEDGER, attemptsBegun: 0, failuresInARow: 0, warnings: [], check: { problems }, label };
    await world.state.writeTarget(STORE, key as TargetKey, state, 0);
  }
  return world;
}

async function told(given: Given) {
  const world = await storeWith(given);
  await tellNotice(world.reconciling, STORE, true);
  return { world, problems: world.events.flatMap((event) => (event.kind === "pre-flight-found" ? event.problems : [])) };
}

describe("the notice before windows", () => {
  it("says what stands in a target's way, by the target's name, and when its window starts", async () => {
    const { world } = await told({ targets: { [COUPON_7]: [problem()] }, label: "coupon SPRING (7)" });

    const problems = [{ campaignId: "soon", label: "coupon SPRING (7)", message: "it is paused", startsAt: at("2026-11-27T12:00") }];
    expect(world.events).toEqual([{ kind: "pre-flight-found", storeId: STORE, count: 1, problems, timeZone: "UTC" }]);
  });

  it("tells nothing of targets that nobody has looked at", async () => {
    const world = await storeWith({ targets: { [COUPON_7]: [] } });
    const { version, check: _looked, ...state } = await world.state.readTarget(STORE, COUPON_7);
    await world.state.writeTarget(STORE, COUPON_7, state, version);

    await tellNotice(world.reconciling, STORE, true);

    expect(world.events).toEqual([]);
  });

  it("names a target that nobody has read by its number", async () => {
    const { problems } = await told({ targets: { [COUPON_7]: [problem()] } });

    expect(problems.map(({ label }) => label)).toEqual(["coupon 7"]);
  });

  it.each([
    ["begins within a day", { startsAt: at("2026-11-28T09:00") }, [at("2026-11-28T09:00")]],
    ["begins later than that", { startsAt: at("2026-11-28T09:00:00.001") }, []],
    ["begins now", { startsAt: NOW }, [undefined]],
    ["is on", { startsAt: at("2026-11-27T08:00") }, [undefined]],
    ["is forced on", { startsAt: undefined }, [undefined]],
    ["is over", { endsAt: NOW }, []],
  ])("tells of a window or not that %s", async (_when, changes, starts) => {
    const { problems } = await told({ targets: { [COUPON_7]: [problem(changes)] } });

    expect(problems.map(({ startsAt }) => startsAt)).toEqual(starts);
  });

  it.each([
    ["begins within a day", copyOf(campaign("soon", "2026-11-28T09:00", undefined)), 1],
    ["begins later than that", copyOf(campaign("soon", "2026-11-28T09:01", undefined)), 0],
    ["is on", copyOf(campaign("soon", "2026-11-27T08:00", "2026-11-29T08:00")), 1],
    ["is on for good", copyOf(campaign("soon", "2026-11-27T08:00", undefined)), 1],
    ["is over", copyOf(campaign("soon", "2026-11-27T07:00", "2026-11-27T08:00")), 0],
    ["is disabled", copyOf({ ...SOON, enabled: false }), 0],
    ["never was good", copyOf(undefined), 0],
    ["waits for a zone", { ...copyOf(SOON), timeZone: undefined }, 0],
  ])("tells of a campaign or not that %s", async (_when, copy, count) => {
    const { problems } = await told({ copies: { soon: copy }, targets: { [COUPON_7]: [problem()] } });

    expect(problems).toHaveLength(count);
  });

  it("tells nothing of targets that the campaign does not have, nor of other campaigns' problems", async () => {
    const other = problem({ campaignId: campaignId("other"), message: "another's" });

    const { problems } = await told({ targets: { [PROMOTION_8]: [problem()], [COUPON_7]: [other] } });

    expect(problems).toEqual([]);
  });

  it.each([
    ["begins soon", SOON, at("2026-11-27T12:00")],
    ["is on", campaign("soon", "2026-11-27T08:00", undefined), undefined],
  ])("tells a campaign that %s of trouble with the whole store", async (_when, version, startsAt) => {
    const noAccess = { code: "NO_TOKEN", reason: "put one", since: NOW };

    const { problems } = await told({ store: { noAccess }, copies: { soon: copyOf(version) } });

    expect(problems).toEqual([{ campaignId: "soon", message: "put one", startsAt }]);
  });

  it("tells of trouble with one kind to campaigns that have targets of it", async () => {
    const promotion = { code: "SCOPE_MISSING", reason: "a right is missing", since: NOW, probeAt: NOW };
    const copies = { soon: copyOf(SOON, [PROMOTION_8]), coupons: copyOf(campaign("coupons", "2026-11-27T12:00", undefined), [COUPON_7]) };

    const { problems } = await told({ store: { pausedKinds: { promotion } }, copies });

    expect(problems.map((each) => each.campaignId)).toEqual(["soon"]);
  });

  it("says once what is in the way of several targets in the same words", async () => {
    const targets = { [COUPON_7]: [problem()], [PROMOTION_8]: [problem()] };

    const { problems } = await told({ copies: { soon: copyOf(SOON, [COUPON_7, PROMOTION_8]) }, targets });

    expect(problems).toHaveLength(1);
  });

  it("begins with what is on, then what is next; of the same instant, by campaign", async () => {
    const at12 = at("2026-11-27T12:00");
    const found = [
      problem({ code: "Z", message: "z at twelve", startsAt: at12 }),
      problem({ code: "A", message: "a at twelve", startsAt: at12 }),
      problem({ code: "M", message: "m at twelve", startsAt: at12 }),
      problem({ code: "C", message: "at eleven", startsAt: at("2026-11-27T11:00") }),
      problem({ code: "B", message: "is on", startsAt: undefined }),
      problem({ code: "D", message: "at ten", startsAt: at("2026-11-27T10:00") }),
    ];

    const { problems } = await told({ targets: { [COUPON_7]: found } });

    expect(problems.map(({ message }) => message)).toEqual(["is on", "at ten", "at eleven", "a at twelve", "m at twelve", "z at twelve"]);
  });

  it("tells of fifty problems, and how many there are", async () => {
    const found = Array.from({ length: 51 }, (_each, index) => problem({ code: `C${index}`, message: `problem ${index}` }));

    const { world, problems } = await told({ targets: { [COUPON_7]: found } });

    expect(problems).toHaveLength(50);
    expect(world.events).toMatchObject([{ count: 51 }]);
  });
});

describe("a notice that was told", () => {
  async function toldOnce(given: Given = { targets: { [COUPON_7]: [problem()] } }) {
    const { world } = await told(given);
    const first = await world.state.readStore(STORE);
    world.events.length = 0;
    const find = async (problems: readonly TargetProblem[]) => {
      const { version, ...target } = await world.state.readTarget(STORE, COUPON_7);
      await world.state.writeTarget(STORE, COUPON_7, { ...target, check: { problems } }, version);
    };
    return { world, first, find };
  }

  it("is not told again while it is the same problem, whatever its words and its window", async () => {
    const { world, first, find } = await toldOnce();
    await find([problem({ message: "it is paused, still", startsAt: at("2026-11-27T13:00") })]);

    await tellNotice(world.reconciling, STORE, true);

    expect(first.noticed).toBeDefined();
    expect(world.events).toEqual([]);
    expect(await world.state.readStore(STORE)).toEqual(first);
  });

  it.each([
    ["another problem", [problem({ code: "EXPIRED" })]],
    ["another group", [problem({ group: 5 })]],
    ["another trouble in the same words", [problem({ code: "ANOTHER" })]],
    ["one more problem", [problem(), problem({ code: "EXPIRED", message: "it is expired" })]],
  ])("is told again once there is %s", async (_what, problems) => {
    const { world, first, find } = await toldOnce();
    await find(problems);

    await tellNotice(world.reconciling, STORE, true);

    expect(world.events).toHaveLength(1);
    expect((await world.state.readStore(STORE)).noticed).not.toBe(first.noticed);
  });

  it("is told again once the store itself is in other trouble", async () => {
    const noAccess = { code: "NO_TOKEN", reason: "r", since: NOW };
    const { world } = await toldOnce({ store: { noAccess } });
    const { version, ...store } = await world.state.readStore(STORE);
    await world.state.writeStore(STORE, { ...store, noAccess: { ...noAccess, code: "OTHER_DEPLOYMENT" } }, version);

    await tellNotice(world.reconciling, STORE, true);

    expect(world.events).toHaveLength(1);
  });

  it("tells a group of one problem from the name of another", async () => {
    const { world, find } = await toldOnce({ targets: { [COUPON_7]: [problem({ code: "A", group: 11 })] } });
    await find([problem({ code: "A1", group: 1 })]);

    await tellNotice(world.reconciling, STORE, true);

    expect(world.events).toHaveLength(1);
  });

  it("tells problems apart that would be one word", async () => {
    const joined = [problem({ code: "A", message: "one" }), problem({ code: "B", message: "two" })];
    const { world, find } = await toldOnce({ targets: { [COUPON_7]: joined } });
    await find([problem({ code: `A soon ${COUPON_7} B`, message: "one" })]);

    await tellNotice(world.reconciling, STORE, true);

    expect(world.events).toHaveLength(1);
  });

  it("is forgotten in silence once all is well, by whoever works the store", async () => {
    const { world, find } = await toldOnce();
    await find([]);

    await tellNotice(world.reconciling, STORE, false);

    expect(world.events).toEqual([]);
    expect((await world.state.readStore(STORE)).noticed).toBeUndefined();
  });

  it("is left as it is by a switch while something is still wrong", async () => {
    const { world, first, find } = await toldOnce();
    await find([problem({ code: "EXPIRED" })]);

    await tellNotice(world.reconciling, STORE, false);

    expect(world.events).toEqual([]);
    expect(await world.state.readStore(STORE)).toEqual(first);
  });

  it("is not even looked for by a switch where nothing was told", async () => {
    const world = await storeWith({ targets: { [COUPON_7]: [problem()] } });
    world.state.campaignsOf = async () => Promise.reject(new Error("nobody needs it"));

    await tellNotice(world.reconciling, STORE, false);

    expect(world.events).toEqual([]);
  });
});
