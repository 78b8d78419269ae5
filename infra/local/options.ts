import { parseArgs } from "node:util";
import { ECWID_BASE_URL } from "../../lib/adapters/ecwid/ecwid-gateway.ts";
import { isNumericId, type StoreId, storeId } from "../../lib/domain/identifiers.ts";

/** How Doorman is to run on one machine. */
export interface LocalOptions {
  /** The folder for the database and the simulated store. */
  readonly home: string;
  readonly dryRun: boolean;
  readonly store:
    | { readonly kind: "simulated" }
    | { readonly kind: "real"; readonly storeId: StoreId; readonly token: string; readonly apiUrl: string };
  /** 0 for any free port. */
  readonly databasePort: number;
  /** 0 for any free port. */
  readonly simulatedStorePort: number;
}

/** Something a person typed that cannot be used; the message says what to do. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

export const USAGE = `Doorman on one machine.

  npm start                    runs against a simulated Ecwid store and plays a short demonstration
  npm start -- --dry-run       says what it would do and writes nothing
  ECWID_STORE_ID=… ECWID_TOKEN=… npm start     runs against a real store

Variables: DOORMAN_HOME (default .doorman), DOORMAN_DATABASE_PORT (default 8765), DOORMAN_STORE_PORT (default 8766), ECWID_API_URL.`;

type Variables = Readonly<Record<string, string | undefined>>;

function port(variables: Variables, name: string, fallback: number): number {
  const text = variables[name];
  if (text === undefined || text === "") return fallback;
  const number = Number(text);
  if (!Number.isInteger(number) || number < 0 || number > 65_535)
    throw new UsageError(`${name} is "${text}"; give a port number from 0 to 65535`);
  return number;
}

function storeOf(variables: Variables): LocalOptions["store"] {
  const { ECWID_STORE_ID: id = "", ECWID_TOKEN: token = "", ECWID_API_URL: apiUrl = "" } = variables;
  if (id === "" && token === "") return { kind: "simulated" };
  if (id === "") throw new UsageError("ECWID_TOKEN is given without ECWID_STORE_ID; give both, or neither for a simulated store");
  if (token === "") throw new UsageError("ECWID_STORE_ID is given without ECWID_TOKEN; give both, or neither for a simulated store");
  if (!isNumericId(id)) throw new UsageError(`ECWID_STORE_ID is "${id}"; it is the store's number, such as 1003`);
  return { kind: "real", storeId: storeId(id), token: token.trim(), apiUrl: apiUrl === "" ? ECWID_BASE_URL : apiUrl };
}

/**
 * @param words what stands behind `npm start --`.
 * @param variables the environment. `npm start --dry-run` (without `--`) reaches us only as npm's own `npm_config_dry_run`.
 * @returns the options, or "help".
 * @throws UsageError with one sentence for whatever cannot be used.
 */
export function parseOptions(words: readonly string[], variables: Variables): LocalOptions | "help" {
  const { help, "dry-run": dryRun } = parseWords(words);
  if (help) return "help";
  return {
    home: variables["DOORMAN_HOME"] || ".doorman",
    dryRun: dryRun || variables["npm_config_dry_run"] === "true",
    store: storeOf(variables),
    databasePort: port(variables, "DOORMAN_DATABASE_PORT", 8765),
    simulatedStorePort: port(variables, "DOORMAN_STORE_PORT", 8766),
  };
}

function parseWords(words: readonly string[]): { readonly help: boolean; readonly "dry-run": boolean } {
  const options = { help: { type: "boolean", short: "h", default: false }, "dry-run": { type: "boolean", default: false } } as const;
  try {
    return parseArgs({ args: [...words], options }).values;
  } catch (error) {
    throw new UsageError(`${error instanceof Error ? error.message : "bad arguments"}. Try npm start -- --help`, { cause: error });
  }
}
