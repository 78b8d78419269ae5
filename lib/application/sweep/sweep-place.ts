import type { StateTable, SweepPlace } from "../ports/state-table.ts";

type System = Pick<StateTable, "readSystem" | "writeSystem">;

/** @returns where the last sweep stopped for want of time; undefined if it came to the end. */
export async function readSweepPlace(state: System): Promise<SweepPlace | undefined> {
  return (await state.readSystem()).sweptUpTo;
}

/** Keeps where a sweep stopped, or that it came to the end. */
export async function keepSweepPlace(state: System, place: SweepPlace | undefined): Promise<void> {
  for (;;) {
    const { version, ...system } = await state.readSystem();
    if (system.sweptUpTo?.store === place?.store && system.sweptUpTo?.phase === place?.phase) return;
    if (await state.writeSystem({ ...system, sweptUpTo: place }, version)) return;
  }
}
