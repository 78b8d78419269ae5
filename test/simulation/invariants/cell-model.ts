/**
 * What is known of a cell from outside: who set it last, and what could be put back. Kept from what was seen at Ecwid alone, never from
 * the engine's ledger.
 */
export interface CellModel {
  /** Whoever set the live value last. What is there before anybody does is a person's. */
  setter: "person" | "doorman";
  /** What Doorman wrote for a window, while it has not been put back. */
  written: string | undefined;
  /** Values that may be put back: what the cell held without Doorman, as far as that can be told. */
  bases: Set<string>;
  /** What people set since Doorman's last write. */
  pending: { readonly value: string; readonly seq: number }[];
  /** Windows whose value a person took away after Doorman had made note of it, and when: they may not write it again. */
  readonly stopped: Map<string, number>;
  /** The change of the store that a person last made here. */
  editedSeq: number;
  /** How far any clock may be off. */
  readonly skewMs: number;
  /** Every value with the change of the store and the instant that it came with. */
  readonly log: { readonly seq: number; readonly at: number; readonly value: string }[];
}

export function newCell(value: string, skewMs: number): CellModel {
  return {
    setter: "person",
    written: undefined,
    bases: new Set([value]),
    pending: [],
    stopped: new Map(),
    editedSeq: -1,
    skewMs,
    log: [{ seq: -1, at: 0, value }],
  };
}

/** @returns what the cell held at that change of the store. */
export function valueAtSeq({ log }: CellModel, seq: number): string | undefined {
  return log.findLast((each) => each.seq <= seq)?.value ?? log[0]?.value;
}

/** Doorman reads the cell as it was a moment ago. What it takes for the base, it can only take from there. */
export function doormanSeesOld(model: CellModel, seq: number): void {
  const seen = valueAtSeq(model, seq);
  if (seen !== undefined) model.bases.add(seen);
  if (model.editedSeq <= seq) return;
  // It does not see that somebody has stopped a window, and may let another take over as if nobody had; nor that somebody has just done what
  // it is about to do, which it then takes for its own.
  model.stopped.clear();
  doormanAdopts(model, seq);
}

/** @returns what the cell held at that instant. */
export function valueAtInstant({ log }: CellModel, at: number): string | undefined {
  return log.findLast((each) => each.at <= at)?.value;
}

/**
 * A person sets a value.
 *
 * @param noted what Doorman has of its own noted for the cell: whether it holds it, and whether this is what it has
 * written or was about to write.
 */
export function personSets(
  model: CellModel,
  value: string,
  seq: number,
  at: number,
  { isHeld, isTakenBack }: { readonly isHeld: boolean; readonly isTakenBack: boolean },
): void {
  model.log.push({ seq, at, value });
  model.editedSeq = seq;
  // Closed without a write, because what stood there was what was to be put back.
  if (!isHeld && model.written !== undefined) {
    model.written = undefined;
    model.bases = new Set();
  }
  if (isTakenBack) {
    // Taken back, or done just as Doorman was about to: nobody can tell it from Doorman's own any more.
    model.setter = "doorman";
    // Another window may have taken what people set before for the base, without a write where it asks for the same.
    for (const edit of model.pending) model.bases.add(edit.value);
    // Held because it was so already: then it is also what was there.
    if (model.written === undefined) model.bases.add(value);
    model.written = value;
    model.pending = [];
    return;
  }
  model.setter = "person";
  model.pending.push({ value, seq });
  if (model.written === undefined && !isHeld) model.bases = new Set();
  if (model.written === undefined) model.bases.add(value);
}

/** Doorman writes what a person has set since it looked: nobody can tell the two apart any more. */
export function doormanAdopts(model: CellModel, seenSeq: number): void {
  const [seen, present] = [valueAtSeq(model, seenSeq), model.log.at(-1)?.value];
  for (const each of [seen, present]) if (each !== undefined) model.bases.add(each);
  model.setter = "doorman";
  model.written = present;
  model.pending = [];
}

/** A value that another window overwrites so soon after a person set it may have passed for a stale read (docs/decisions/0003). */
const DOUBT_MS = 60_000;

/** Doorman writes a value for a window. @param seenSeq which change of the store it had seen. */
export function doormanApplies(model: CellModel, value: string, seq: number, at: number, seenSeq: number): void {
  for (const [window, stoppedAt] of model.stopped) if (at - stoppedAt < DOUBT_MS + model.skewMs) model.stopped.delete(window);
  const seen = valueAtSeq(model, seenSeq);
  if (model.setter === "person") {
    const present = model.log.at(-1)?.value;
    for (const each of [seen, present, ...model.pending.map((edit) => edit.value)]) if (each !== undefined) model.bases.add(each);
  }
  model.written = value;
  settle(model, value, seq, at);
}

/** Doorman puts a value back. @param isCertain whether it could have been written for a window as well, in which case no base is ruled out. */
export function doormanPutsBack(model: CellModel, value: string, seq: number, at: number, isCertain: boolean): void {
  model.written = undefined;
  if (isCertain) model.bases = new Set();
  else for (const edit of model.pending) model.bases.add(edit.value);
  model.bases.add(value);
  settle(model, value, seq, at);
}

function settle(model: CellModel, value: string, seq: number, at: number): void {
  model.setter = "doorman";
  model.pending = [];
  model.log.push({ seq, at, value });
}
