import type { Command } from "commander";
import type { KnownOutlook } from "../../application/commands/outlooks.ts";
import type { TargetState } from "../../application/ports/state-table.ts";
import { formatInstant } from "../../domain/instant.ts";
import { type LastSeen, lastSeen } from "../../domain/ledger/last-seen.ts";
import { type CellKey, type CellLedger, isOpen, type Ledger } from "../../domain/ledger/ledger.ts";
import { cellKeys } from "../../domain/ledger/settle-intent.ts";
import { AS_FOUND, type CellOutlook, forecastAt } from "../../domain/timeline/forecast.ts";
import { ask, DEFAULT_WAIT, WAIT_HELP } from "../frame/ask.ts";
import { findTarget, TARGET_FORMS } from "../frame/find-target.ts";
import type { Job, Run } from "../frame/job.ts";
import { Refusal } from "../frame/refusal.ts";
import { outlooksFrom, viewOf, viewsOf } from "../frame/views.ts";
import { shownAt } from "../text/moments.ts";
import { cellText, targetName } from "../text/names.ts";
import { nextChangeText } from "../text/next-change.ts";
import { cellJson, reasonsText, valuesText } from "../text/outlook-text.ts";
import { plain } from "../text/plain.ts";
import { findingLines, findingsOf } from "../text/store-text.ts";
import type { Style } from "../text/style.ts";
import { targetNotes } from "../text/target-notes.ts";

interface Options {
  readonly wait: string;
}

/** Adds `now`. */
export function addNow(program: Command, run: Run): void {
  program
    .command("now")
    .description("has Doorman look at the store in Ecwid, and shows what a coupon or promotion holds and should hold")
    .argument("<target>", TARGET_FORMS)
    .option("--wait <duration>", WAIT_HELP, DEFAULT_WAIT)
    .action((target: string, { wait }: Options, command: Command) => run(command, (job) => now(job, target, wait)));
}

async function now(job: Job, typed: string, wait: string) {
  job.workings();
  const { storeId, key } = findTarget(outlooksFrom(job, await viewsOf(job), job.now), typed);
  const { store } = await ask(job, storeId, { because: `doorman now ${key}`, target: key, wait });
  const at = job.surroundings.clock.now();
  const trouble = findingsOf(store, at).filter(({ about, isGood }) => !isGood && (about === "token" || about === "plan"));
  if (trouble.length > 0) throw new Refusal(`store ${storeId} cannot be looked at: ${findingLines(trouble).join("; ").trim()}`);
  const view = await viewOf(job, storeId);
  const known = outlooksFrom({ ...job, now: at }, [view], at).find((each) => each.key === key);
  if (known === undefined) throw new Refusal(`${key} is no longer named by any campaign, and Doorman holds nothing there`);
  const state = view.targets.find(({ target }) => target === key);
  const lookedAt = state !== undefined && isOpen(state.ledger) ? state.decidedAt : state?.check?.checkedAt;
  const forecast = forecastAt(known.outlook, at);
  const notes = targetNotes(state, at);
  return {
    json: {
      storeId,
      target: key,
      label: known.label ?? null,
      lookedAt: lookedAt === undefined ? null : formatInstant(lookedAt),
      found: state !== undefined && isOpen(state.ledger) ? null : (state?.check?.seen ?? null),
      holds: state === undefined ? [] : heldCells(state.ledger),
      should: forecast.cells.map(cellJson),
      nextChangeAt: forecast.nextChangeAt === undefined ? null : formatInstant(forecast.nextChangeAt),
      nextEventAt: forecast.nextEventAt === undefined ? null : formatInstant(forecast.nextEventAt),
      notes,
    },
    text: (style: Style) => {
      const { timeZone } = known;
      return [
        style.head(`${targetName(key, known.label)} of store ${storeId} at ${shownAt(at, timeZone)} ${timeZone}`),
        ...heldLines(known, state, forecast.cells),
        plain(`should hold: ${valuesText(forecast.cells)}; ${reasonsText(forecast.cells)}`),
        ...notes.map((note) => plain(`  note: ${note}`)),
        nextChangeText(known.outlook, forecast, timeZone),
      ].join("\n");
    },
  };
}

/** What the last look found, cell by cell: a value in doubt is one that Doorman did not write. */
function heldCells(ledger: Ledger): readonly object[] {
  return cellsOf(ledger).map(({ cell, held, seen }) => ({
    cell,
    value: seen.value,
    base: held.base,
    inDoubt: seen.by === "in doubt",
    setByPerson: seen.by === "person",
  }));
}

function heldLines({ timeZone }: KnownOutlook, state: TargetState | undefined, outlooks: readonly CellOutlook[]): readonly string[] {
  const cells = state === undefined ? [] : cellsOf(state.ledger);
  const { check } = state ?? {};
  if (cells.length === 0 && check?.checkedAt !== undefined && check.seen === undefined) {
    return [`holds: nothing that could be read (looked at ${shownAt(check.checkedAt, timeZone)}); Doorman holds nothing there now`];
  }
  if (cells.length === 0 && (check?.seen === undefined || check.checkedAt === undefined)) {
    return ["Doorman holds nothing there now: it is as it was left in Ecwid."];
  }
  if (cells.length === 0) {
    const seenAt = check?.checkedAt === undefined ? "" : ` (looked at ${shownAt(check.checkedAt, timeZone)})`;
    return [plain(`holds: ${check?.seen}, as it was left in Ecwid${seenAt}; Doorman holds nothing there now`)];
  }
  const when = state?.decidedAt === undefined ? "" : ` (looked at ${shownAt(state.decidedAt, timeZone)})`;
  return cells.map((each) => {
    const outlook = outlooks.find(({ cell }) => cell === each.cell);
    return plain(`holds: ${each.seen.by === "person" ? personsText(each, outlook, timeZone) : writtenText(each)}${when}`);
  });
}

function writtenText({ cell, held, seen }: HeldCell): string {
  const by = seen.by === "doorman" ? "as Doorman wrote it" : "not what Doorman wrote: it is read again in a minute";
  return `${cellText(cell, seen.value)}, ${by}; returns to ${cellText(cell, held.afterwards ?? held.base)}`;
}

function personsText({ cell, seen }: HeldCell, outlook: CellOutlook | undefined, timeZone: string): string {
  const value = seen.value === AS_FOUND ? "another value than Doorman's" : cellText(cell, seen.value);
  if (outlook?.winner === undefined || !outlook.gaveWay) return `${value}, set by a person`;
  const { campaignName, endsAt } = outlook.winner;
  return `${value}, set by a person; "${campaignName}" gives way ${endsAt === undefined ? "to it" : `until ${shownAt(endsAt, timeZone)}`}`;
}

interface HeldCell {
  readonly cell: CellKey;
  readonly held: CellLedger;
  readonly seen: LastSeen;
}

function cellsOf(ledger: Ledger): readonly HeldCell[] {
  return cellKeys(ledger.cells).flatMap((cell) => {
    const [held, seen] = [ledger.cells[cell], lastSeen(ledger, cell)];
    return held === undefined || seen === undefined ? [] : [{ cell, held, seen }];
  });
}
