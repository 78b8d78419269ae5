/** A mistake somebody could make: a piece of the shipped text, and what stands there instead. */
export interface Defect {
  readonly name: string;
  /** Below the project's root. */
  readonly file: string;
  readonly find: string;
  readonly replace: string;
}

const cell = "lib/domain/ledger/decide-cell.ts";
const reconcile = (file: string) => `lib/application/reconcile/${file}.ts`;

/** Planted one at a time by planting.ts; the simulation has to find each (docs/decisions/0005-simulation.md). */
export const DEFECTS: readonly Defect[] = [
  {
    name: "the base is captured after the write",
    file: cell,
    find: "const ledger = entry(winner, live, winner.value, at, false);",
    replace: "const ledger = entry(winner, winner.value, winner.value, at, false);",
  },
  {
    name: "the ledger is committed before the write, without an intent",
    file: reconcile("send-change"),
    find: "{ ...attempt.state, ledger, intent, label: labelOf(live) }",
    replace: "{ ...attempt.state, ledger: decision.ledgerAfter, label: labelOf(live) }",
  },
  {
    name: "the whole list is put back instead of the groups that are owned",
    file: reconcile("send-change"),
    find: "const triggers = { ...live.triggers, customerGroups: change.after };",
    replace: `const kept = ((globalThis as never as { lists?: Map<string, readonly number[]> }).lists ??= new Map());
    const isNarrower = change.after.length < change.before.length;
    if (!isNarrower) kept.set(live.id, change.before);
    const triggers = { ...live.triggers, customerGroups: isNarrower ? (kept.get(live.id) ?? change.after) : change.after };`,
  },
  {
    name: "an interrupted write is carried out again instead of deciding afresh",
    file: reconcile("take-up-intent"),
    find: "if (asOf < plus(intent.at, UNSEEN_MS) && !wasOverwritten(intent, valueIn)) return { ledger: settled, unseen: intent };",
    replace: `void UNSEEN_MS;
    void plus;
    if (live.kind === "coupon") await session.ecwid.writeApplicationLimit(live.id, intent.told.after);`,
  },
  {
    name: "a token that was refused is called again",
    file: reconcile("open-store"),
    find: "if (store.deadToken?.secretVersion === version) {",
    replace: 'if (store.deadToken?.secretVersion === "never") {',
  },
  {
    name: "a window that gave way to a person opens again",
    file: cell,
    find: 'return winner !== undefined && winner.activity.layer.onManualEdit === "yield" && yielded.includes(winner.activity.window);',
    replace: "return winner === undefined && yielded.length < 0;",
  },
  {
    name: "one read is enough to take a value for a person's",
    file: cell,
    find: "const DOUBT_MS = MINUTE;",
    replace: "const DOUBT_MS = MINUTE - MINUTE;",
  },
  {
    name: "only the groups are sent, not the whole triggers",
    file: reconcile("send-change"),
    find: "const triggers = { ...live.triggers, customerGroups: change.after };",
    replace: "const triggers = { customerGroups: change.after };",
  },
  {
    name: "a write that the next worker finds is not told",
    file: reconcile("take-up-intent"),
    find: "await tellSwitch(session, attempt, intent.told, { at: intent.at, label: labelOf(live) });",
    replace: "void labelOf;",
  },
  {
    name: "a tick gives up at the first message that cannot be sent",
    file: "lib/application/dispatch/run-tick.ts",
    find: "underWay.add(sending);",
    replace: "underWay.add(sending);\n    await sending;\n    if (failures.length > 0) break;",
  },
  {
    name: "tokens that were never seen to work are not counted",
    file: reconcile("token-proof"),
    find: "const MOST_UNPROVEN_A_MINUTE = 10;",
    replace: "const MOST_UNPROVEN_A_MINUTE = 10_000;",
  },
  {
    name: "a late message is decided as of its own instant",
    file: reconcile("send-change"),
    find: "const asOf = latest(dependencies.clock.now(), messageInstant);",
    replace: "const asOf = messageInstant;\n  void latest;",
  },
  {
    name: "what Ecwid answers is quoted without taking the token out",
    file: "lib/adapters/ecwid/ecwid-gateway.ts",
    find: "const clean = createTextCleaner(secret);",
    replace: "void createTextCleaner;\n      const clean = (text: string) => text;",
  },
  {
    name: "the kill switch is read but not heeded",
    file: reconcile("open-store"),
    find: "if (system.stopped !== undefined)",
    replace: 'if (system.stopped?.reason === "never")',
  },
  {
    name: "a conditional write that lost is taken for one that won",
    file: reconcile("begin-attempt"),
    find: "return written ? { ...attempt, state: next, version: attempt.version + 1 } : undefined;",
    replace: "void written;\n  return { ...attempt, state: next, version: attempt.version + 1 };",
  },
  {
    name: "a compile does not make its targets due",
    file: "lib/application/compile/compile-campaign.ts",
    find: "for (const target of targets) await state.makeDue(store, target, now);",
    replace: "void state;",
  },
  {
    name: "a change that Ecwid accepts is not read back",
    file: reconcile("live-values"),
    find: "startOver: () => {\n      promotions = undefined;",
    replace: "startOver: () => {",
  },
];
