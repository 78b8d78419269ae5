import type { Layer } from "../../../lib/domain/layers/layer.ts";
import type { Happening, Violation } from "../world/journal.ts";
import type { ObservedState } from "../world/observed-state.ts";
import {
  type CellModel,
  doormanAdopts,
  doormanApplies,
  doormanPutsBack,
  doormanSeesOld,
  newCell,
  personSets,
  valueAtSeq,
} from "./cell-model.ts";
import { cellKey, changesBetween } from "./cells.ts";
import { type Claim, wasOver, winnerAt, winnersIn } from "./oracle.ts";

type Wrote = Happening & { readonly kind: "wrote" };
type Saw = Happening & { readonly kind: "saw" };
type Edited = Happening & { readonly kind: "edited" };

/** Judges each write of Doorman's as it reaches Ecwid: invariants 2, 3, 4 and 5. */
export interface WriteWatch {
  wrote(happening: Wrote): void;
  edited(happening: Edited): void;
  saw(happening: Saw): void;
  /** @returns the model of a cell that anybody has changed. */
  cell(storeId: string, target: string, cell: string): CellModel | undefined;
  /** The cells of a target that anybody has changed. */
  cellsOf(storeId: string, target: string): readonly string[];
}

interface WriteWatchDependencies {
  readonly state: ObservedState;
  /** How far any clock may be off in this run. */
  readonly skewMs: number;
  /** Whether a customer group exists at Ecwid now. */
  readonly groupExists: (storeId: string, group: string) => boolean;
  readonly report: (violation: Violation) => void;
}

/** What a coupon may be left with instead of the value found. */
export function afterwardsIn(log: readonly { readonly layers: readonly Layer[] }[]): ReadonlySet<string> {
  const all = log.flatMap(({ layers }) => layers.map(({ ask }) => (ask.kind === "coupon" ? ask.afterwards : undefined)));
  return new Set(all.filter((each) => each !== undefined));
}

function isEnforced(log: readonly { readonly layers: readonly Layer[] }[]): boolean {
  return log.some(({ layers }) => layers.some((layer) => layer.onManualEdit === "enforce"));
}

function claimsInWords(winners: readonly (Claim | undefined)[]): string {
  return [
    ...new Set(winners.map((each) => (each === undefined ? "nobody asks" : `${each.window} asks ${each.value} (${each.policy})`))),
  ].join("; ");
}

/** A worker is done with what it has read after so long at the latest. */
const WORK_MS = 130_000;

interface CellChange {
  readonly cell: string;
  readonly was: string;
  readonly is: string;
}

/** @returns the law that is broken by a write that no window asks for, if it is no base being put back. */
function brokenBy(
  { cell, was, is }: CellChange,
  facts: {
    readonly model: CellModel;
    readonly log: readonly { readonly layers: readonly Layer[] }[];
    readonly winners: readonly (Claim | undefined)[];
    readonly isRaced: boolean;
    readonly hasGivenWay: boolean;
  },
): Pick<Violation, "invariant" | "expected"> | undefined {
  const { model, log, winners, isRaced } = facts;
  const isAfterwards = cell === "limit" && afterwardsIn(log).has(is);
  const isBase = isAfterwards || model.bases.has(is) || model.pending.some(({ value }) => value === is);
  const persons = `the value that a person set, ${was}`;
  if (!isBase || !(winners.includes(undefined) || facts.hasGivenWay)) {
    const isAsked = winners.some((each) => each?.value === is);
    if (isAsked) return { invariant: "3 an emergency stop made by hand is never undone by the same window", expected: persons };
    const expected = `a value that is asked for, or one of the bases ${[...model.bases].join(", ")}`;
    return { invariant: "2 only what is desired, or a base, is ever written", expected };
  }
  // A stop made by hand under `yield` stands to the window's end, unless the campaign's text says `enforce` by then.
  const isOverruled = isEnforced(model.stopped.size > 0 ? log.slice(-1) : log);
  if (model.setter !== "person" || isRaced || isOverruled || isAfterwards) return undefined;
  const isGroupLost = cell !== "limit" && is === "out";
  if (isGroupLost) return { invariant: "4 a group that Doorman did not add is never removed", expected: "the group stays in" };
  return { invariant: "3 people's edits are kept", expected: persons };
}

export function createWriteWatch({ state, skewMs, groupExists, report }: WriteWatchDependencies): WriteWatch {
  const models = new Map<string, Map<string, CellModel>>();

  const modelOf = (storeId: string, target: string, cell: string, value: string): CellModel => {
    const key = `${storeId} ${target}`;
    const cells = models.get(key) ?? new Map<string, CellModel>();
    models.set(key, cells);
    const known = cells.get(cell) ?? newCell(value, skewMs);
    cells.set(cell, known);
    return known;
  };

  function judge(event: Wrote, change: CellChange): void {
    const { storeId, target, process, at, seq } = event;
    const { cell, was, is } = change;
    const model = modelOf(storeId, target, cell, was);
    const log = state.layersLog(storeId, target);
    const seen = event.sight ?? { seq, at };
    const isRaced = model.editedSeq > seen.seq;
    for (const [window, since] of model.stopped) if (wasOver(log, window, since, at)) model.stopped.delete(window);
    const isDroppedByEcwid = cell !== "limit" && is === "out" && event.sentGroups.includes(Number(cell));
    // The whole list is sent as it was read, with what a person changed meanwhile undone: the documented race.
    if (isDroppedByEcwid || (isRaced && valueAtSeq(model, seen.seq) === is)) {
      personSets(model, is, seq, at, { isHeld: true, isTakenBack: false });
      return;
    }
    const winners = winnersIn(log, cell, { from: process.beganAt, to: at }, { from: seen.at - skewMs, to: at + skewMs });
    const asking = winners.filter((each) => each !== undefined && each.value === is);
    const isStopped = (each: Claim | undefined) => each !== undefined && each.policy === "yield" && model.stopped.has(each.window);
    if (asking.some((each) => !isStopped(each)) || (asking.length > 0 && isRaced)) {
      doormanApplies(model, is, seq, at, seen.seq);
      return;
    }
    const broken = brokenBy(change, { model, log, winners, isRaced, hasGivenWay: hasGivenWay(storeId, target, cell, model) });
    if (broken === undefined) {
      doormanPutsBack(model, is, seq, at, asking.length === 0);
      return;
    }
    // A deleted group lets nobody in, and Ecwid may refuse every list that names it: nothing can be put back with it in (design 6).
    if (cell !== "limit" && is === "out" && !groupExists(storeId, cell)) {
      personSets(model, is, seq, at, { isHeld: true, isTakenBack: false });
      return;
    }
    const got = `Doorman (process ${process.id}) turned ${was} into ${is}, having seen it ${at - seen.at} ms before; then: ${claimsInWords(winners)}`;
    report({ ...broken, at, where: `store ${storeId} ${target} ${cell}`, got });
  }

  function hasGivenWay(storeId: string, target: string, cell: string, model: CellModel): boolean {
    return model.stopped.size > 0 || (state.known(storeId, target)?.ledger.yielded[cellKey(cell)]?.length ?? 0) > 0;
  }

  /** A stale read made Doorman take a condition away, and it puts that back: with it go the groups as they were (design 6). */
  function isPutBack({ storeId, target, before, after }: Wrote): boolean {
    const taken = takenAway.get(`${storeId} ${target}`);
    return taken !== undefined && !isSame(before.triggers, after.triggers) && isSame(taken, after.triggers);
  }

  /** What a person does after a condition was taken away is to stay when that is put back. */
  function noteEditSince(key: string, before: object, after: object): void {
    const taken = takenAway.get(key);
    if (taken === undefined) return;
    const lost = Object.entries(taken).filter(([name]) => !Object.hasOwn(before, name));
    takenAway.set(key, { ...Object.fromEntries(lost), ...after });
  }

  function judgeTriggers(event: Wrote): void {
    const { storeId, target, at, seq, sight, before, after, process } = event;
    if (before.triggers === undefined || isSame(before.triggers, after.triggers)) return;
    const key = `${storeId} ${target}`;
    const wasPutBack = isPutBack(event);
    takenAway.set(key, before.triggers);
    if (wasPutBack) {
      takenAway.delete(key);
      return;
    }
    const changedSeq = triggerEdits.get(key) ?? -1;
    triggerEdits.set(key, seq);
    // Whoever changed them, it was after what Doorman had read: the known race, and the stale read.
    if (changedSeq > (sight?.seq ?? seq)) return;
    const got = `Doorman (process ${process.id}) turned ${JSON.stringify(before.triggers)} into ${JSON.stringify(after.triggers)}`;
    report({
      invariant: "5 other triggers never change",
      at,
      where: `store ${storeId} ${target}`,
      expected: JSON.stringify(before.triggers),
      got,
    });
  }
  const readAt = new Map<string, number>();
  const lastRead = (storeId: string, target: string): number => {
    const [own, list] = [
      readAt.get(`${storeId} ${target}`),
      readAt.get(`${storeId} ${target.startsWith("coupon") ? "coupons" : "promotions"}`),
    ];
    return Math.max(own ?? Number.NEGATIVE_INFINITY, list ?? Number.NEGATIVE_INFINITY);
  };
  /** The other conditions of a promotion as they were before Doorman, on a stale read, sent others. */
  const takenAway = new Map<string, object>();
  /** The change of the store that other conditions of a promotion were last touched with. */
  const triggerEdits = new Map<string, number>();

  return {
    wrote(event) {
      const changes = changesBetween(event.before, event.after);
      const { storeId, target, seq, at } = event;
      for (const change of changes) {
        if (isPutBack(event))
          personSets(modelOf(storeId, target, change.cell, change.was), change.is, seq, at, { isHeld: true, isTakenBack: false });
        else judge(event, change);
      }
      judgeTriggers(event);
      for (const [cell, model] of models.get(`${event.storeId} ${event.target}`) ?? []) {
        const isRaced = model.editedSeq > (event.sight?.seq ?? event.seq);
        if (isRaced && !changes.some((change) => change.cell === cell)) doormanAdopts(model, event.sight?.seq ?? event.seq);
      }
    },
    edited({ storeId, target, before, after, seq, at }) {
      if (JSON.stringify(before.triggers) !== JSON.stringify(after.triggers)) {
        triggerEdits.set(`${storeId} ${target}`, seq);
        noteEditSince(`${storeId} ${target}`, before.triggers ?? {}, after.triggers ?? {});
      }
      for (const { cell, was, is } of changesBetween(before, after)) {
        const model = modelOf(storeId, target, cell, was);
        const known = state.known(storeId, target);
        const held = known?.ledger.cells[cellKey(cell)];
        const intended = known?.intent?.cells[cellKey(cell)];
        // A worker that has just read it may be about to take what was there for the base.
        const isBeingTaken = at - lastRead(storeId, target) < WORK_MS;
        const isHeld = held !== undefined || intended !== undefined || isBeingTaken;
        personSets(model, is, seq, at, { isHeld, isTakenBack: held?.written === is || intended?.after === is });
        if (held === undefined) continue;
        const winner = winnerAt(state.layersLog(storeId, target).at(-1)?.layers ?? [], cell, at);
        const isNoted = known?.intent?.cells[cellKey(cell)] === undefined && held.window === winner?.window && !held.standIn;
        if (is === held.written) model.stopped.delete(held.window);
        else if (isNoted && was === held.written && winner?.policy === "yield") model.stopped.set(held.window, at);
      }
    },
    saw({ storeId, what, seq, at }) {
      readAt.set(`${storeId} ${what}`, at);
      for (const [key, cells] of models) {
        const [store, target = ""] = key.split(" ");
        const isSeen =
          target === what ||
          (what === "coupons" && target.startsWith("coupon")) ||
          (what === "promotions" && target.startsWith("promotion"));
        if (store !== storeId || !isSeen) continue;
        for (const model of cells.values()) if ((model.log.at(-1)?.seq ?? -1) > seq) doormanSeesOld(model, seq);
      }
    },
    cell: (storeId, target, cell) => models.get(`${storeId} ${target}`)?.get(cell),
    cellsOf: (storeId, target) => [...(models.get(`${storeId} ${target}`)?.keys() ?? [])],
  };
}

function isSame(one: object | undefined, other: object | undefined): boolean {
  return JSON.stringify(sorted(one ?? {})) === JSON.stringify(sorted(other ?? {}));
}

function sorted(object: object): unknown {
  return Object.entries(object).toSorted(([one], [other]) => (one < other ? -1 : 1));
}
