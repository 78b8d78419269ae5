import { setTimeout as delay } from "node:timers/promises";
import type { DynamoDBStreamEvent } from "aws-lambda";
import type { CampaignTable } from "../../lib/application/ports/campaign-table.ts";

/** What stands in for a DynamoDB stream where the engine has none: it looks for records that differ from what it saw last. */
export interface ChangeFeed {
  /** Looks once. Calls the handler with the changes, if there are any. */
  poll(): Promise<void>;
  /** Looks again and again until stopped. */
  run(intervalMs: number): void;
  stop(): Promise<void>;
}

export interface ChangeFeedParts {
  readonly campaigns: Pick<CampaignTable, "all">;
  readonly fingerprint: (text: string) => string;
  /** The compile function. @returns false if the batch has to come back. */
  readonly deliver: (event: DynamoDBStreamEvent) => Promise<boolean>;
  readonly onError: (error: unknown) => void;
}

interface Seen {
  readonly storeId: string;
  readonly campaignId: string;
  readonly hash: string;
}

function eventOf(changes: readonly Seen[], eventName: "MODIFY" | "REMOVE"): DynamoDBStreamEvent {
  const Records = changes.map(({ storeId, campaignId, hash }) => ({
    eventName,
    dynamodb: { Keys: { storeId: { S: storeId }, campaignId: { S: campaignId } }, SequenceNumber: hash },
  }));
  return { Records };
}

/** @returns a feed that has seen nothing yet: its first look delivers every record, and compile drops those it knows. */
export function createChangeFeed({ campaigns, fingerprint, deliver, onError }: ChangeFeedParts): ChangeFeed {
  let seen: ReadonlyMap<string, Seen> = new Map();
  let isStopped = false;
  let running: Promise<void> = Promise.resolve();

  async function poll(): Promise<void> {
    const now = new Map<string, Seen>();
    for await (const { storeId, campaignId, item } of campaigns.all()) {
      const { status: _written, ...typed } = item;
      now.set(JSON.stringify([storeId, campaignId]), { storeId, campaignId, hash: fingerprint(JSON.stringify(typed)) });
    }
    const changed = [...now].filter(([key, { hash }]) => seen.get(key)?.hash !== hash).map(([, record]) => record);
    const removed = [...seen].filter(([key]) => !now.has(key)).map(([, record]) => record);
    const delivered = await deliverAll(changed, removed);
    if (delivered) seen = now;
  }

  async function deliverAll(changed: readonly Seen[], removed: readonly Seen[]): Promise<boolean> {
    const first = changed.length === 0 || (await deliver(eventOf(changed, "MODIFY")));
    const second = removed.length === 0 || (await deliver(eventOf(removed, "REMOVE")));
    return first && second;
  }

  async function loop(intervalMs: number): Promise<void> {
    while (!isStopped) {
      await poll().catch(onError);
      await delay(intervalMs);
    }
  }

  return {
    poll,
    run: (intervalMs) => {
      running = loop(intervalMs);
    },
    stop: () => {
      isStopped = true;
      return running;
    },
  };
}
