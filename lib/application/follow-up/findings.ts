import type { StoreId, Target, TargetKey } from "../../domain/identifiers.ts";
import type { Instant } from "../../domain/instant.ts";
import type { GroupNames, Stop } from "../ports/state-table.ts";
import { type NamedCampaign, type Prospect, UNKNOWN } from "./prospect.ts";

/** Why something is not as it should be. */
export interface Cause {
  /** Names the kind of cause: `TOKEN_REJECTED`, `TARGET_MISSING`, … */
  readonly code: string;
  /** In a marketer's words. */
  readonly reason: string;
  readonly since?: Instant | undefined;
  /** It stands in the way of a window that is on: customers notice it. */
  readonly isOn?: boolean | undefined;
}

/** A cause that holds for a whole store, or for all of its coupons or promotions. */
export interface StoreCause extends Cause {
  readonly kind?: Target["kind"] | undefined;
}

/** A coupon or promotion that is behind an alarm, or that suffers from what is. */
export interface TargetFinding {
  readonly key: TargetKey;
  /** As people know it, with its number. */
  readonly name: string;
  /** Its own; empty where only its store's matter, or the outage of everything. */
  readonly causes: readonly Cause[];
  readonly prospect: Prospect;
}

/** A record that cannot be used as it is written. */
export interface RecordFinding {
  /** A campaign's id, or `calendar#<name>`. */
  readonly recordId: string;
  readonly name: string;
  /** `end: "never" cannot be used: …` */
  readonly problems: readonly string[];
  /** Whether an earlier version of it keeps running. */
  readonly isRunning: boolean;
  /** When that version changes something next. */
  readonly nextAt?: Instant | undefined;
  /** The window of that version that is on, or the next one. */
  readonly opensAt?: Instant | undefined;
  readonly closesAt?: Instant | undefined;
}

export interface StoreFindings {
  readonly storeId: StoreId;
  /** In which people of the store read times. */
  readonly timeZone: string;
  readonly causes: readonly StoreCause[];
  /** What customers get wrongly at present first, then what changes next. */
  readonly targets: readonly TargetFinding[];
  readonly records: readonly RecordFinding[];
  /** What people call its customer groups, where Doorman has read it. */
  readonly groupNames?: GroupNames | undefined;
}

/** What is behind an alarm, as far as it was looked for. */
export interface Survey {
  /** With something behind the alarm: those where something is wrong at present first. At most a hundred; `storeCount` counts them all. */
  readonly stores: readonly StoreFindings[];
  readonly storeCount: number;
  readonly targetCount: number;
  readonly looked: number;
  /** Why not everything was looked at. */
  readonly cut?: "time" | "many" | "unreadable" | undefined;
  /** Stores that could not be read. */
  readonly unread: number;
  /** The index that says what is due could not be read, so that all stores were looked through. */
  readonly isIndexUnread: boolean;
  /** Somebody has stopped Doorman by hand: why, and since when. */
  readonly stopped?: Stop | undefined;
}

/** @returns the campaigns that a target is held for or waits for. */
export function campaignsBehind({ prospect }: TargetFinding): readonly NamedCampaign[] {
  const named = [...prospect.should.campaigns, ...prospect.wrong.flatMap(({ heldFor }) => heldFor ?? [])];
  const all = named.length > 0 ? named : (prospect.next?.spell.campaigns ?? []);
  return [...new Map(all.map((campaign) => [campaign.campaignId, campaign])).values()];
}

/** @returns whether nobody knows if that is so: a change was sent, and its answer was lost. */
export function isUncertain({ prospect }: TargetFinding): boolean {
  return prospect.wrong.length > 0 && prospect.wrong.every(({ holds }) => holds === UNKNOWN);
}

/** @returns whether customers get something else than planned at present. */
export function isWrong({ prospect, causes }: TargetFinding): boolean {
  return prospect.wrong.length > 0 || causes.some(({ isOn }) => isOn);
}
