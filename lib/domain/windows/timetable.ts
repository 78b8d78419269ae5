import { DAY, type Instant, instant } from "../instant.ts";
import { activeWindow } from "./active-window.ts";
import { lastEnd } from "./last-end.ts";
import { nextChange } from "./next-change.ts";
import { createWindowPage, type WindowPage } from "./window-page.ts";
import type { Window, WindowRule } from "./window-rule.ts";
import { type WindowSeries, windowSeries } from "./window-series.ts";
import { windowsOfSeries } from "./windows-between.ts";

/** The answers of activeWindow, nextChange and lastEnd for one rule. */
export interface Timetable {
  /** @returns as {@link activeWindow} does. */
  activeAt(at: Instant): Window | undefined;
  /** @returns as {@link nextChange} does. */
  changeAfter(after: Instant): Instant | undefined;
  /** @returns as {@link lastEnd} does. */
  endedBy(at: Instant): Instant | undefined;
}

/** Whoever asks about an instant soon asks about one near it. Rules with more windows to a page have shorter pages. */
const PAGE_LENGTHS = [DAY, 16 * DAY, 64 * DAY, 512 * DAY] as const;
const FIRST_LENGTH = PAGE_LENGTHS.indexOf(64 * DAY);
const MOST_WINDOWS = 300;
/** As many as a walk goes back and forth between. */
const MOST_PAGES = 3;
/** More campaigns than lie over any one target. Not a WeakMap: thousands of its entries slow the collector down more than they save. */
const MOST_RULES = 500;
const kept = new Map<WindowRule, Timetable>();

/**
 * Keeps, for a rule that is asked again and again, the windows around what was asked last by the page, so that a walk from boundary to boundary does not work them out anew at each.
 * The answers depend on the rule alone; a rule that gives no page (endless windows, hundreds at once) is asked afresh each time.
 *
 * @param rule one that checkWindowRule finds usable, and that nobody changes.
 */
export function timetableOf(rule: WindowRule): Timetable {
  const known = kept.get(rule);
  if (known !== undefined) return known;
  const [oldest] = kept.keys();
  if (kept.size >= MOST_RULES && oldest !== undefined) kept.delete(oldest);
  const created = createTimetable(rule);
  kept.set(rule, created);
  return created;
}

/** A page costs as much as thirty single answers, so it is made only for whoever goes on asking. */
const QUESTIONS_BEFORE_A_PAGE = 8;

function createTimetable(rule: WindowRule): Timetable {
  const pages = createPages(rule);
  let asked = 0;
  const pageAt = (at: Instant) => {
    asked += 1;
    return asked > QUESTIONS_BEFORE_A_PAGE ? pages(at) : undefined;
  };
  // The page that an instant is on may begin long before it: pages differ in length.
  const changeFrom = (at: Instant) => pageAt(at)?.changeAfter(instant(at - 1)) ?? nextChange(rule, instant(at - 1));
  return {
    activeAt: (at) => {
      const page = pageAt(at);
      return page === undefined ? activeWindow(rule, at) : page.activeAt(at);
    },
    changeAfter: (after) => {
      const page = pageAt(after);
      if (page === undefined) return nextChange(rule, after);
      return page.changeAfter(after) ?? page.beyond(() => changeFrom(page.to));
    },
    endedBy: (at) => {
      const page = pageAt(at);
      if (page === undefined) return lastEnd(rule, at);
      return page.endedBy(at) ?? page.before(() => lastEnd(rule, page.from));
    },
  };
}

/** @returns what gives the page that an instant is on, or undefined where the rule's windows are too many to keep. */
function createPages(rule: WindowRule): (at: Instant) => WindowPage | undefined {
  const series = windowSeries(rule);
  const pages = new Map<number, WindowPage>();
  let current: WindowPage | undefined;
  // Windows without an end all reach into every later page.
  let chosen = rule.repeat !== undefined && rule.end === undefined ? -1 : FIRST_LENGTH;
  let longest = PAGE_LENGTHS.length - 1;
  const choose = (index: number) => {
    chosen = index;
    pages.clear();
  };

  return (at) => {
    if (current !== undefined && current.from <= at && at < current.to) return current;
    if (current !== undefined && chosen < longest && isSparse(current)) choose(chosen + 1);
    for (let length = PAGE_LENGTHS[chosen]; length !== undefined; length = PAGE_LENGTHS[chosen]) {
      const from = Math.floor(at / length) * length;
      current = pages.get(from) ?? readPage(series, instant(from), instant(from + length));
      if (current !== undefined) return keep(pages, current);
      choose(chosen - 1);
      longest = chosen;
    }
    return undefined;
  };
}

/** Whoever turns from page to page is served with fewer and longer ones. */
function isSparse({ size }: WindowPage): boolean {
  return size < MOST_WINDOWS / 10;
}

function readPage(series: WindowSeries, from: Instant, to: Instant): WindowPage | undefined {
  const windows = windowsOfSeries(series, from, to, MOST_WINDOWS);
  return windows.length < MOST_WINDOWS ? createWindowPage(windows, from, to) : undefined;
}

function keep(pages: Map<number, WindowPage>, page: WindowPage): WindowPage {
  if (pages.has(page.from)) return page;
  const [oldest] = pages.keys();
  if (pages.size >= MOST_PAGES && oldest !== undefined) pages.delete(oldest);
  pages.set(page.from, page);
  return page;
}
