import { createMemoryCampaignTable } from "../../../lib/adapters/memory/campaign-table.ts";
import { createMemoryStateTable } from "../../../lib/adapters/memory/state-table.ts";
import { fingerprint } from "../../../lib/adapters/system/fingerprint.ts";
import { compileRecord } from "../../../lib/application/compile/compile-record.ts";
import type { CompileDependencies } from "../../../lib/application/compile/dependencies.ts";
import { parseCampaignRecord } from "../../../lib/application/record/parse-campaign-record.ts";
import { parseInstant } from "../../../lib/domain/instant.ts";
import { thousandCampaigns } from "../thousand-campaigns.ts";
import { spend } from "../worker/spending.ts";

// A thousand campaigns are checked, compiled, compiled again and compiled with another window, over tables in memory, in a process of its own.

/** Microseconds of processor for one record. */
export interface CompileFigures {
  readonly check: number;
  readonly fresh: number;
  readonly again: number;
  readonly changed: number;
}

const NOW = parseInstant("2026-01-01T00:00Z");
/** Not counted: they make everything warm. */
const WARM_UP = 100;

type CampaignRecord = ReturnType<typeof thousandCampaigns>[number];

async function eachOf(records: readonly CampaignRecord[], work: (record: CampaignRecord) => Promise<unknown>): Promise<number> {
  const all = async (some: readonly CampaignRecord[]) => {
    for (const record of some) await work(record);
  };
  await all(records.slice(0, WARM_UP));
  const rest = records.slice(WARM_UP);
  const { cpuMs } = await spend(rest.length, () => all(rest));
  return (cpuMs * 1_000) / rest.length;
}

async function measure(): Promise<CompileFigures> {
  const records = thousandCampaigns();
  const campaigns = createMemoryCampaignTable();
  const compiling: CompileDependencies = {
    clock: { now: () => NOW, sleepUntil: async () => undefined },
    campaigns,
    state: createMemoryStateTable(),
    dispatcher: { send: async () => undefined },
    telemetry: { emit: () => undefined },
    fingerprint,
  };
  const check = await eachOf(records, async (record) => parseCampaignRecord(record));
  for (const record of records) await campaigns.put(record);
  const fresh = await eachOf(records, (record) => compileRecord(compiling, record));
  const again = await eachOf(records, (record) => compileRecord(compiling, record));
  for (const record of records) await campaigns.put({ ...record, repeat: `${record["repeat"]};UNTIL=20261231` });
  const changed = await eachOf(records, (record) => compileRecord(compiling, record));
  return { check, fresh, again, changed };
}

process.once("message", () => void measure().then((figures) => process.send?.(figures)));
