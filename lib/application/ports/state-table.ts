import type { Calendar, ResolvedCalendars } from "../../domain/campaign/calendar.ts";
import type { Campaign } from "../../domain/campaign/campaign.ts";
import type { Problem } from "../../domain/campaign/status.ts";
import type { CalendarName, CampaignId, StoreId, TargetKey } from "../../domain/identifiers.ts";
import type { Instant } from "../../domain/instant.ts";
import type { Layer } from "../../domain/layers/layer.ts";
import type { Overlap } from "../../domain/layers/overlaps.ts";
import type { CellKey, CellValue, Intent, Ledger } from "../../domain/ledger/ledger.ts";
import type { TargetProblem } from "../../domain/usability/target-problems.ts";
import type { Freeze } from "../../domain/windows/window-rule.ts";
import type { AlarmKind } from "../alarms/alarm-kinds.ts";
import type { Incident } from "./incident.ts";
import type { StoreState } from "./store-state.ts";

export type { GroupNames, Pause, StoreState } from "./store-state.ts";

/** Counts the writes to an item; 0 means it does not exist yet. Every write names the version it read, or it is refused. */
export type Version = number;

export interface Versioned {
  readonly version: Version;
}

/** The last good copy of a campaign. */
export interface CampaignCopy {
  /** The version that runs; undefined while the record has never been good, or waits for a zone. */
  readonly campaign?: Campaign | undefined;
  /** The zone its times are read in, pinned when compiled. */
  readonly timeZone?: string | undefined;
  /** What its `except` and the store's freezes came to. */
  readonly calendars?: ResolvedCalendars | undefined;
  /** The targets that hold a layer of it: during a compile, the union of old and new. */
  readonly targets: readonly TargetKey[];
  /** Over the record's text, the zone and the compiler's version: equal means there is nothing to compile. */
  readonly fingerprint: string;
  readonly problems: readonly Problem[];
  /** Warnings of the compile itself; those of targets are added when status is written. */
  readonly warnings: readonly string[];
  /** Campaigns that ask for something else at the same time, as they were when it was compiled. */
  readonly overlaps?: readonly Overlap[] | undefined;
  readonly compiledAt: Instant;
  /** True when only the store's zone is missing. */
  readonly waitsForZone: boolean;
}

/** The last good copy of a calendar. */
export interface CalendarCopy {
  /** The version that holds; undefined while the record has never been good, or waits for a zone. */
  readonly calendar?: Calendar | undefined;
  /** The times it freezes, each with when it was first saved. */
  readonly freezes: readonly Freeze[];
  /** Over the record's text and the zone: equal means there is nothing to do. */
  readonly fingerprint: string;
  readonly problems: readonly Problem[];
  readonly compiledAt: Instant;
}

/** Why a target is left alone until a person has acted; looked at again at `lookAgainAt`. */
export interface Block {
  readonly code: string;
  readonly reason: string;
  readonly since: Instant;
  /** Absent: only at the next boundary, or once a person has edited the campaign. */
  readonly lookAgainAt?: Instant | undefined;
}

/** What stands in the way of a target's windows ahead, as last seen in Ecwid. */
export interface TargetCheck {
  /** When it was last looked at for everything that a look can tell; absent: only in passing. */
  readonly checkedAt?: Instant | undefined;
  readonly problems: readonly TargetProblem[];
  /** What it held then, in words. */
  readonly seen?: string | undefined;
}

/** The cells of a promotion that Doorman last changed. */
export interface RecentWrite {
  readonly at: Instant;
  readonly cells: Readonly<Partial<Record<CellKey, CellValue>>>;
}

/** A value that is in Ecwid, and the one that would be there had Doorman written: a coupon's limit, or a promotion's groups. */
export interface Pretence {
  readonly found: string | readonly number[];
  readonly shown: string | readonly number[];
}

/** How a target would stand had everything been written that was decided in shadow mode. */
export interface Shadow {
  readonly ledger: Ledger;
  /** Absent: what would be there is what is there. */
  readonly pretence?: Pretence | undefined;
}

/** What Doorman knows of a target. */
export interface TargetState {
  readonly ledger: Ledger;
  readonly intent?: Intent | undefined;
  /** The next instant at which there is something to do: a boundary or a retry. Absent: it is not in the due index. */
  readonly dueAt?: Instant | undefined;
  /** Since when the switch that is due is owed: the boundary itself, however often it has been tried since. */
  readonly owedSince?: Instant | undefined;
  /** The as-of instant of the last decision. */
  readonly decidedAt?: Instant | undefined;
  /** Attempts begun and not finished: more than none means that a worker died over it. */
  readonly attemptsBegun: number;
  /** Failed attempts in a row since the last boundary. */
  readonly failuresInARow: number;
  readonly block?: Block | undefined;
  /** Things a marketer should know, per campaign, written into its `status`. */
  readonly warnings: readonly { readonly campaignId: CampaignId; readonly message: string }[];
  readonly check?: TargetCheck | undefined;
  /** Kept while a read may still be behind it. */
  readonly lastWrite?: RecentWrite | undefined;
  /** The name people know it by, as last read. */
  readonly label?: string | undefined;
  /** Kept only in shadow mode; the first decision outside of it drops it. */
  readonly shadow?: Shadow | undefined;
}

/** How far a sweep has come: through the stores with records, or through those that the state table alone knows. */
export interface SweepPlace {
  readonly phase: "records" | "stores";
  readonly store: StoreId;
}

/** Who has stopped Doorman as a whole. A person may have written it into the table by hand, and then less is known. */
export interface Stop {
  readonly since?: Instant | undefined;
  readonly reason: string;
  readonly by?: string | undefined;
}

/** What holds for the whole deployment. */
export interface SystemState {
  /** The kill switch: nothing is asked of Ecwid, nothing is put back, and what is due stays due. Absent: Doorman works. */
  readonly stopped?: Stop | undefined;
  /**
   * When tokens were refused lately, or are just being tried that may be: oldest first, at most 20. Ecwid bans an address that calls with dead
   * tokens.
   */
  readonly deadAnswers: readonly Instant[];
  /** When tokens were refused lately, for certain: oldest first, at most 20. */
  readonly refusals?: readonly Instant[] | undefined;
  /** The last store that a sweep reached before its time ran out. Absent: it came to the end. */
  readonly sweptUpTo?: SweepPlace | undefined;
}

export interface DueTarget {
  readonly storeId: StoreId;
  readonly target: TargetKey;
  readonly dueAt: Instant;
}

/** A store at which a look is due. */
export interface DueLook {
  readonly storeId: StoreId;
  readonly target?: undefined;
  readonly dueAt: Instant;
}

/** All that is known of one store. */
export interface StoreContents {
  readonly store: StoreState & Versioned;
  readonly campaigns: readonly ({ readonly campaignId: CampaignId } & CampaignCopy & Versioned)[];
  readonly calendars: readonly ({ readonly name: CalendarName } & CalendarCopy & Versioned)[];
  readonly targets: readonly ({ readonly target: TargetKey } & TargetState & Versioned)[];
  /** Those of targets that hold any, also where nothing is known of the target yet. */
  readonly layers: ReadonlyMap<TargetKey, readonly Layer[]>;
}

/** The private table. All reads but `due` are strongly consistent; all writes are conditional on the version read. */
export interface StateTable {
  readSystem(): Promise<SystemState & Versioned>;
  /** @returns false if somebody else wrote first. */
  writeSystem(state: SystemState, read: Version): Promise<boolean>;

  readIncident(kind: AlarmKind): Promise<(Incident & Versioned) | undefined>;
  /** `read` is 0 for a new one. @returns false if somebody else wrote first. */
  writeIncident(kind: AlarmKind, incident: Incident, read: Version): Promise<boolean>;
  /** The latest of every kind of alarm that has ever changed. */
  incidents(): Promise<readonly ({ readonly kind: AlarmKind } & Incident & Versioned)[]>;

  readStore(storeId: StoreId): Promise<StoreState & Versioned>;
  /** @returns false if somebody else wrote first. */
  writeStore(storeId: StoreId, state: StoreState, read: Version): Promise<boolean>;

  readCampaign(storeId: StoreId, campaignId: CampaignId): Promise<(CampaignCopy & Versioned) | undefined>;
  /** `read` is 0 for a new copy. @returns false if somebody else wrote first. */
  writeCampaign(storeId: StoreId, campaignId: CampaignId, copy: CampaignCopy, read: Version): Promise<boolean>;
  removeCampaign(storeId: StoreId, campaignId: CampaignId, read: Version): Promise<boolean>;
  campaignsOf(storeId: StoreId): Promise<readonly ({ readonly campaignId: CampaignId } & CampaignCopy & Versioned)[]>;

  readCalendar(storeId: StoreId, name: CalendarName): Promise<(CalendarCopy & Versioned) | undefined>;
  /** `read` is 0 for a new copy. @returns false if somebody else wrote first. */
  writeCalendar(storeId: StoreId, name: CalendarName, copy: CalendarCopy, read: Version): Promise<boolean>;
  removeCalendar(storeId: StoreId, name: CalendarName, read: Version): Promise<boolean>;
  calendarsOf(storeId: StoreId): Promise<readonly ({ readonly name: CalendarName } & CalendarCopy & Versioned)[]>;

  layersOf(storeId: StoreId, target: TargetKey): Promise<readonly Layer[]>;
  putLayer(storeId: StoreId, target: TargetKey, layer: Layer): Promise<void>;
  removeLayer(storeId: StoreId, target: TargetKey, campaignId: CampaignId): Promise<void>;

  /** A target that was never written reads as empty, at version 0. */
  readTarget(storeId: StoreId, target: TargetKey): Promise<TargetState & Versioned>;
  /** @returns false if somebody else wrote first. */
  writeTarget(storeId: StoreId, target: TargetKey, state: TargetState, read: Version): Promise<boolean>;
  targetsOf(storeId: StoreId): Promise<readonly ({ readonly target: TargetKey } & TargetState & Versioned)[]>;
  /** Makes a target due at `at` whatever else it holds, and moves its version on, so that a decision under way is taken again. */
  makeDue(storeId: StoreId, target: TargetKey, at: Instant): Promise<void>;

  /** Targets and looks due at or before `horizon`, from the index (so perhaps a moment old), soonest first within a shard. */
  due(horizon: Instant): AsyncIterable<DueTarget | DueLook>;
  /**
   * Everything of one store in one go, for whoever would ask for all of it. It is not of one instant: whoever finds two items at odds has to
   * read one of them again.
   */
  contentsOf(storeId: StoreId): Promise<StoreContents>;

  /** Every store that has any item. For the hourly sweep only: it reads the whole table. */
  stores(): AsyncIterable<StoreId>;
}

export const EMPTY_STORE: StoreState = { pausedKinds: {} };
export const EMPTY_SYSTEM: SystemState = { deadAnswers: [] };
