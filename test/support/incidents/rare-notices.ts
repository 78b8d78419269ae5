import { ALARM_KINDS, type AlarmKind } from "../../../lib/application/alarms/alarm-kinds.ts";
import type { RecordFinding, StoreFindings, Survey, TargetFinding } from "../../../lib/application/follow-up/findings.ts";
import { UNKNOWN } from "../../../lib/application/follow-up/prospect.ts";
import { noticeOf, type Telling } from "../../../lib/application/follow-up/text/notice-text.ts";
import { campaignId, couponId, promotionId, storeId, targetKey } from "../../../lib/domain/identifiers.ts";
import { DAY, HOUR, MINUTE, plus } from "../../../lib/domain/instant.ts";
import { UNSEEN } from "../../../lib/domain/ledger/ledger.ts";
import { instantOf } from "../world.ts";

const NOW = instantOf("2026-11-27T10:00:00Z");
const SALE = { campaignId: campaignId("sale"), name: "Sale" };
const OTHER = { campaignId: campaignId("vip"), name: "VIP days" };
const LIMIT = "applicationLimit";

type Prospect = TargetFinding["prospect"];

function limit(value: string, ...campaigns: readonly (typeof SALE)[]) {
  return { cells: [{ cell: LIMIT, value } as const], campaigns };
}

const OPEN_NOW: Prospect = {
  should: limit("UNLIMITED", SALE),
  wrong: [{ cell: LIMIT, holds: "NEW_CUSTOMER_ONLY" }],
  next: { at: plus(NOW, 2 * HOUR), spell: limit("NEW_CUSTOMER_ONLY") },
};
const OVER: Prospect = { should: limit("NEW_CUSTOMER_ONLY"), wrong: [{ cell: LIMIT, holds: "UNLIMITED", heldFor: SALE }], next: undefined };
const UNCERTAIN: Prospect = { ...OPEN_NOW, wrong: [{ cell: LIMIT, holds: UNKNOWN, heldFor: OTHER }] };
const AHEAD: Prospect = {
  should: limit(UNSEEN),
  wrong: [],
  next: { at: plus(NOW, HOUR), spell: limit("REPEAT_CUSTOMER_ONLY", SALE, OTHER), until: plus(NOW, 30 * HOUR) },
};
const ENDLESS: Prospect = { should: limit(UNSEEN), wrong: [], next: { at: plus(NOW, DAY), spell: limit("UNLIMITED", SALE) } };
const RIGHT: Prospect = { should: limit("UNLIMITED", SALE), wrong: [], next: undefined };
const GROUPS: Prospect = {
  should: {
    cells: [
      { cell: "group:2", value: "in" },
      { cell: "group:3", value: "out" },
    ],
    campaigns: [SALE],
  },
  wrong: [
    { cell: "group:2", holds: "out" },
    { cell: "group:3", holds: "in", heldFor: OTHER },
  ],
  next: { at: plus(NOW, 3 * HOUR), spell: { cells: [{ cell: "group:2", value: UNSEEN }], campaigns: [OTHER] } },
};

function coupon(id: number, prospect: Prospect, ...codes: readonly string[]): TargetFinding {
  const causes = codes.map((code) => ({ code, reason: `reason of ${code}; customer group 77`, since: plus(NOW, -HOUR) }));
  return { key: targetKey({ kind: "coupon", id: couponId(String(id)) }), name: `coupon SAVE${id} (${id})`, causes, prospect };
}

function promotion(id: number, prospect: Prospect, ...codes: readonly string[]): TargetFinding {
  return {
    ...coupon(id, prospect, ...codes),
    key: targetKey({ kind: "promotion", id: promotionId(String(id)) }),
    name: `promotion Early (${id})`,
  };
}

function record(recordId: string, changes: Partial<RecordFinding> = {}): RecordFinding {
  return { recordId, name: recordId, problems: ['end: "late" cannot be used'], isRunning: true, ...changes };
}

function store(id: number, changes: Partial<StoreFindings> = {}): StoreFindings {
  return { storeId: storeId(String(id)), timeZone: "Europe/Berlin", causes: [], targets: [], records: [], ...changes };
}

function survey(stores: readonly StoreFindings[], changes: Partial<Survey> = {}): Survey {
  const targetCount = stores.reduce((sum, { targets }) => sum + targets.length, 0);
  return { stores, storeCount: stores.length, targetCount, looked: stores.length, unread: 0, isIndexUnread: false, ...changes };
}

const RUNNING = record("sale", { nextAt: plus(NOW, HOUR), opensAt: plus(NOW, HOUR), closesAt: plus(NOW, 2 * HOUR) });
const TARGET_CODES = [
  ...["BEGINS_LATE", "DISABLED", "EMPTY_GROUP_LIST", "ENDS_EARLY", "EXPIRED", "FAILING", "GROUPS_UNREADABLE", "GROUP_MISSING", "HOURS"],
  ...["HOURS_UNREADABLE", "LATE", "MISSED", "NOT_TAKEN", "NO_GROUP_LIST", "OWED", "PAUSED", "READ_ONLY", "TARGET_MISSING"],
  ...["TOO_MANY_GROUPS", "TRIGGERS_LOST", "USEDUP", "WORKER_DIED", "SOMETHING_NEW"],
];
const STORE_CODES = ["NO_TOKEN", "OTHER_DEPLOYMENT", "RATE_LIMITED", "SCOPE_MISSING", "TOKEN_REJECTED", "SOMETHING_NEW"];

type Case = readonly [string, AlarmKind, Survey, Partial<Telling>?];

function storeCases(kind: AlarmKind): readonly Case[] {
  return STORE_CODES.flatMap((code): readonly Case[] => {
    const cause = { code, reason: `reason of ${code}`, since: plus(NOW, -HOUR) };
    return [
      [
        `${kind}: a store with ${code}`,
        kind,
        survey([store(1003, { causes: [cause], targets: [coupon(1, OPEN_NOW), promotion(2, AHEAD)] })]),
      ],
      [
        `${kind}: promotions with ${code}`,
        kind,
        survey([store(1003, { causes: [{ ...cause, kind: "promotion" }], targets: [promotion(2, GROUPS)] })]),
      ],
    ];
  });
}

const MIXED = [
  store(1003, {
    targets: [coupon(1, OPEN_NOW, "FAILING"), coupon(2, OVER, "FAILING"), promotion(3, GROUPS, "FAILING")],
    groupNames: { 2: "VIP" },
  }),
  store(1004, { timeZone: "America/New_York", targets: [coupon(4, UNCERTAIN), coupon(5, AHEAD), coupon(6, ENDLESS), coupon(7, RIGHT)] }),
];

const CASES: readonly Case[] = [
  ...ALARM_KINDS.flatMap((kind): readonly Case[] => [
    [`${kind}: nothing is left of it`, kind, survey([])],
    [`${kind}: several stores`, kind, survey(MIXED)],
    [`${kind}: one that is right`, kind, survey([store(1003, { targets: [coupon(7, RIGHT, "OWED")] })])],
  ]),
  ...TARGET_CODES.flatMap((code): readonly Case[] => [
    [`a coupon with ${code}`, "targets-blocked", survey([store(1003, { targets: [coupon(1, OPEN_NOW, code)] })])],
    [
      `promotions with ${code}`,
      "trouble-ahead",
      survey([store(1003, { targets: [promotion(2, GROUPS, code), promotion(3, AHEAD, code)] })]),
    ],
  ]),
  ...storeCases("switches-failing"),
  ...([OPEN_NOW, OVER, UNCERTAIN, AHEAD, ENDLESS, RIGHT] as const).map((prospect, index): Case => {
    return [
      `by hand, prospect ${index}`,
      "token-dead",
      survey([store(1003, { causes: [{ code: "NO_TOKEN", reason: "none" }], targets: [coupon(1, prospect)] })]),
    ];
  }),
  ["a record that runs", "records-invalid", survey([store(1003, { records: [RUNNING] })])],
  ["a record that never ends", "records-invalid", survey([store(1003, { records: [{ ...RUNNING, closesAt: undefined }] })])],
  ["a record that is stopped", "records-invalid", survey([store(1003, { records: [record("sale", { isRunning: false })] })])],
  ["records that run", "records-invalid", survey([store(1003, { records: [RUNNING, record("calendar#xmas", { name: "xmas" })] })])],
  [
    "records of which some run",
    "records-invalid",
    survey([
      store(1003, { records: [RUNNING, record("vip", { isRunning: false })] }),
      store(1004, { records: [record("x", { isRunning: false })] }),
    ]),
  ],
  [
    "records that are stopped",
    "records-invalid",
    survey([store(1003, { records: ["a", "b"].map((id) => record(id, { isRunning: false })) })]),
  ],
  ...(["time", "many", "unreadable"] as const).map(
    (cut): Case => [`cut for ${cut}`, "token-dead", survey(MIXED, { cut, unread: cut === "time" ? 1 : 2 })],
  ),
  ["with the index unread", "tick-silent", survey(MIXED, { isIndexUnread: true })],
  ["stopped since", "tick-silent", survey(MIXED, { stopped: { since: plus(NOW, -HOUR), reason: "wrong prices", by: "ana" } })],
  ["stopped, nobody knows since when", "tick-silent", survey([], { stopped: { reason: "wrong prices" } })],
  ["with a look", "targets-blocked", survey(MIXED), { looks: 1 }],
  ["with looks", "targets-blocked", survey(MIXED), { looks: 3 }],
  ...(["again", "more", "closed"] as const).flatMap((chapter): readonly Case[] => [
    [`${chapter}, with something behind it`, "targets-blocked", survey(MIXED), { chapter }],
    [`${chapter}, with nothing behind it`, "token-dead", survey([]), { chapter }],
    [`${chapter}, of everything`, "tick-silent", survey(MIXED), { chapter, after: MIXED }],
    [
      `${chapter}, with those that suffered`,
      "token-dead",
      survey([]),
      { chapter, after: [store(1003, { targets: [coupon(1, RIGHT), coupon(2, OVER), coupon(3, AHEAD)] })] },
    ],
  ]),
  ...[90 * MINUTE, 30 * HOUR, 2 * DAY, 49 * HOUR, MINUTE / 2].map((lasted): Case => {
    const incident = {
      alarm: "off",
      changedAt: NOW,
      openedAt: plus(NOW, -lasted),
      times: 1,
      told: "opened",
      headline: "What it was",
    } as const;
    return [`over after ${lasted / MINUTE} minutes`, "token-dead", survey([]), { chapter: "closed", incident }];
  }),
];

/** Names a notice, and makes it: what people are told in situations that docs/incidents.md does not show. */
export const RARE_NOTICES: readonly { readonly title: string; readonly tell: () => string }[] = CASES.map(
  ([title, kind, found, changes = {}]) => {
    const incident = {
      alarm: "on",
      changedAt: NOW,
      openedAt: plus(NOW, -HOUR),
      times: 3,
      told: "opened",
      headline: "What it was",
    } as const;
    const names = { deployment: "Doorman", tickRule: "Doorman-Ticks", campaignsTable: "Doorman-Campaigns" };
    const tell = () => {
      const { notice, headline } = noticeOf({ names, kind, chapter: "opened", incident, survey: found, looks: 0, now: NOW, ...changes });
      const attributes = Object.entries(notice.attributes).map(([name, value]) => `${name}=${String(value)}`);
      return `${notice.subject}\n${headline}\n${attributes.join("; ")}\n\n${notice.text}`;
    };
    return { title, tell };
  },
);

/** @returns a notice as the fixture holds it. */
export function rareNotice({ title, tell }: (typeof RARE_NOTICES)[number]): string {
  return `======== ${title}\n${tell()}\n`;
}
