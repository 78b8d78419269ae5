/** The part of dynalite 4 that Doorman uses; it ships no types. Source: its readme, and `index.js`. */
declare module "dynalite" {
  import type { Server } from "node:http";

  interface DynaliteOptions {
    /** A folder to keep the tables in; in memory if absent. */
    readonly path?: string;
    /** How long a new table stays CREATING, in milliseconds. */
    readonly createTableMs?: number;
    readonly deleteTableMs?: number;
    readonly updateTableMs?: number;
  }

  /** @returns a server that is not listening yet. Closing it closes the database. */
  export default function dynalite(options?: DynaliteOptions): Server;
}
