import type { Command } from "commander";
import { isNumericId, type StoreId, storeId } from "../../domain/identifiers.ts";
import type { Instant } from "../../domain/instant.ts";
import { readZone } from "../text/moments.ts";
import type { Style } from "../text/style.ts";
import { badUse } from "./refusal.ts";
import type { Place, PlaceChoice, Surroundings, Workings } from "./surroundings.ts";

const LONGEST_REPEATED = 19;

/** A list, or the pieces of a text, worked out one by one while it is printed. */
export class OneByOne<Piece> {
  readonly pieces: () => Generator<Piece, void>;

  constructor(pieces: () => Generator<Piece, void>) {
    this.pieces = pieces;
  }
}

/** @returns what `make` makes of each item, when it is its turn. */
export function oneByOne<Item, Piece>(items: readonly Item[], make: (item: Item, index: number) => Piece): OneByOne<Piece> {
  return new OneByOne(function* pieces() {
    for (const [index, item] of items.entries()) yield make(item, index);
  });
}

/** What a command answers: the same for machines and for people. */
export interface Answer {
  /** One JSON document; {@link OneByOne} stands for a list. */
  readonly json: unknown;
  readonly text: (style: Style) => string | OneByOne<string>;
  /** True: what was asked for did not come out well; the exit code is 1 and the text goes to standard error. */
  readonly isFailure?: boolean | undefined;
}

/** The options that every command knows. */
export interface GlobalOptions extends PlaceChoice {
  readonly store?: string | undefined;
  readonly zone?: string | undefined;
  readonly json?: boolean | undefined;
}

/** One command under way. */
export interface Job {
  readonly surroundings: Surroundings;
  readonly choice: PlaceChoice;
  /** The place that was chosen, opened when first asked for. */
  place(): Place;
  /** What Doorman keeps there. @throws Refusal in a folder. */
  workings(): Workings;
  /** The store that was named, by option or variable; undefined if none was. */
  readonly storeId: StoreId | undefined;
  /** Read where neither a campaign nor its store has a zone. */
  readonly zone: string | undefined;
  readonly now: Instant;
}

export type Work = (job: Job) => Promise<Answer>;

/** Carries out a command's work. Handed to each command, which knows nothing of how its answer is printed. */
export type Run = (command: Command, work: Work) => Promise<void>;

/** @param open opens the place that was chosen. @returns a job, and what lets go of all that it opened. */
export function createJob(
  surroundings: Surroundings,
  options: GlobalOptions,
  open: () => Place,
): Job & { unreachable(): string; close(): void } {
  let opened: Place | undefined;
  const place = (): Place => {
    opened ??= open();
    return opened;
  };
  return {
    surroundings,
    choice: options,
    place,
    workings: () => {
      const { workings } = place();
      if (workings === undefined) throw badUse("nothing runs in a folder: this needs --local or --aws");
      return workings;
    },
    storeId: readStore("--store", options.store) ?? readStore("ECWID_STORE_ID", surroundings.variables["ECWID_STORE_ID"]),
    zone: readZone(options.zone),
    now: surroundings.clock.now(),
    unreachable: () => opened?.unreachable ?? "nothing answers",
    close: () => opened?.close(),
  };
}

function readStore(where: string, text: string | undefined): StoreId | undefined {
  return text === undefined || text === "" ? undefined : readStoreId(where, text);
}

/** @param where it was typed. @throws Refusal for anything else than a store's number. */
export function readStoreId(where: string, text: string): StoreId {
  if (isNumericId(text)) return storeId(text);
  // What is too long for a store's number may be its token, and is not repeated.
  const typed = text.length > LONGEST_REPEATED ? "no store's number" : `"${text}"`;
  throw badUse(`${where} is ${typed}: write the store's number, such as 1003`);
}
