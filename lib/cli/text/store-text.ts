import type { StoreState } from "../../application/ports/state-table.ts";
import type { StoreId } from "../../domain/identifiers.ts";
import { formatInstant, formatLocal, type Instant } from "../../domain/instant.ts";
import { plain } from "./plain.ts";

/** One thing that was checked of a store. */
export interface Finding {
  readonly about: "token" | "zone" | "plan" | "coupons" | "promotions";
  readonly isGood: boolean;
  readonly message: string;
}

/** @returns what is known of a store: token, zone, plan, and what its token may do, as far as calls so far have shown. */
export function findingsOf(store: StoreState, now: Instant): readonly Finding[] {
  const local = (at: Instant) => formatLocal(at, store.timeZone ?? "UTC");
  return [tokenFinding(store, local), zoneFinding(store), planFinding(store, now, local), ...kindFindings(store, local)];
}

function tokenFinding({ deadToken, noAccess, tokenProvenAt }: StoreState, local: (at: Instant) => string): Finding {
  if (noAccess !== undefined) {
    const message = `the store cannot be called: ${noAccess.reason} (${noAccess.code}, since ${local(noAccess.since)})`;
    return { about: "token", isGood: false, message };
  }
  if (deadToken !== undefined) {
    const message = `Ecwid refused it at ${local(deadToken.since)}; put a new one with doorman store add`;
    return { about: "token", isGood: false, message };
  }
  if (tokenProvenAt === undefined) return { about: "token", isGood: false, message: "Ecwid has not accepted it yet" };
  return { about: "token", isGood: true, message: `Ecwid accepted it at ${local(tokenProvenAt)}` };
}

function zoneFinding({ timeZone, profileReadAt }: StoreState): Finding {
  if (timeZone !== undefined) return { about: "zone", isGood: true, message: timeZone };
  const message =
    profileReadAt === undefined
      ? "not known yet"
      : "Ecwid gives none: the token may lack the scope read_store_profile; until then campaigns need a timeZone of their own";
  return { about: "zone", isGood: false, message };
}

function planFinding({ pause, coolDownUntil }: StoreState, now: Instant, local: (at: Instant) => string): Finding {
  if (pause !== undefined)
    return { about: "plan", isGood: false, message: `paused: ${pause.reason} (${pause.code}); asked again at ${local(pause.probeAt)}` };
  if (coolDownUntil !== undefined && coolDownUntil > now)
    return { about: "plan", isGood: false, message: `Ecwid asked for silence until ${local(coolDownUntil)}` };
  return { about: "plan", isGood: true, message: "nothing refused so far" };
}

function kindFindings({ pausedKinds }: StoreState, local: (at: Instant) => string): readonly Finding[] {
  return (["coupon", "promotion"] as const).map((kind): Finding => {
    const pause = pausedKinds[kind];
    const about = `${kind}s` as const;
    if (pause === undefined)
      return { about, isGood: true, message: "nothing refused so far; a scope that is missing shows once a campaign needs it" };
    return { about, isGood: false, message: `${pause.reason} (${pause.code}); tried again at ${local(pause.probeAt)}` };
  });
}

/** @returns a line for each finding. */
export function findingLines(findings: readonly Finding[]): readonly string[] {
  return findings.map(({ about, isGood, message }) => plain(`  ${isGood ? "good" : "BAD "}  ${about.padEnd(10)} ${message}`));
}

/** @returns a store for machines. */
export function storeJson(storeId: StoreId, store: StoreState, findings: readonly Finding[]): object {
  return {
    storeId,
    timeZone: store.timeZone ?? null,
    profileReadAt: store.profileReadAt === undefined ? null : formatInstant(store.profileReadAt),
    findings: findings.map(({ about, isGood, message }) => ({ about, ok: isGood, message })),
  };
}
