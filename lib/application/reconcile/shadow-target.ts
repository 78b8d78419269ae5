import type { Instant } from "../../domain/instant.ts";
import { decideTarget, type TargetDecision } from "../../domain/ledger/decide-target.ts";
import { holdersOf, isOpen, type Ledger } from "../../domain/ledger/ledger.ts";
import { explain, warningsOf } from "../../domain/ledger/reasons.ts";
import type { LiveTarget } from "../../domain/live.ts";
import type { Pretence, Shadow, TargetState } from "../ports/state-table.ts";
import { type Attempt, labelOf, valueInWords } from "./attempt.ts";
import { commit } from "./commit.ts";
import { missingGroups } from "./missing-groups.ts";
import type { StoreSession } from "./store-session.ts";
import { tellWouldSwitch } from "./tell-would-switch.ts";

function valueIn(live: LiveTarget): Pretence["found"] {
  return live.kind === "coupon" ? live.applicationLimit : (live.customerGroups ?? []).toSorted((one, other) => one - other);
}

function isSame(one: Pretence["found"], other: Pretence["found"]): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** The target as it would be, had Doorman written. Once somebody has changed what is really there, that is what counts. */
function asPretended(live: LiveTarget, pretence: Pretence | undefined): LiveTarget {
  if (pretence === undefined || !isSame(valueIn(live), pretence.found)) return live;
  const { shown } = pretence;
  if (live.kind === "coupon") return typeof shown === "string" ? { ...live, applicationLimit: shown } : live;
  return typeof shown === "string" ? live : { ...live, customerGroups: shown, triggers: { ...live.triggers, customerGroups: shown } };
}

function pretenceAfter(live: LiveTarget, shown: LiveTarget, { change }: TargetDecision): Pretence | undefined {
  const found = valueIn(live);
  const after = change.kind === "limit" || change.kind === "groups" ? change.after : valueIn(shown);
  return isSame(found, after) ? undefined : { found, shown: after };
}

function warningsFor({ ledger, pretence }: Shadow, label: string): TargetState["warnings"] {
  if (pretence === undefined) return [];
  const message = `${label}: would hold ${valueInWords(pretence.shown)}, but Doorman is in shadow mode and writes nothing to Ecwid`;
  return holdersOf(ledger).map((campaignId) => ({ campaignId, message }));
}

/** Once all is as it is in Ecwid, there is no shadow any more. */
function isWorthKeeping({ ledger, pretence }: Shadow, real: Ledger): boolean {
  return pretence !== undefined || isOpen(ledger) || isOpen(real) || Object.keys(ledger.yielded).length > 0;
}

/**
 * What takes the place of the write in shadow mode: decides as if everything that was decided before had been written, tells what would be
 * switched, and keeps that apart from the ledger, which goes on holding only what Doorman really wrote.
 *
 * @param live the target as it really is.
 */
export async function decideInShadow(session: StoreSession, attempt: Attempt, live: LiveTarget, asOf: Instant): Promise<void> {
  const { layers, state } = attempt;
  const before = state.shadow ?? { ledger: state.ledger };
  const shown = asPretended(live, before.pretence);
  const decide = (missing: ReadonlySet<number>) =>
    decideTarget({ layers, ledger: before.ledger, live: shown, at: asOf, missingGroups: missing });
  const first = decide(new Set());
  const missing = await missingGroups(session.ecwid, first.change);
  const decision = missing.size === 0 ? first : decide(missing);
  const label = labelOf(live);
  if (decision.change.kind === "limit" || decision.change.kind === "groups") {
    await tellWouldSwitch(session, attempt, decision, decision.change, label);
  } else {
    const { storeId, key } = attempt;
    const reason = explain(decision, layers);
    const rules = decision.cells.map((cell) => cell.rule).join(",");
    session.dependencies.telemetry.emit({ kind: "decided", storeId, target: key, label, decision: rules, reason });
  }
  const after = { ledger: decision.ledgerAfter, pretence: pretenceAfter(live, shown, decision) };
  const shadow = isWorthKeeping(after, state.ledger) ? after : undefined;
  const warnings = [...warningsOf(decision, layers), ...warningsFor(after, label)];
  const seen = { live, missingGroups: missing, timeZone: session.timeZone };
  // An intent of before is left for the day Doorman writes again.
  const outcome = { ledger: state.ledger, intent: state.intent, asOf, recheckAt: decision.recheckAt, warnings, label, seen, shadow };
  session.early.settled(attempt.key, await commit(session.dependencies, attempt, outcome));
}
