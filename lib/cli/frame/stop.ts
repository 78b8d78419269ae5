import { stopJson, stopText } from "../text/stop-text.ts";
import type { Job } from "./job.ts";

/** What a command has to say first while Doorman is stopped, and to add to each object of its JSON. Both are empty while it works. */
export interface StopNote {
  readonly lines: readonly string[];
  readonly json: { readonly stopped?: object };
}

/** @returns whether Doorman is stopped at the place that was chosen; nothing of a folder, where none runs. */
export async function stopNote(job: Job): Promise<StopNote> {
  const { workings } = job.place();
  const stopped = workings === undefined ? undefined : (await workings.state.readSystem()).stopped;
  if (stopped === undefined) return { lines: [], json: {} };
  return {
    lines: [`Doorman is stopped${stopText(stopped)}`, "Nothing is switched, and nothing put back, until somebody says: doorman resume", ""],
    json: { stopped: stopJson(stopped) },
  };
}
