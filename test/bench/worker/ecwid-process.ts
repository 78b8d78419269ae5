import { serveSimulatedEcwid } from "../../../infra/local/simulated-store/serve-simulated-ecwid.ts";
import { createSimulatedEcwid } from "../../../infra/local/simulated-store/simulated-ecwid.ts";
import { createSystemClock } from "../../../lib/adapters/system/clock.ts";
import type { Shape } from "./order.ts";
import { workerStores } from "./stores.ts";

// The simulated Ecwid on a port, in a process of its own, so that the processor time of who calls it is that of the caller alone.
// A shape makes it anew, "writes" asks how many writes it has taken since.

const settings = { requestsPerMinute: Number.MAX_SAFE_INTEGER };
const ecwid = createSimulatedEcwid({ clock: createSystemClock(), settings });
const served = await serveSimulatedEcwid(ecwid, { port: 0 });

process.on("message", (asked: Shape | "writes") => {
  if (asked === "writes") {
    process.send?.(ecwid.log.counts().writes);
    return;
  }
  ecwid.log.clear();
  for (const { setup } of workerStores(asked)) ecwid.addStore(setup);
  process.send?.(served.url);
});
process.once("disconnect", () => void served.close());
