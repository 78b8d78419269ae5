import type { RecordFinding, StoreFindings, Survey } from "../findings.ts";
import { doorman } from "./commands.ts";
import type { Step } from "./step.ts";
import { storeSteps } from "./store-advice.ts";
import type { Names } from "./story.ts";
import { targetSteps } from "./target-advice.ts";
import { listed, typedTime } from "./words.ts";

/** Nobody may be there who knows what was meant: then what runs is at least what was agreed before. */
function whatRuns({ isRunning, opensAt, closesAt }: RecordFinding, timeZone: string): string {
  if (!isRunning || opensAt === undefined) return "";
  const end = closesAt === undefined ? "no end" : `end ${typedTime(closesAt, timeZone)}`;
  return ` If nobody will ever know what was meant, write the times that run (start ${typedTime(opensAt, timeZone)}, ${end}) and take out what is not a field.`;
}

function recordSteps({ storeId, timeZone }: StoreFindings, record: RecordFinding, { campaignsTable }: Names): readonly Step[] {
  const { recordId } = record;
  if (recordId.startsWith("calendar#")) {
    return [
      {
        text: `Correct the calendar's record ${recordId} of store ${storeId} in the AWS console (DynamoDB, Explore items, ${campaignsTable}). Its status says within seconds whether it is good.`,
      },
    ];
  }
  return [
    {
      inEcwid: true,
      text: `Nothing in Ecwid: forward this message. If the edit was yours, write what you meant by it${record.isRunning ? ', and "urgent" if it was to end or change something before its time' : ""}.`,
    },
    ...(record.isRunning ? [WAIT] : []),
    {
      text: `Fetch the record (or edit it in the AWS console: DynamoDB, Explore items, ${campaignsTable}, storeId ${storeId}, campaignId ${recordId}; its status then says within seconds whether it is good):`,
      commands: [doorman(`campaign get ${recordId} --output ${recordId}.json`, storeId)],
    },
    {
      text: `Correct in the file ${recordId}.json what is named below, and save it.${whatRuns(record, timeZone)} This has to say "1 record is good":`,
      commands: [doorman(`campaign validate ${recordId}.json`)],
    },
    {
      text: "A put brings everything else of that edit into force too: see what it would change. If that is what was meant, put it; it is in force within seconds.",
      commands: [doorman(`campaign put ${recordId}.json --dry-run`, storeId), doorman(`campaign put ${recordId}.json`, storeId)],
    },
  ];
}

const WAIT: Step = {
  text: 'Waiting is safe: the last good version runs. If whoever edited it cannot be asked now, leave it until they can, unless they wrote "urgent".',
};

interface Advised {
  /** Causes of one kind have one advice, however many things they concern. */
  readonly about: string;
  readonly storeId: string;
  readonly steps: () => readonly Step[];
}

function advisedIn(store: StoreFindings, names: Names): readonly Advised[] {
  const { storeId, causes, targets, records } = store;
  return [
    ...causes.map((cause) => ({ about: `store ${cause.code} ${cause.kind}`, storeId, steps: () => storeSteps(store, cause) })),
    ...records.map((record) => ({ about: "record", storeId, steps: () => recordSteps(store, record, names) })),
    ...targets.flatMap((target) =>
      target.causes.map(({ code }) => ({ about: `target ${code}`, storeId, steps: () => targetSteps(store, target, code) })),
    ),
  ];
}

const MOST_STORES = 10;

/** @returns what to do about what was found: for each kind of cause once, with the first it concerns as the example. */
export function stepsFor({ stores }: Survey, names: Names): readonly Step[] {
  const found = stores.flatMap((store) => advisedIn(store, names));
  const advised = Map.groupBy(found, ({ about }) => about);
  return [...advised.values()].flatMap((all) => {
    const [first] = all;
    if (first === undefined) return [];
    const others = [...new Set(all.map(({ storeId }) => storeId))].filter((storeId) => storeId !== first.storeId);
    if (others.length === 0) return first.steps();
    const text = `The same for ${others.length === 1 ? "store" : "stores"} ${listed(others, MOST_STORES)}.`;
    const steps = first.steps();
    const same = [true, false].filter((inEcwid) => steps.some((step) => (step.inEcwid ?? false) === inEcwid));
    return [...steps, ...same.map((inEcwid) => ({ text, inEcwid }))];
  });
}
