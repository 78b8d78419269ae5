import type { EcwidFailure } from "../../domain/failures/ecwid-failure.ts";
import { policyFor } from "../../domain/failures/failure-policy.ts";
import type { Target, TargetKey } from "../../domain/identifiers.ts";
import { keyInWords } from "../../domain/identifiers.ts";
import type { LiveTarget } from "../../domain/live.ts";
import { assertNever } from "../../domain/result.ts";
import type { CustomerGroup, EcwidStore } from "../ports/ecwid-gateway.ts";
import type { Attempt } from "./attempt.ts";
import type { LiveValues } from "./live-values.ts";

/** Why a target, a kind of targets or the groups could not be looked at, in a marketer's words for the window that it spoils. */
export interface Obstacle {
  readonly kind: "obstacle";
  readonly code: string;
  readonly say: (window: string) => string;
  /** Whether it is in the way of all targets of the kind. */
  readonly isOfKind: boolean;
}

/** It says something of the whole store: no further call is made. */
interface Refused {
  readonly kind: "refused";
  readonly failure: EcwidFailure;
}

/** What came of reading one target; "unknown": nothing that could be told, so that somebody has to read it again. */
type Reading = { readonly kind: "live"; readonly live: LiveTarget } | Obstacle | { readonly kind: "unknown" } | Refused;

/** What came of asking for the customer groups. */
export type Groups =
  | { readonly kind: "groups"; readonly missing: ReadonlySet<number>; readonly all: readonly CustomerGroup[] }
  | Obstacle
  | { readonly kind: "unknown" }
  | Refused;

/** What does not pass by itself is told, so that nobody is asked about it again every hour. */
function judgeOne(failure: EcwidFailure, name: string, code: string, reason: string): Obstacle | { readonly kind: "unknown" } {
  const obstacle = { kind: "obstacle", code, isOfKind: false } as const;
  if (failure.kind === "target-missing") return { ...obstacle, say: (window) => `${name}: ${reason}; ${window} needs it` };
  if (failure.kind !== "refused" && failure.kind !== "unreadable-reply") return { kind: "unknown" };
  return { ...obstacle, say: (window) => `${name} could not be looked at, so ${window} was not checked (${failure.message})` };
}

function judge(failure: EcwidFailure, name: string): Obstacle | Refused | { readonly kind: "unknown" } {
  const policy = policyFor(failure, 0);
  const { code, reason } = policy;
  switch (policy.effect) {
    case "cool-down":
    case "pause-store":
    case "token-dead":
      return { kind: "refused", failure };
    case "pause-kind": {
      const say = (window: string) => `${reason}: until then ${window} cannot do what it should`;
      return { kind: "obstacle", code, say, isOfKind: true };
    }
    case "block":
    case "retry":
      return judgeOne(failure, name, code, reason);
    default:
      return assertNever(policy);
  }
}

async function readOne(values: LiveValues, { target, state, key }: Attempt): Promise<Reading> {
  const reply = await values.read(target);
  return reply.ok ? { kind: "live", live: reply.value } : judge(reply.failure, state.label ?? keyInWords(key));
}

/**
 * Reads targets one after the other, for as long as that may lead anywhere. A kind that may not be read is asked for once.
 *
 * @param isEnough whether to make no further call although there is time.
 */
export async function readForCheck(
  values: LiveValues,
  attempts: readonly Attempt[],
  isEnough: () => boolean,
): Promise<{ readonly readings: ReadonlyMap<TargetKey, Reading>; readonly refused?: EcwidFailure }> {
  const readings = new Map<TargetKey, Reading>();
  const obstacles = new Map<Target["kind"], Obstacle>();
  for (const attempt of attempts) {
    const known = obstacles.get(attempt.target.kind);
    if (known === undefined && isEnough()) break;
    const reading = known ?? (await readOne(values, attempt));
    if (reading.kind === "refused") return { readings, refused: reading.failure };
    if (reading.kind === "obstacle" && reading.isOfKind) obstacles.set(attempt.target.kind, reading);
    readings.set(attempt.key, reading);
  }
  return { readings };
}

/** @param asked groups that a window ahead lets in. @returns which of them the store does not have; no call is made where none is asked. */
export async function readGroups(ecwid: EcwidStore, asked: ReadonlySet<number>): Promise<Groups> {
  if (asked.size === 0) return { kind: "groups", missing: new Set(), all: [] };
  const reply = await ecwid.listCustomerGroups();
  if (reply.ok) {
    const known = reply.value.map(({ id }) => id);
    return { kind: "groups", missing: new Set([...asked].filter((group) => !known.includes(group))), all: reply.value };
  }
  const judged = judge(reply.failure, "the customer groups");
  if (judged.kind !== "obstacle") return judged;
  const { reason } = policyFor(reply.failure, 0);
  const say = (window: string) => `whether the customer groups that ${window} asks for exist could not be checked: ${reason}`;
  return { ...judged, code: `GROUPS_${judged.code}`, say };
}
