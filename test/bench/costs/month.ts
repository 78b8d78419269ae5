import { type Quantities, quantities, quantitiesOf, together } from "./bill.ts";
import { gbSeconds, STANDING } from "./deployment.ts";
import type { MeasuredUnits } from "./measured.ts";
import { less, only, sum, times, type Units } from "./units.ts";
import { boundariesAMonth, HISTORY_MONTHS, HOURS_A_MONTH, targetsPerCampaign, type Usage, WEEKS_A_MONTH, windowsAMonth } from "./usage.ts";

/** What a part of a month's bill comes from. */
export const DRIVERS = ["standing", "boundaries", "stores", "campaigns", "switches", "edits"] as const;
export type Driver = (typeof DRIVERS)[number];

const MINUTES_A_MONTH = HOURS_A_MONTH * 60;
const SECONDS_A_MONTH = MINUTES_A_MONTH * 60;
const GB = 1e9;

/** A new environment works this long before its first event. An assumption until cold starts are measured (issue 6). */
const INIT_MS = 400;
/** An environment is taken to live for ten idle minutes; where there are many, one invocation in a hundred meets a new one (AWS's own figure). */
const STARTS_ANYWAY = HOURS_A_MONTH * 6;
const SHARE_OF_STARTS = 0.01;

function polls(): Units {
  return only({ queueRequests: (STANDING.pollers * SECONDS_A_MONTH) / STANDING.pollSeconds });
}

function coldStarts(invocations: number): Units {
  return only({ computing: Math.min(invocations, STARTS_ANYWAY + SHARE_OF_STARTS * invocations) * gbSeconds("reconcile", INIT_MS) });
}

/** One window of a typical campaign opens and closes. */
function windowOf({ events }: MeasuredUnits, { campaignsInTen: { coupon, pair, promotion } }: Usage): Units {
  return sum([
    times(sum([events["coupon-opens"], events["coupon-closes"]]), coupon / 10),
    times(sum([events["pair-opens"], events["pair-closes"]]), pair / 10),
    times(sum([events["promotion-opens"], events["promotion-closes"]]), promotion / 10),
  ]);
}

function looks({ events }: MeasuredUnits, { shareOfHoursOpen }: Usage, preFlights: number): Units {
  // A pre-flight goes along with the look of its hour, if there is one.
  const hourly = Math.max(0, HOURS_A_MONTH * shareOfHoursOpen - preFlights);
  return sum([times(events["look"], hourly / 2), times(events["look-pair"], hourly / 2)]);
}

/** What one campaign more adds to the reads of its store's hour: to the sweep, and to the look. */
export function readsOfACampaign({ readsByCampaigns }: MeasuredUnits): Readonly<Record<"couponOpens" | "edit" | "look" | "sweep", number>> {
  const [least, most] = [readsByCampaigns[0], readsByCampaigns.at(-1)];
  if (least === undefined || most === undefined || least === most) throw new TypeError("reads were measured for one size of store only");
  const slope = (of: "couponOpens" | "edit" | "look" | "sweep") => (most[of] - least[of]) / (most.campaigns - least.campaigns);
  return { couponOpens: slope("couponOpens"), edit: slope("edit"), look: slope("look"), sweep: slope("sweep") };
}

function readsOfCampaigns(measured: MeasuredUnits, { campaignsPerStore, shareOfHoursOpen }: Usage): Units {
  const { look, sweep } = readsOfACampaign(measured);
  return only({ reads: campaignsPerStore * HOURS_A_MONTH * (sweep + shareOfHoursOpen * look) });
}

/**
 * @param measured a store that has as many campaigns as the usage says.
 * @returns what a month takes, by what it comes from.
 */
export function monthOf(measured: MeasuredUnits, usage: Usage, stores: number): Readonly<Record<Driver, Quantities>> {
  const { events, stored } = measured;
  const windows = windowsAMonth(usage);
  const ofSwitches = times(sum([windowOf(measured, usage), events["pre-flight"]]), windows * stores);
  const ofEdits = times(events["edit"], usage.editsPerStoreAndWeek * WEEKS_A_MONTH * stores);
  const ofStores = times(sum([looks(measured, usage, windows), times(events["sweep-store"], HOURS_A_MONTH)]), stores);
  const ofCampaigns = times(readsOfCampaigns(measured, usage), stores);
  const anyway = sum([times(events["idle-minute"], MINUTES_A_MONTH), times(events["sweep-anyway"], HOURS_A_MONTH), polls()]);
  const starts = coldStarts(ofSwitches.invocations + ofEdits.invocations + ofStores.invocations);
  const entries = 2 * windows * targetsPerCampaign(usage) * HISTORY_MONTHS;
  return {
    standing: together([quantitiesOf(sum([anyway, starts])), standing()]),
    boundaries: quantitiesOf(times(events["boundary"], boundariesAMonth(usage, stores))),
    stores: together([quantitiesOf(less(ofStores, ofCampaigns)), quantities({ secret: stores })]),
    campaigns: together([quantitiesOf(ofCampaigns), kept(usage.campaignsPerStore * stored.aCampaign * stores)]),
    switches: together([quantitiesOf(ofSwitches), kept(entries * stored.aHistoryEntry * stores)]),
    edits: quantitiesOf(ofEdits),
  };
}

/** @returns what each further queue of the stores takes in a month, whether or not a message comes by. */
export function furtherQueue(): Quantities {
  return together([quantitiesOf(polls()), quantities({ "alarm-metric": STANDING.alarmMetricsAQueue })]);
}

function kept(bytes: number): Quantities {
  return quantities({ "dynamodb-storage": bytes / GB, "dynamodb-recovery": bytes / GB });
}

function standing(): Quantities {
  return quantities({
    metric: STANDING.customMetrics,
    "alarm-metric": STANDING.alarmMetrics,
    dashboard: STANDING.dashboards,
    "key-request": (STANDING.keysLookedUp * SECONDS_A_MONTH) / STANDING.keyLookupSeconds,
    email: STANDING.emails,
  });
}
