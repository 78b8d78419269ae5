import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import * as z from "zod";

/** Runs with an empty embedded database in a process of its own. */
export async function withDatabase<Answer>(run: (endpoint: string) => Promise<Answer>): Promise<Answer> {
  const child = fork(join(import.meta.dirname, "database-process.ts"));
  try {
    const [endpoint] = await once(child, "message");
    return await run(z.url().parse(endpoint));
  } finally {
    child.disconnect();
    await once(child, "exit");
  }
}
