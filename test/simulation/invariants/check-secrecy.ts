import { storeId as asStoreId, parseTargetKey, targetKey } from "../../../lib/domain/identifiers.ts";
import type { Violation } from "../world/journal.ts";
import type { Evidence } from "./evidence.ts";

/** What every token of a run begins with. */
const TOKEN = "secret_of_store_";

function errorText(error: unknown): string {
  return error instanceof Error ? `${error.stack ?? error.message} ${errorText(error.cause ?? "")}` : String(error);
}

/** Invariant 9: no token in any log or item. */
export async function checkSecrecy(
  { plan, state, campaigns, history, happenings, now }: Evidence,
  deadLetters: readonly string[],
): Promise<readonly Violation[]> {
  const texts: (readonly [string, string])[] = [["a dead letter", JSON.stringify(deadLetters)]];
  for (const each of happenings) {
    if (each.kind === "told") texts.push(["a log line", JSON.stringify(each.event)]);
    if (each.kind === "crashed") texts.push(["an error", errorText(each.error)]);
  }
  for (const { storeId } of plan.stores) {
    const store = asStoreId(storeId);
    const targets = await state.targetsOf(store);
    texts.push(["the state table", JSON.stringify([await state.readStore(store), await state.campaignsOf(store), targets])]);
    for (const { target } of targets) {
      const parsed = parseTargetKey(target);
      if (parsed !== undefined) texts.push(["the history", JSON.stringify(await history.of(store, targetKey(parsed), 1_000, now()))]);
    }
  }
  for await (const record of campaigns.all()) texts.push(["the campaigns table", JSON.stringify(record)]);
  return texts
    .filter(([, text]) => text.includes(TOKEN))
    .map(([where, text]) => ({
      invariant: "9 no token in any log or item",
      at: now(),
      where,
      expected: "no token",
      got: text.slice(0, 500),
    }));
}
