import { openDatabase } from "../../../../infra/local/embedded-database.ts";

// The embedded database in a process of its own, so that the processor time of who measures is that of the functions alone.
const database = await openDatabase(undefined, 0);
process.once("disconnect", () => void database.close());
process.send?.(database.endpoint);
