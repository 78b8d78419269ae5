import type { Version } from "../../application/ports/state-table.ts";

interface Slot<Value> {
  readonly value: Value;
  readonly version: Version;
}

/** Values with a count of writes, per owner and name. They are copied on the way in and frozen: whoever reads one can share it, and whoever changes it is told by an error. */
export interface VersionedShelf<Owner, Name, Value> {
  read(owner: Owner, name: Name): (Value & { readonly version: Version }) | undefined;
  /** @returns false if the version there is not the one read (0: there was none). */
  write(owner: Owner, name: Name, value: Value, read: Version): boolean;
  remove(owner: Owner, name: Name, read: Version): boolean;
  /** @returns the names of an owner with their values, in the order of the names' text. */
  list(owner: Owner): readonly (readonly [Name, Value & { readonly version: Version }])[];
  owners(): readonly Owner[];
  /** @returns what `pick` finds in each value, without a copy of the rest: whatever is not undefined. */
  gather<Found>(pick: (value: Readonly<Value>, owner: Owner, name: Name) => Found | undefined): readonly Found[];
}

/** @returns an empty shelf. */
export function createVersionedShelf<Owner extends string, Name extends string, Value extends object>(): VersionedShelf<
  Owner,
  Name,
  Value
> {
  const slots = new Map<Owner, Map<Name, Slot<Value>>>();
  const versionAt = (owner: Owner, name: Name): Version => slots.get(owner)?.get(name)?.version ?? 0;
  const copyOf = ({ value, version }: Slot<Value>) => ({ ...value, version });

  return {
    read(owner, name) {
      const slot = slots.get(owner)?.get(name);
      return slot && copyOf(slot);
    },
    write(owner, name, value, read) {
      if (versionAt(owner, name) !== read) return false;
      const names = slots.get(owner) ?? new Map<Name, Slot<Value>>();
      slots.set(owner, names.set(name, { value: frozenCopy(value), version: read + 1 }));
      return true;
    },
    remove(owner, name, read) {
      if (versionAt(owner, name) !== read) return false;
      const names = slots.get(owner);
      names?.delete(name);
      if (names?.size === 0) slots.delete(owner);
      return true;
    },
    list: (owner) =>
      [...(slots.get(owner) ?? [])].map(([name, slot]) => [name, copyOf(slot)] as const).sort(([one], [other]) => (one < other ? -1 : 1)),
    owners: () => [...slots.keys()],
    gather: (pick) =>
      [...slots].flatMap(([owner, names]) =>
        [...names].map(([name, { value }]) => pick(value, owner, name)).filter((found) => found !== undefined),
      ),
  };
}

/** Of plain objects, lists and what has no parts, which is all that a table keeps; structuredClone takes five times as long. */
function frozenCopy<Value>(value: Value): Value;
function frozenCopy(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return Object.freeze(value.map((part: unknown) => frozenCopy(part)));
  const copy: Record<string, unknown> = {};
  for (const [name, part] of Object.entries(value)) copy[name] = frozenCopy(part);
  return Object.freeze(copy);
}
