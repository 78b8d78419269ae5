import { join } from "node:path";
import { TABLE_NAMES } from "../../../infra/local/embedded-database.ts";
import { VARIABLES } from "../cold/starts.ts";
import { type Child, startChild } from "./child.ts";
import type { Shape } from "./order.ts";
import type { WorkerReport } from "./spending.ts";
import type { Save } from "./tables-process.ts";

const HERE = import.meta.dirname;

/** The bundles of the contestants, and the processes that answer them. */
export interface Surroundings {
  readonly bundles: Readonly<Record<"doorman" | "deployed" | "floor" | "floor-with-tables", string>>;
  readonly ecwid: Child;
  readonly tables: Child;
}

/** @returns the simulated Ecwid and the tables, each in a process of its own. */
export function startSurroundings(): Pick<Surroundings, "ecwid" | "tables"> {
  return { ecwid: startChild(join(HERE, "ecwid-process.ts")), tables: startChild(join(HERE, "tables-process.ts")) };
}

async function checkWrites({ ecwid }: Surroundings, expected: number): Promise<void> {
  const writes = await ecwid.ask<number>("writes");
  if (writes !== expected) throw new Error(`${writes} writes reached Ecwid, and not ${expected}: somebody has not done the work`);
}

/** Lets a bundled contestant that needs no tables do the work. */
export async function runAlone(
  around: Surroundings,
  bundle: "doorman" | "floor",
  shape: Shape,
  rounds: number,
  isShared = false,
): Promise<WorkerReport> {
  const ecwidUrl = await around.ecwid.ask<string>(shape);
  const child = startChild(around.bundles[bundle]);
  const report = await child.ask<WorkerReport>({ ...shape, ecwidUrl, rounds, isShared });
  await child.end();
  await checkWrites(around, shape.stores * shape.targets * rounds);
  return report;
}

async function variables({ tables }: Surroundings, ecwidUrl: string): Promise<Readonly<Record<string, string>>> {
  const where = await tables.ask<{ readonly tables: string; readonly others: string }>("where");
  return {
    ...VARIABLES,
    CAMPAIGNS_TABLE: TABLE_NAMES.campaigns,
    STATE_TABLE: TABLE_NAMES.state,
    HISTORY_TABLE: TABLE_NAMES.history,
    ECWID_API_URL: `${ecwidUrl}/api/v3`,
    AWS_ENDPOINT_URL: where.others,
    AWS_ENDPOINT_URL_DYNAMODB: where.tables,
  };
}

/** By operation, for one message. */
export type Requests = Readonly<Record<string, number>>;

/** Lets the deployed bundle do the work. @returns also what it asked of the tables, after the secrets were known. */
export async function runDeployed(
  around: Surroundings,
  shape: Shape,
  rounds: number,
): Promise<WorkerReport & { readonly requests: Requests }> {
  const ecwidUrl = await around.ecwid.ask<string>(shape);
  const bundle = { BUNDLE: around.bundles.deployed };
  const child = startChild(join(HERE, "deployed.ts"), { ...(await variables(around, ecwidUrl)), ...bundle });
  const asked = new Map<string, number>();
  for (let round = 0; round < rounds; round += 1) {
    const bodies = await around.tables.ask<readonly string[]>({ ...shape, isOn: round % 2 === 0 } satisfies Save);
    const parts = round === 0 ? [bodies.slice(0, 1), bodies.slice(1)] : [bodies];
    for (const part of parts) await child.ask({ bodies: part, switches: part.length * shape.targets });
    if (round === 0) continue;
    for (const [name, count] of Object.entries(await around.tables.ask<Record<string, number>>("requests"))) {
      asked.set(name, (asked.get(name) ?? 0) + count);
    }
  }
  const report = await child.ask<WorkerReport>("report");
  await child.end();
  await checkWrites(around, shape.stores * shape.targets * rounds);
  const messages = shape.stores * (rounds - 1);
  return { ...report, requests: Object.fromEntries([...asked].map(([name, count]) => [name, Math.round(count / messages)])) };
}

/** Lets the floor ask the tables as often, and call Ecwid. */
export async function runFloorWithTables(
  around: Surroundings,
  shape: Shape,
  rounds: number,
  requests: Requests,
  isShared: boolean,
): Promise<WorkerReport> {
  const ecwidUrl = await around.ecwid.ask<string>(shape);
  const child = startChild(around.bundles["floor-with-tables"], await variables(around, ecwidUrl));
  const order = { ...shape, ecwidUrl, rounds, requests, isShared, tableName: TABLE_NAMES.state };
  const report = await child.ask<WorkerReport>(order);
  await child.end();
  return report;
}
