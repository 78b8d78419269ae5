import type { Instant } from "../instant.ts";
import type { Window } from "./window-rule.ts";

/** All windows of a rule that overlap `[from, to)`, and what they tell of the instants in it. */
export interface WindowPage {
  readonly from: Instant;
  readonly to: Instant;
  /** How many windows there are. */
  readonly size: number;
  /** @returns the window that covers `at`; of several, the one that started last, and of those the one that ends last. */
  activeAt(at: Instant): Window | undefined;
  /** @returns the first start or end on the page later than `after`; an end exactly at the page's end is on it. */
  changeAfter(after: Instant): Instant | undefined;
  /** @returns the last end on the page, at or before `at`; one exactly at the page's beginning is not on it. */
  endedBy(at: Instant): Instant | undefined;
  /** @returns the first change at or after the page's end, as `find` found it when it was first asked. */
  beyond(find: () => Instant | undefined): Instant | undefined;
  /** @returns the last end at or before the page's beginning, as `find` found it when it was first asked. */
  before(find: () => Instant | undefined): Instant | undefined;
}

/** @param windows all that overlap `[from, to)`, in order of start and then of end. */
export function createWindowPage(windows: readonly Window[], from: Instant, to: Instant): WindowPage {
  const ends = inOrder(windows.flatMap(({ endsAt }) => (endsAt === undefined || endsAt > to ? [] : [endsAt])));
  const changes = inOrder([...ends, ...windows.map(({ startsAt }) => startsAt).filter((startsAt) => startsAt >= from)]);
  const longest = Math.max(0, ...windows.map(({ startsAt, endsAt }) => (endsAt ?? Number.POSITIVE_INFINITY) - startsAt));
  return {
    from,
    to,
    size: windows.length,
    activeAt: (at) => {
      for (let index = countUpTo(windows, at, startOf) - 1; index >= 0; index -= 1) {
        const window = windows[index];
        if (window === undefined || window.startsAt <= at - longest) return undefined;
        if (window.endsAt === undefined || at < window.endsAt) return window;
      }
      return undefined;
    },
    changeAfter: (after) => changes[countUpTo(changes, after, itself)],
    endedBy: (at) => ends[countUpTo(ends, at, itself) - 1],
    beyond: foundOnce(),
    before: foundOnce(),
  };
}

function foundOnce(): (find: () => Instant | undefined) => Instant | undefined {
  let found: { readonly at: Instant | undefined } | undefined;
  return (find) => {
    found ??= { at: find() };
    return found.at;
  };
}

function inOrder(instants: readonly Instant[]): readonly Instant[] {
  return instants.toSorted((one, other) => one - other);
}

const startOf = ({ startsAt }: Window): Instant => startsAt;
const itself = (at: Instant): Instant => at;

/** Binary search. @param items in order of their instants. @returns how many of them are at or before `limit`. */
function countUpTo<Item>(items: readonly Item[], limit: Instant, instantOf: (item: Item) => Instant): number {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const item = items[middle];
    if (item !== undefined && instantOf(item) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
