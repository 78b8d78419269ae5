import { billOf, totalOf } from "./bill.ts";
import { gbSeconds, MEMORY_MIB, STANDING } from "./deployment.ts";
import { dollars, quantityInWords } from "./figures.ts";
import { LATENCY_MS, REQUEST_BYTES, TICK_OFFSET_MS } from "./measure/latencies.ts";
import type { MeasuredUnits } from "./measured.ts";
import { type Driver, furtherQueue, readsOfACampaign } from "./month.ts";
import type { PriceList } from "./prices.ts";
import { targetsPerCampaign, type Usage } from "./usage.ts";

export function intro({ measuredOn }: MeasuredUnits, { region, date }: PriceList): string {
  return `# What Doorman costs on AWS

Written by \`npm run costs -- --write\` from units measured on ${measuredOn} and the prices of ${region} of ${date} (\`docs/prices/${region}.json\`, where each says whether it was checked); a test compares this page with what they come to. The functions' own code ran on virtual time over an embedded DynamoDB and a simulated Ecwid, and everything that AWS would bill was counted. No AWS account was billed: compare it with a real bill before you rely on it.`;
}

export function usageInWords(usage: Usage): string {
  const { coupon, pair, promotion } = usage.campaignsInTen;
  return `Each store has ${usage.campaignsPerStore} campaigns with ${targetsPerCampaign(usage)} targets on average (of ten, ${coupon} change a coupon, ${promotion} a promotion, ${pair} one of each). Each campaign has ${usage.windowsPerCampaignAndWeek} windows a week, none of which begins or ends together with another of its store; ${usage.editsPerStoreAndWeek} campaigns of a store are saved in a week. Something is open in a store at every hour, so each is looked at each hour. Windows begin and end on half hours, spread over the week. A month has 730 hours.`;
}

/** What each part of the bill is, and what it grows with. */
export const growth: Readonly<Record<Driver, string>> = {
  standing:
    "Costs the same with no store and with 10,000: 43,800 idle ticks of one query a shard, the empty polls of the queue, metrics, alarms, dashboard, key lookups; and cold starts, which hardly grow.",
  boundaries:
    "The tick asleep until an instant. Grows with the number of different instants at which something opens or closes, up to one tick always asleep; stores that share an instant share it.",
  stores: "The secret, the hourly sweep and the hourly look, less what their campaigns add to these. Grows with stores.",
  campaigns:
    "What a campaign adds to the reads of its store's hourly sweep and look, and its storage with the backup. An idle minute does not grow with campaigns.",
  switches: "Opening, closing, pre-flight and the history kept of it. Grows with windows and targets.",
  edits: "Saving a campaign: stream, compile, the worker's answer and a look. Grows with edits alone.",
};

const memory = Object.entries(MEMORY_MIB)
  .map(([name, mebibytes]) => `${name} ${mebibytes}`)
  .join(", ");

/** @returns what one campaign more costs in reads, wherever its store is read as a whole. */
export function slopesInWords(measured: MeasuredUnits): string {
  const { couponOpens, edit, look, sweep } = readsOfACampaign(measured);
  const [ofSwitch, ofEdit, ofLook, ofSweep] = [couponOpens, edit, look, sweep].map(quantityInWords);
  return `Each campaign adds ${ofSweep} reads to every sweep of its store, ${ofLook} to a look, ${ofEdit} to an edit and ${ofSwitch} to a switch, also to switches of other campaigns.`;
}

/** A sweep begins no store in its last minute (`lib/application/sweep/run-sweep.ts`); it has ten. */
const SWEEP_SECONDS = 9 * 60;

/** @returns how many stores one sweep gets through, if they are worked as fast here as there. */
function storesInASweep({ events }: MeasuredUnits): number {
  const { calling, computing } = events["sweep-store"];
  return Math.floor(SWEEP_SECONDS / ((calling + computing) / gbSeconds("sweep", 1_000)));
}

/** @returns what the figures rest on, and what is left out of them. */
export function assumptions(measured: MeasuredUnits, prices: PriceList): string {
  const queue = dollars(totalOf(billOf(furtherQueue(), prices)).usd);
  const queues = `One queue of the stores. Each further one (context \`queues\`) adds its empty polls and ${STANDING.alarmMetricsAQueue} alarm metrics: $${queue} a month. Pollers held ready (\`pollers\`) are in docs/performance.md.`;
  const reach = storesInASweep(measured).toLocaleString("en-GB", { maximumSignificantDigits: 2 });
  const sweeps = `Each sweep is taken to reach every store. With its ${MEMORY_MIB.sweep} MiB and the processor time measured here one gets through some ${reach} stores in its ten minutes; it keeps its place and the next one goes on, so that with more stores each is swept and looked at less often than once an hour, and the bill is lower than the table says.`;
  return [...ASSUMPTIONS, queues, sweeps, NOT_COUNTED].map((each) => `- ${each}`).join("\n");
}

const ASSUMPTIONS = [
  `Replies are taken to come after ${LATENCY_MS.database} ms (DynamoDB), ${LATENCY_MS.queue} ms (SQS), ${LATENCY_MS.secrets} ms (Secrets Manager) and ${LATENCY_MS.ecwid} ms (Ecwid). The waiting that this makes is billed, and \`calling\` is as good as these figures.`,
  `Memory in MiB: ${memory}. A whole processor comes with 1,769 MiB, so work takes longer with less memory and costs the same. Processor time was taken on the machine named, not on Graviton, and without what TLS, SQS and Secrets Manager's client take.`,
  `The tick comes ${TICK_OFFSET_MS / 1_000} s after its minute began. The later it comes, the less it waits.`,
  "Cold starts: 400 ms each, an environment for every ten minutes and one invocation in a hundred. Init is billed since August 2025.",
  `SQS: ${STANDING.pollers} pollers with ${STANDING.pollSeconds} s long polls at all times. For standard queues Lambda documents five at a time, down to two when traffic is low (not with a maximum concurrency set); for FIFO queues nothing is documented, so this is the upper end.`,
  "The embedded database reports a table's units as DynamoDB documents them; what it leaves out is added by the same documentation (`measure/capacity.ts`): index writes (an entry that moves is two), half a unit or one for a query that finds nothing, and refused conditional writes.",
  "The stream brings one record at a time. A change of `status` alone comes back to `compile` too, and is an invocation.",
  `Lambda's own START, END and REPORT lines and 26 bytes for each event are counted as log. Kept logs are priced unpacked, which is too much.`,
  `The ${STANDING.alarms} alarms look at ${STANDING.alarmMetrics} metrics, each of which is billed. Custom metrics are priced at the most that is allowed (${STANDING.customMetrics}); those of a function that says nothing for an hour are not billed for it.`,
  `Each request to Ecwid sends ${REQUEST_BYTES} bytes beside its body.`,
  "Every look is taken to find a place among the dead answers at once. Looks in the same seconds wait for one another, at most four seconds each, which is billed, and write the deployment's one item again and again.",
];

const NOT_COUNTED =
  "Not counted: `follow-up`, the due index's own storage (some hundred bytes a target), deployments (S3), Logs Insights queries, CloudTrail, support, tax, failures and their retries, looks asked for by people, and what the command line reads.";
