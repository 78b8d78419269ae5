import type { Change } from "../../domain/ledger/decide-target.ts";
import type { EcwidStore } from "../ports/ecwid-gateway.ts";

/** @returns which of the groups that were to come in do not exist: after a refusal the one question worth a further call. */
export async function missingGroups(ecwid: EcwidStore, change: Change): Promise<ReadonlySet<number>> {
  if (change.kind !== "groups") return new Set();
  const added = change.after.filter((group) => !change.before.includes(group));
  if (added.length === 0) return new Set();
  const groups = await ecwid.listCustomerGroups();
  return groups.ok ? new Set(added.filter((group) => !groups.value.includes(group))) : new Set();
}
