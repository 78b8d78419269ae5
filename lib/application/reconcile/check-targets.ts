import type { EcwidFailure } from "../../domain/failures/ecwid-failure.ts";
import type { TargetKey } from "../../domain/identifiers.ts";
import type { Instant } from "../../domain/instant.ts";
import type { LiveTarget } from "../../domain/live.ts";
import { groupsToCheck } from "../../domain/usability/groups-to-check.ts";
import { problemForAll, targetProblems } from "../../domain/usability/target-problems.ts";
import type { TargetCheck } from "../ports/state-table.ts";
import { type Attempt, labelOf } from "./attempt.ts";
import { readAttempt } from "./begin-attempt.ts";
import { seenValue } from "./check-in-passing.ts";
import { keepGroupNames } from "./group-names.ts";
import type { LiveValues } from "./live-values.ts";
import { type Groups, readForCheck, readGroups } from "./read-for-check.ts";
import type { StoreSession } from "./store-session.ts";

/** What is known of one target that has been read, and of the groups that its windows ask for. */
interface Looked {
  readonly live: LiveTarget;
  readonly asked: ReadonlySet<number>;
  readonly groups: Groups;
}

/** `checkedAt` stays what it was where something is left to be asked. */
function checkOf({ layers, state }: Attempt, { live, asked, groups }: Looked, at: Instant, timeZone: string): TargetCheck {
  const missingGroups = groups.kind === "groups" ? groups.missing : new Set<number>();
  const problems = targetProblems({ layers, ledger: state.ledger, live, at, missingGroups }, timeZone);
  const seen = seenValue(live);
  if (asked.size === 0 || groups.kind === "groups") return { checkedAt: at, problems, seen };
  if (groups.kind !== "obstacle") return { checkedAt: state.check?.checkedAt, problems, seen };
  return { checkedAt: at, problems: [...problems, ...problemForAll(layers, at, groups.code, groups.say)], seen };
}

/** @returns the target's key if it was written; a target that somebody else wrote to meanwhile is looked at again. */
async function write(
  { dependencies, storeId }: StoreSession,
  { key, state, version }: Attempt,
  check: TargetCheck,
  label: string | undefined,
): Promise<TargetKey | undefined> {
  return (await dependencies.state.writeTarget(storeId, key, { ...state, check, label }, version)) ? key : undefined;
}

/**
 * Looks at targets without deciding anything: reads each and writes down what stands in the way of its windows ahead. Nothing is put off,
 * blocked or made due, and a target that could not be read is left for the next look.
 *
 * @param at the instant of the look, taken before anything was read: what is saved later wants another.
 * @returns the targets that were looked at, and the failure that ended it, if it says something of the whole store.
 */
export async function checkTargets(
  session: StoreSession,
  values: LiveValues,
  keys: readonly TargetKey[],
  at: Instant,
): Promise<{ readonly checked: readonly TargetKey[]; readonly refused?: EcwidFailure | undefined }> {
  const { dependencies, storeId, timeZone, isEnough, ecwid } = session;
  const read = await Promise.all(keys.map((key) => readAttempt(dependencies.state, storeId, key, at)));
  const attempts = read.filter((attempt) => attempt !== undefined);
  values.expect(attempts.map(({ target }) => target));
  const { readings, refused } = await readForCheck(values, attempts, isEnough);
  const groupsOf = ({ key, layers }: Attempt): ReadonlySet<number> => {
    const reading = readings.get(key);
    return reading?.kind === "live" ? groupsToCheck(layers, reading.live, at) : new Set();
  };
  const asked = new Set(attempts.flatMap((attempt) => [...groupsOf(attempt)]));
  const groups: Groups = refused === undefined && !isEnough() ? await readGroups(ecwid, asked) : { kind: "unknown" };
  if (groups.kind === "groups") {
    const layers = attempts.flatMap((attempt) => attempt.layers);
    await keepGroupNames(dependencies, storeId, groups.all, layers);
  }
  const written = await Promise.all(
    attempts.map(async (attempt) => {
      const reading = readings.get(attempt.key);
      if (reading?.kind === "live") {
        const looked = { live: reading.live, asked: groupsOf(attempt), groups };
        return write(session, attempt, checkOf(attempt, looked, at, timeZone), labelOf(reading.live));
      }
      if (reading?.kind !== "obstacle") return undefined;
      const problems = problemForAll(attempt.layers, at, reading.code, reading.say);
      return write(session, attempt, { checkedAt: at, problems }, attempt.state.label);
    }),
  );
  return {
    checked: written.filter((key) => key !== undefined),
    refused: refused ?? (groups.kind === "refused" ? groups.failure : undefined),
  };
}
