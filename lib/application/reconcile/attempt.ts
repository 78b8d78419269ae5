import type { StoreId, Target, TargetKey } from "../../domain/identifiers.ts";
import type { Instant } from "../../domain/instant.ts";
import type { Layer } from "../../domain/layers/layer.ts";
import type { TargetDecision } from "../../domain/ledger/decide-target.ts";
import type { Intent, Ledger } from "../../domain/ledger/ledger.ts";
import type { JsonObject, LiveTarget } from "../../domain/live.ts";
import type { TargetState, Version } from "../ports/state-table.ts";

/** One target on its way through a reconcile: what was read of it, before anything is asked of Ecwid. */
export interface Attempt {
  readonly storeId: StoreId;
  readonly key: TargetKey;
  readonly target: Target;
  readonly layers: readonly Layer[];
  readonly state: TargetState;
  readonly version: Version;
  /** The boundary (or retry, or look) that this attempt answers. */
  readonly owedSince: Instant;
}

/** A change that Ecwid has accepted and that is still to be read back. */
export interface SentChange {
  readonly attempt: Attempt;
  readonly decision: TargetDecision;
  /** The ledger that the decision was made on. */
  readonly ledger: Ledger;
  readonly intent: Intent;
  readonly live: LiveTarget;
  /** The `triggers` sent, for a promotion. */
  readonly sentTriggers: JsonObject | undefined;
  readonly appliedAt: Instant;
}

/** @returns the name people know a target by. */
export function labelOf(live: LiveTarget): string {
  const name = live.kind === "coupon" ? (live.code ?? live.name) : live.name;
  return `${live.kind} ${name === undefined ? live.id : `${name} (${live.id})`}`;
}

/** @returns a promotion's groups, or a coupon's limit, as one text for people and for history. */
export function valueInWords(value: string | readonly number[]): string {
  return typeof value === "string" ? value : `groups ${value.join(", ")}`;
}

/** @returns the groups of a text that {@link valueInWords} made; undefined where it is none of a promotion with groups. */
export function groupsInWords(text: string): readonly number[] | undefined {
  return /^groups \d+(, \d+)*$/.test(text) ? text.slice("groups ".length).split(", ").map(Number) : undefined;
}
