import type { StateTable, SweepPlace } from "../ports/state-table.ts";

type System = Pick<StateTable, "readSystem" | "writeSystem">;

/** Keeps where a sweep stopped for want of time, or that it came to the end. */
export async function keepSweepPlace(state: System, place: SweepPlace | undefined): Promise<void> {
  for (;;) {
    const { version, ...system } = await state.readSystem();
    if (system.sweptUpTo?.store === place?.store && system.sweptUpTo?.phase === place?.phase) return;
    if (await state.writeSystem({ ...system, sweptUpTo: place }, version)) return;
  }
}
