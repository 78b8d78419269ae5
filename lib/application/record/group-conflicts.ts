/** Something about a promotion's lists of groups that no single list shows. */
export interface GroupConflict {
  readonly field: "addGroups" | "removeGroups" | "setGroups";
  readonly message: string;
}

const FORMS = "write addGroups and/or removeGroups, or setGroups alone";

/** @param typed an entry of `promotions`, whatever it is. @returns how its lists of groups contradict each other, or that they ask nothing. */
export function groupConflicts(typed: unknown): readonly GroupConflict[] {
  if (typeof typed !== "object" || typed === null || Array.isArray(typed)) return [];
  const lists = new Map<string, unknown>(Object.entries(typed));
  const [add, remove, set] = [lists.get("addGroups"), lists.get("removeGroups"), lists.get("setGroups")];
  if (set !== undefined) return setConflicts(set, add, remove);
  if (add === undefined && remove === undefined)
    return [{ field: "addGroups", message: `it is missing, and nothing else says what changes: ${FORMS}` }];
  if (isEmptyOrAbsent(add) && isEmptyOrAbsent(remove)) {
    return [
      { field: add === undefined ? "removeGroups" : "addGroups", message: "it names no group, so nothing would change: name at least one" },
    ];
  }
  const removed = new Set<unknown>(Array.isArray(remove) ? remove : []);
  const both = Array.isArray(add) ? add.filter((id): id is number => typeof id === "number" && removed.has(id)) : [];
  return [...new Set(both)].map((id) => ({ field: "removeGroups", message: `${id} is in addGroups too: leave it out of one of them` }));
}

function setConflicts(set: unknown, add: unknown, remove: unknown): readonly GroupConflict[] {
  const conflicts: GroupConflict[] = [];
  if (add !== undefined || remove !== undefined) {
    conflicts.push({
      field: "setGroups",
      message: `it already names every group that is in; with it there is nothing to add or remove: ${FORMS}`,
    });
  }
  if (Array.isArray(set) && set.length === 0) {
    const message = "an empty list cannot be used: Ecwid reads a promotion without groups as open to everyone; name at least one";
    conflicts.push({ field: "setGroups", message });
  }
  return conflicts;
}

function isEmptyOrAbsent(list: unknown): boolean {
  return list === undefined || (Array.isArray(list) && list.length === 0);
}
