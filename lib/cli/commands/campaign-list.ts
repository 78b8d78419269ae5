import type { Command } from "commander";
import { statusJson } from "../../application/messages/status-json.ts";
import type { CampaignRecord } from "../../application/ports/campaign-table.ts";
import { EMPTY_STORE } from "../../application/ports/state-table.ts";
import { statusOf } from "../../application/status/write-status.ts";
import type { CampaignState } from "../../domain/campaign/status.ts";
import { nameInCalendarRecordId } from "../../domain/identifiers.ts";
import { isTimeZone } from "../../domain/windows/time-zone.ts";
import type { Job, Run } from "../frame/job.ts";
import { zonesOf } from "../frame/put-records.ts";
import { badUse } from "../frame/refusal.ts";
import { recordsOf, viewsOf } from "../frame/views.ts";
import { plain } from "../text/plain.ts";
import { shownStatus, statusMessages } from "../text/status.ts";
import type { Style } from "../text/style.ts";
import { table } from "../text/table.ts";

interface Options {
  readonly state?: string;
}

interface Row extends CampaignRecord {
  readonly timeZone: string;
}

const STATES: readonly string[] = ["SCHEDULED", "ACTIVE", "ENDED", "DISABLED", "INVALID"] satisfies readonly CampaignState[];

/** Adds `campaign list`. */
export function addCampaignList(parent: Command, run: Run): void {
  parent
    .command("list")
    .description("shows every campaign: state, next switch, problems and warnings")
    .option("--state <state>", `only those that are ${STATES.join(", ")}`)
    .action((options: Options, command: Command) => run(command, (job) => list(job, options)));
}

async function list(job: Job, { state }: Options) {
  if (state !== undefined && !STATES.includes(state.toUpperCase()))
    throw badUse(`--state is "${state}": write one of ${STATES.join(", ")}`);
  const zoneOf = zonesOf(job);
  const rows: Row[] = [];
  for (const record of await recordsWithStatus(job)) {
    if (state !== undefined && shownStatus(record.item, "UTC").state !== state.toUpperCase()) continue;
    const own = record.item["timeZone"];
    const timeZone = typeof own === "string" && isTimeZone(own) ? own : ((await zoneOf(record.storeId)) ?? "UTC");
    rows.push({ ...record, timeZone });
  }
  return {
    json: rows.map(({ storeId, campaignId, item }) => ({
      storeId,
      campaignId,
      name: item["name"] ?? null,
      status: item["status"] ?? null,
    })),
    text: (style: Style) => (rows.length === 0 ? "no campaign" : [listed(rows, style), ...told(rows)].join("\n")),
  };
}

/** In a folder nobody writes a status: there it is worked out. */
async function recordsWithStatus(job: Job): Promise<readonly CampaignRecord[]> {
  const records = await recordsOf(job, job.storeId);
  if (job.place().workings !== undefined) return records;
  const views = await viewsOf(job);
  return records.map((record) => {
    const view = views.find(({ storeId }) => storeId === record.storeId);
    const copy = view?.copies.find(({ campaignId }) => campaignId === record.campaignId);
    if (view === undefined || copy === undefined) return record;
    return {
      ...record,
      item: { ...record.item, status: statusJson(statusOf(copy, copy.campaignId, [], job.now, view.store ?? EMPTY_STORE)) },
    };
  });
}

function listed(rows: readonly Row[], style: Style): string {
  return table(
    style,
    ["store", "campaign", "state", "next switch", "name"],
    rows.map(({ storeId, campaignId, item, timeZone }) => {
      const { state, nextSwitch } = shownStatus(item, timeZone);
      const isCalendar = nameInCalendarRecordId(campaignId) !== undefined;
      const next = nextSwitch === "" ? "-" : `${nextSwitch} ${timeZone}`;
      return [storeId, campaignId, isCalendar ? "calendar" : state, next, String(item["name"] ?? "")];
    }),
  );
}

function told(rows: readonly Row[]): readonly string[] {
  const lines = rows.flatMap(({ campaignId, item }) => statusMessages(item).map((line) => plain(`${campaignId}: ${line}`)));
  return lines.length === 0 ? [] : ["", ...lines];
}
