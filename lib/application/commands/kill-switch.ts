import type { StateTable, Stop } from "../ports/state-table.ts";

type SwitchTable = Pick<StateTable, "readSystem" | "writeSystem">;

/**
 * Stops Doorman as a whole. Whoever was first stays: that somebody else stops it as well changes nothing.
 *
 * @returns who had stopped it already, or undefined if this has.
 */
export async function stopAll(state: SwitchTable, stop: Stop): Promise<Stop | undefined> {
  for (;;) {
    const { version, ...system } = await state.readSystem();
    if (system.stopped !== undefined) return system.stopped;
    if (await state.writeSystem({ ...system, stopped: stop }, version)) return undefined;
  }
}

/** Lets Doorman go on. What has fallen due meanwhile is due still, so the next tick takes it up. @returns who had stopped it, or undefined if nobody had. */
export async function resumeAll(state: SwitchTable): Promise<Stop | undefined> {
  for (;;) {
    const { version, stopped, ...system } = await state.readSystem();
    if (stopped === undefined || (await state.writeSystem(system, version))) return stopped;
  }
}
