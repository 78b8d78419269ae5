import type { Change } from "../../domain/ledger/decide-target.ts";
import type { EcwidStore } from "../ports/ecwid-gateway.ts";

/** @returns which of the groups that were to come in do not exist: where a change does not show, the one question worth a further call. */
export async function missingGroups(ecwid: EcwidStore, change: Change): Promise<ReadonlySet<number>> {
  if (change.kind !== "groups") return new Set();
  const added = change.after.filter((group) => !change.before.includes(group));
  if (added.length === 0) return new Set();
  const groups = await ecwid.listCustomerGroups();
  if (!groups.ok) return new Set();
  const known = groups.value.map(({ id }) => id);
  return new Set(added.filter((group) => !known.includes(group)));
}

/** "General", for customers in no group: built in, and always in Ecwid's list (docs: search customer groups). */
const GENERAL = 0;

/**
 * After a refusal, the one question worth a further call: does every group in the list still exist? One that was in before and was deleted
 * since lets nobody in, but may be why Ecwid refuses whatever list names it.
 *
 * @returns which of the groups that were to be in afterwards do not exist.
 */
export async function goneGroups(ecwid: EcwidStore, change: Change): Promise<ReadonlySet<number>> {
  if (change.kind !== "groups") return new Set();
  const groups = await ecwid.listCustomerGroups();
  if (!groups.ok) return new Set();
  const known = groups.value.map(({ id }) => id);
  // A list without the group that is always there cannot be the whole of it.
  if (!known.includes(GENERAL)) return new Set();
  return new Set(change.after.filter((group) => !known.includes(group)));
}
