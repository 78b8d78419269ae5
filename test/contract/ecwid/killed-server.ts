/** A process of its own that serves a simulated Ecwid kept in the file of its first argument, prints its address, and waits to be killed. */
import { serveSimulatedEcwid } from "../../../infra/local/simulated-store/serve-simulated-ecwid.ts";
import { createSimulatedEcwid } from "../../../infra/local/simulated-store/simulated-ecwid.ts";
import { createLeapingClock, SECRET, STORE } from "./stage.ts";

const ecwid = createSimulatedEcwid({ clock: createLeapingClock() });
ecwid.addStore({ storeId: STORE, tokens: [SECRET], coupons: [{ id: 11 }] });
const { url } = await serveSimulatedEcwid(ecwid, { port: 0, persistTo: process.argv[2] ?? "" });
process.stdout.write(`${url}\n`);
