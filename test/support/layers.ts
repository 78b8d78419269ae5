import { campaignId } from "../../lib/domain/identifiers.ts";
import { type Instant, parseInstant } from "../../lib/domain/instant.ts";
import type { ApplicationLimit, Ask, Layer, ManualEditPolicy, Override } from "../../lib/domain/layers/layer.ts";

/** What a test says of a layer; the rest is a one-off window in UTC that asks for UNLIMITED. */
export interface LayerSetup {
  readonly id?: string;
  readonly start?: string;
  readonly end?: string | undefined;
  readonly repeat?: string;
  readonly except?: readonly string[];
  readonly ask?: Ask;
  readonly limit?: ApplicationLimit;
  readonly afterwards?: ApplicationLimit;
  readonly priority?: number;
  readonly policy?: ManualEditPolicy;
  readonly override?: Override;
  readonly enabled?: boolean;
}

/** @returns the instant of a wall-clock time in UTC, as the layers of these tests are written in: `2026-11-27T10:00`. */
export function at(text: string): Instant {
  return parseInstant(`${text}Z`);
}

/** @returns a layer on from 10:00 to 12:00 of 27 November 2026 (UTC), unless told otherwise. `end: undefined` leaves it open. */
export function layer(setup: LayerSetup = {}): Layer {
  const {
    id = "sale",
    start = "2026-11-27T10:00",
    limit = "UNLIMITED",
    afterwards,
    priority = 0,
    policy = "yield",
    enabled = true,
  } = setup;
  const end = "end" in setup ? setup.end : "2026-11-27T12:00";
  return {
    campaignId: campaignId(id),
    campaignName: id,
    windows: {
      start: { kind: "local", dateTime: start },
      end: end === undefined ? undefined : { kind: "local", dateTime: end },
      timeZone: "UTC",
      repeat: setup.repeat,
      except: setup.except ?? [],
    },
    enabled,
    override: setup.override,
    priority,
    onManualEdit: policy,
    ask: setup.ask ?? { kind: "coupon", applicationLimit: limit, afterwards },
  };
}

/** @returns what a campaign asks of a promotion's groups, by ids to put in and to take out. */
export function groupsAsk(add: readonly number[], remove: readonly number[] = []): Ask {
  return { kind: "promotion", form: "change", add, remove };
}
