import type { Stop } from "../../application/ports/state-table.ts";
import { formatInstant } from "../../domain/instant.ts";
import { shownAt } from "./moments.ts";
import { plain } from "./plain.ts";

/** @returns who has stopped Doorman, since when and why: `since 2026-11-27 10:00 UTC, by ana: wrong prices`. */
export function stopText({ since, by, reason }: Stop): string {
  const when = since === undefined ? [] : [`since ${shownAt(since, "UTC")} UTC`];
  const who = by === undefined ? [] : [`by ${by}`];
  const known = [...when, ...who].join(", ");
  return plain(known === "" ? `: ${reason}` : ` ${known}: ${reason}`);
}

/** @returns the same for machines. */
export function stopJson({ since, by, reason }: Stop): object {
  return { since: since === undefined ? null : formatInstant(since), by: by ?? null, reason };
}
