import type { TargetState } from "../../application/ports/state-table.ts";
import type { Instant } from "../../domain/instant.ts";
import { problemsStanding } from "../../domain/usability/target-problems.ts";

/** @returns what there is to know of a target beyond its value, each once: warnings, why it is left alone, what stands in its windows' way. */
export function targetNotes(state: TargetState | undefined, at: Instant): readonly string[] {
  if (state === undefined) return [];
  const { warnings, block, check } = state;
  const problems = problemsStanding(check?.problems ?? [], at).filter(({ code }) => code !== block?.code);
  const blocked = block === undefined ? [] : [block.reason];
  return [...new Set([...warnings.map(({ message }) => message), ...blocked, ...problems.map(({ message }) => message)])];
}
