import type { StoreId } from "../../domain/identifiers.ts";
import { groupsNamed } from "../../domain/layers/claims.ts";
import type { Layer } from "../../domain/layers/layer.ts";
import type { CustomerGroup } from "../ports/ecwid-gateway.ts";
import type { GroupNames, StateTable } from "../ports/state-table.ts";

/** Every read of a store's item carries them, so that they are few and short: more are told by their numbers alone. */
const MOST_NAMES = 50;
const LONGEST_NAME = 60;

/**
 * @param all the store's groups, as just read. @param layers what campaigns ask for.
 * @returns the names to be kept: of the groups that the campaigns name, and of those known before, one that is deleted by its last name.
 */
export function groupNamesAfter(before: GroupNames, all: readonly CustomerGroup[], layers: readonly Layer[]): GroupNames {
  const read = new Map(
    all.flatMap(({ id, name }) => (name === undefined || name === "" ? [] : [[String(id), name.slice(0, LONGEST_NAME)]])),
  );
  const numbers = new Set([...layers.flatMap(({ ask }) => groupsNamed(ask)).map(String), ...Object.keys(before)]);
  const names = [...numbers].flatMap((number) => {
    const name = read.get(number) ?? before[number];
    return name === undefined ? [] : [[number, name] as const];
  });
  return Object.fromEntries(names.slice(0, MOST_NAMES));
}

function isSame(one: GroupNames, other: GroupNames): boolean {
  const numbers = Object.keys(one);
  return numbers.length === Object.keys(other).length && numbers.every((number) => one[number] === other[number]);
}

/**
 * Keeps what people call the groups, where that is not known yet. No call is made for it, and where somebody else writes to the store's
 * item at that moment the next look keeps them.
 */
export async function keepGroupNames(
  { state }: { readonly state: Pick<StateTable, "readStore" | "writeStore"> },
  storeId: StoreId,
  all: readonly CustomerGroup[],
  layers: readonly Layer[],
): Promise<void> {
  if (all.length === 0) return;
  const { version, ...store } = await state.readStore(storeId);
  const before = store.groupNames ?? {};
  const groupNames = groupNamesAfter(before, all, layers);
  if (!isSame(before, groupNames)) await state.writeStore(storeId, { ...store, groupNames }, version);
}
