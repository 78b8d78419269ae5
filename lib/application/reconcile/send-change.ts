import type { EcwidFailure } from "../../domain/failures/ecwid-failure.ts";
import { type Instant, latest } from "../../domain/instant.ts";
import { type Change, campaignsBehind, changedCells, decideTarget, type TargetDecision } from "../../domain/ledger/decide-target.ts";
import type { Intent, Ledger } from "../../domain/ledger/ledger.ts";
import { explain } from "../../domain/ledger/reasons.ts";
import type { JsonObject, LiveTarget } from "../../domain/live.ts";
import { type Result, success } from "../../domain/result.ts";
import type { EcwidStore } from "../ports/ecwid-gateway.ts";
import { type Attempt, labelOf, type SentChange, valueInWords } from "./attempt.ts";
import { update } from "./begin-attempt.ts";
import { blockTarget } from "./block-target.ts";
import { commitInPlace } from "./commit.ts";
import { handleFailure, type Reach } from "./handle-failure.ts";
import type { LiveValues } from "./live-values.ts";
import { goneGroups } from "./missing-groups.ts";
import { wouldUndo } from "./recent-write.ts";
import { decideInShadow } from "./shadow-target.ts";
import type { StoreSession } from "./store-session.ts";
import { takeUpIntent } from "./take-up-intent.ts";

/** What sending led to: a change on its way, or nothing more to do for this target, and how far a failure reaches. */
export type Sent = { readonly kind: "sent"; readonly change: SentChange } | { readonly kind: "done"; readonly reach: Reach };

const DONE: Sent = { kind: "done", reach: { scope: "target" } };

type SendableChange = Exclude<Change, { readonly kind: "none" | "refused" }>;

/** The change as Ecwid is to be told: for a promotion the whole `triggers` just read, with only the groups changed (design 6). */
async function write(ecwid: EcwidStore, live: LiveTarget, change: Change): Promise<Result<JsonObject | undefined, EcwidFailure>> {
  if (live.kind === "coupon" && change.kind === "limit") {
    const reply = await ecwid.writeApplicationLimit(live.id, change.after);
    return reply.ok ? success(undefined) : reply;
  }
  if (live.kind === "promotion" && change.kind === "groups") {
    const triggers = { ...live.triggers, customerGroups: change.after };
    const reply = await ecwid.writeTriggers(live.id, triggers);
    return reply.ok ? success(triggers) : reply;
  }
  throw new TypeError(`a ${change.kind} change does not fit a ${live.kind}`);
}

function worthAskingForGroups(failure: EcwidFailure): boolean {
  return failure.kind === "refused" || failure.kind === "target-missing";
}

/**
 * The first half of a reconcile of one target: read, decide, and where something differs write down the intent and send the change.
 * The second half reads it back.
 *
 * @param attempt counted already.
 */
export async function sendChange(session: StoreSession, values: LiveValues, attempt: Attempt, messageInstant: Instant): Promise<Sent> {
  const { dependencies, token, retryAt } = session;
  const reply = await values.read(attempt.target);
  const asOf = latest(dependencies.clock.now(), messageInstant);
  if (!reply.ok) {
    const { ledger } = attempt.state;
    const reach = await handleFailure(dependencies, attempt, { failure: reply.failure, ledger, asOf, token, retryAt });
    return { kind: "done", reach };
  }
  if (dependencies.isShadow === true) {
    await decideInShadow(session, attempt, reply.value, asOf);
    return DONE;
  }
  const taken = await takeUpIntent(session, attempt, reply.value, asOf);
  if ("reach" in taken) return { kind: "done", reach: taken.reach };
  const { lastWrite = attempt.state.lastWrite, ...known } = taken;
  const taking = { ...attempt, state: { ...attempt.state, lastWrite } };
  return decideAndSend(session, taking, { live: reply.value, ...known, asOf, missing: new Set() });
}

interface Facts {
  readonly live: LiveTarget;
  readonly ledger: Ledger;
  readonly asOf: Instant;
  readonly missing: ReadonlySet<number>;
  /** A change sent a moment ago, of which the read shows nothing. */
  readonly unseen?: Intent;
}

async function decideAndSend(session: StoreSession, attempt: Attempt, facts: Facts): Promise<Sent> {
  const { dependencies, timeZone, token, retryAt } = session;
  const { live, ledger, asOf, missing, unseen } = facts;
  const decision = decideTarget({ layers: attempt.layers, ledger, live, at: asOf, missingGroups: missing });
  const { change } = decision;
  if (change.kind === "none") {
    const seen = { live, missingGroups: missing, timeZone };
    session.early.settled(attempt.key, await commitInPlace(dependencies, attempt, decision, seen, unseen));
    return DONE;
  }
  if (change.kind === "refused") {
    const { code, reason } = change;
    const groups = code === "GROUP_MISSING" ? [...missing] : [];
    const blocked = { code, reason, ledger, asOf, label: labelOf(live), groups };
    session.early.settled(attempt.key, await blockTarget(dependencies, attempt, blocked));
    return DONE;
  }
  if (wouldUndo(attempt.state.lastWrite, change, asOf)) {
    const message = "the promotion is shown as it was before Doorman's last change; it is read again before more is changed";
    const failed = { failure: { kind: "outcome-unknown", message } as const, ledger, asOf, token, retryAt };
    return { kind: "done", reach: await handleFailure(dependencies, attempt, failed) };
  }
  return send(session, attempt, facts, decision, change);
}

function intentOf(attempt: Attempt, decision: TargetDecision, change: SendableChange, live: LiveTarget, at: Instant): Intent {
  return {
    at,
    cells: changedCells(decision),
    ledgerAfter: decision.ledgerAfter,
    told: {
      before: valueInWords(change.before),
      after: valueInWords(change.after),
      reason: explain(decision, attempt.layers),
      campaignIds: campaignsBehind(decision),
      historyVersion: attempt.version + 1,
    },
    triggersBefore: live.kind === "promotion" ? live.triggers : undefined,
  };
}

async function send(
  session: StoreSession,
  attempt: Attempt,
  facts: Facts,
  decision: TargetDecision,
  change: SendableChange,
): Promise<Sent> {
  const { dependencies, ecwid, token, retryAt } = session;
  const { live, ledger, asOf, missing } = facts;
  const intent = intentOf(attempt, decision, change, live, dependencies.clock.now());
  const intended = await update(dependencies.state, attempt, { ...attempt.state, ledger, intent, label: labelOf(live) });
  if (intended === undefined) return DONE;
  const written = await write(ecwid, live, change);
  if (written.ok) {
    const appliedAt = dependencies.clock.now();
    const accepted = { ...intent, acceptedAt: appliedAt };
    // Written down with whatever is next written to the target: should nobody see the change in place, it was made all the same.
    const sent = { ...intended, state: { ...intended.state, intent: accepted } };
    return {
      kind: "sent",
      change: { attempt: sent, decision, ledger, intent: accepted, live, sentTriggers: written.value, appliedAt },
    };
  }
  if (worthAskingForGroups(written.failure) && missing.size === 0) {
    const gone = await goneGroups(ecwid, change);
    if (gone.size > 0) return decideAndSend(session, intended, { ...facts, missing: gone });
  }
  const reach = await handleFailure(dependencies, intended, { failure: written.failure, ledger, asOf, token, retryAt });
  return { kind: "done", reach };
}
