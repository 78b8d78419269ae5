import type { Command } from "commander";
import type { HistoryEntry } from "../../application/ports/history.ts";
import { formatInstant } from "../../domain/instant.ts";
import { findCampaign } from "../frame/find-campaign.ts";
import { findTarget, TARGET_FORMS } from "../frame/find-target.ts";
import type { Job, Run } from "../frame/job.ts";
import { badUse } from "../frame/refusal.ts";
import { outlooksFrom, viewsOf } from "../frame/views.ts";
import { shownAt } from "../text/moments.ts";
import { targetName } from "../text/names.ts";
import type { Style } from "../text/style.ts";
import { table } from "../text/table.ts";

interface Options {
  readonly campaign?: string;
  readonly limit: string;
}

interface Told {
  readonly entry: HistoryEntry;
  readonly name: string;
  readonly timeZone: string;
}

const MOST = 1_000;
/** A campaign's entries may stand far apart among those of others. */
const READ_FOR_A_CAMPAIGN = 1_000;

/** Adds `history`. */
export function addHistory(parent: Command, run: Run): void {
  parent
    .command("history")
    .description("shows what happened, newest first; kept for 400 days")
    .argument("[target]", TARGET_FORMS)
    .option("--campaign <id>", "only what had to do with this campaign")
    .option("--limit <count>", "at most so many", "20")
    .action((target: string | undefined, options: Options, command: Command) => run(command, (job) => history(job, target, options)));
}

async function history(job: Job, typed: string | undefined, { campaign, limit }: Options) {
  const count = Number(limit);
  if (!Number.isInteger(count) || count < 1 || count > MOST) throw badUse(`--limit is "${limit}": write a whole number from 1 to ${MOST}`);
  const { history: kept } = job.workings();
  const all = outlooksFrom(job, await viewsOf(job), job.now);
  const told: Told[] = [];
  for (const { storeId, key, label, timeZone } of typed === undefined ? all : [findTarget(all, typed)]) {
    const entries = await kept.of(storeId, key, campaign === undefined ? count : READ_FOR_A_CAMPAIGN, job.now);
    told.push(...entries.map((entry) => ({ entry, name: targetName(key, label), timeZone })));
  }
  const shown = told
    .filter(({ entry }) => campaign === undefined || entry.campaignIds.some((id) => id === campaign))
    .toSorted((one, other) => other.entry.at - one.entry.at)
    .slice(0, count);
  // One that is gone by now may have left its entries behind.
  if (shown.length === 0 && campaign !== undefined) await findCampaign(job, campaign);
  return {
    json: shown.map(({ entry }) => entryJson(entry)),
    text: (style: Style) => (shown.length === 0 ? nothing(campaign) : text(shown, style)),
  };
}

function nothing(campaign: string | undefined): string {
  return campaign === undefined ? "nothing has happened yet" : `nothing has happened yet because of campaign ${campaign}`;
}

function text(shown: readonly Told[], style: Style): string {
  const zones = [...new Set(shown.map(({ timeZone }) => timeZone))];
  const rows = shown.map(({ entry, name, timeZone }) => [
    `${shownAt(entry.at, timeZone)}${zones.length > 1 ? ` ${timeZone}` : ""}`,
    name,
    whatOf(entry),
    entry.kind === "missed" ? entry.reason : `${entry.reason} (${entry.latenessMs} ms late)`,
  ]);
  const only = zones.length === 1 ? [style.faint(`Times in ${zones[0]}.`)] : [];
  return [table(style, ["at", "target", "what", "because"], rows), ...only].join("\n");
}

function whatOf({ kind, before, after }: HistoryEntry): string {
  if (before === undefined || after === undefined) return kind;
  return `${kind === "would-switch" ? "would switch " : ""}${before} → ${after}`;
}

function entryJson({ at, dueAt, missed, ...entry }: HistoryEntry): object {
  const windows = missed?.map(({ startsAt, endsAt, campaignId }) => ({
    campaignId,
    startsAt: formatInstant(startsAt),
    endsAt: formatInstant(endsAt),
  }));
  return { at: formatInstant(at), dueAt: formatInstant(dueAt), ...entry, ...(windows === undefined ? {} : { missed: windows }) };
}
