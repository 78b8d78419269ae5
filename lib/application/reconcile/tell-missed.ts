import type { CampaignId } from "../../domain/identifiers.ts";
import { keyInWords } from "../../domain/identifiers.ts";
import { formatInstant, type Instant } from "../../domain/instant.ts";
import { type MissedWindow, missedWindows } from "../../domain/layers/missed-windows.ts";
import type { Attempt } from "./attempt.ts";
import type { ReconcileDependencies } from "./dependencies.ts";

/** So many are named in the sentence; the entry itself lists up to a hundred. */
const MOST_NAMED = 3;

/**
 * Writes down the windows that came and went since the target was last decided: nobody was there, or Ecwid could not be asked. Nothing is
 * made up for, but people must be able to read it (design 7, "after an outage of any length").
 *
 * @param asOf the instant of the decision that is about to be committed.
 */
export async function tellMissed(dependencies: ReconcileDependencies, attempt: Attempt, asOf: Instant): Promise<void> {
  const { storeId, key, state, layers, version } = attempt;
  const { decidedAt } = state;
  if (decidedAt === undefined || decidedAt >= asOf) return;
  const { last, count } = missedWindows(layers, decidedAt, asOf);
  const missed = count === 0 ? [] : await whileKnown(dependencies, attempt, last);
  const [first] = missed;
  if (first === undefined) return;
  const campaignIds = [...new Set(missed.map(({ campaignId }) => campaignId))];
  const total = count - (last.length - missed.length);
  const reason = `nothing could be switched from ${formatInstant(decidedAt)} to ${formatInstant(asOf)}: ${named(missed, total)}`;
  const common = { storeId, target: key, campaignIds, reason };
  await dependencies.history.record({
    ...common,
    kind: "missed",
    version: version + 1,
    at: asOf,
    dueAt: first.startsAt,
    latenessMs: asOf - first.startsAt,
    attempt: state.failuresInARow + 1,
    missed: missed.map(({ campaignId, startsAt, endsAt }) => ({ campaignId, startsAt, endsAt })),
    missedCount: total,
  });
  dependencies.telemetry.emit({ ...common, kind: "missed", label: state.label ?? keyInWords(key), count: total });
}

/**
 * Leaves out what was over before its campaign's present version was compiled: that had never been asked for. (What an earlier version asked
 * for and missed is left out too, since nobody kept it.)
 */
async function whileKnown(
  { state }: ReconcileDependencies,
  { storeId }: Attempt,
  windows: readonly MissedWindow[],
): Promise<readonly MissedWindow[]> {
  const since = new Map<CampaignId, Instant | undefined>();
  for (const campaignId of new Set(windows.map((window) => window.campaignId))) {
    since.set(campaignId, (await state.readCampaign(storeId, campaignId))?.compiledAt);
  }
  return windows.filter(({ campaignId, startsAt }) => (since.get(campaignId) ?? startsAt) <= startsAt);
}

function named(missed: readonly MissedWindow[], count: number): string {
  const latest = missed.slice(-MOST_NAMED);
  const texts = latest.map(
    ({ campaignName, startsAt, endsAt }) => `"${campaignName}" of ${formatInstant(startsAt)} to ${formatInstant(endsAt)}`,
  );
  const more = count > latest.length ? `, and ${count - latest.length} before` : "";
  return `missed ${texts.join(", ")}${more}`;
}
