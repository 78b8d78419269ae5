import type { CampaignTable } from "../../../lib/application/ports/campaign-table.ts";
import type { Dispatcher } from "../../../lib/application/ports/dispatcher.ts";
import type { History } from "../../../lib/application/ports/history.ts";
import type { StateTable } from "../../../lib/application/ports/state-table.ts";
import type { Instant } from "../../../lib/domain/instant.ts";
import { type Gate, ServiceFailure } from "./gate.ts";
import type { Machine } from "./machine.ts";
import type { Troubles } from "./troubles.ts";

type Method = (...values: readonly unknown[]) => Promise<unknown>;

/** How many records a page of the campaigns table holds here: few, so that others come in between. */
const PAGE = 2;

function describe(values: readonly unknown[]): string {
  return values.map((value) => (typeof value === "string" || typeof value === "number" ? String(value) : "…")).join(" ");
}

/** @returns the port with a gate before each of its methods. @param own methods that are not plain calls. */
function gated<Port extends object>(gate: Gate, machine: Machine, port: Port, own: Partial<Port>, disturbers: Disturbers = {}): Port {
  return new Proxy(port, {
    get(target, name) {
      const replaced: unknown = Reflect.get(own, name);
      if (replaced !== undefined) return replaced;
      const method = Reflect.get(target, name) as Method;
      const label = String(name);
      return (...values: readonly unknown[]) => {
        const disturb = disturbers[label];
        const storeId = typeof values[0] === "string" ? values[0] : undefined;
        return gate(machine, {
          name: `${label} ${describe(values)}`,
          isTable: true,
          storeId,
          effect: () => method(...values),
          disturb: disturb && (() => disturb(...values)),
        });
      };
    },
  });
}

type Disturbers = Readonly<Record<string, Method>>;

/** What somebody else may write just before a conditional write, so that it loses: for a target a compile, else the same once more. */
function disturbers(state: StateTable, now: () => Instant): Disturbers {
  const rewrite =
    <Key extends unknown[]>(read: (...key: Key) => Promise<object | undefined>, write: (...values: never[]) => Promise<unknown>): Method =>
    async (...values) => {
      const key = values.slice(0, -2) as Key;
      const found = await read(...key);
      if (found === undefined) return;
      const { version, ...rest } = found as { readonly version: number };
      if (version > 0) await write(...([...key, rest, version] as never[]));
    };
  return {
    writeTarget: (storeId, target) => state.makeDue(storeId as never, target as never, now()),
    writeStore: rewrite(state.readStore, state.writeStore),
    writeSystem: rewrite(state.readSystem, state.writeSystem),
    writeCampaign: rewrite(state.readCampaign, state.writeCampaign),
  };
}

export function gatedState(gate: Gate, machine: Machine, state: StateTable, now: () => Instant): StateTable {
  const listed = <Item>(name: string, all: () => AsyncIterable<Item>) =>
    gate(machine, { name, isTable: true, effect: () => listOf(all()) });
  return gated(
    gate,
    machine,
    state,
    {
      async *due(horizon) {
        yield* await listed("due", () => state.due(horizon));
      },
      async *stores() {
        yield* await listed("stores", () => state.stores());
      },
      // In the order of the sort keys, as a query of many pages finds them: others come in between.
      async contentsOf(storeId) {
        const page = (label: string) =>
          gate(machine, { name: `contentsOf ${storeId} (${label})`, isTable: true, storeId, effect: () => state.contentsOf(storeId) });
        const { calendars, campaigns } = await page("copies");
        const { layers } = await page("layers");
        const { store, targets } = await page("store and targets");
        return { store, campaigns, calendars, targets, layers };
      },
    },
    disturbers(state, now),
  );
}

export function gatedCampaigns(gate: Gate, machine: Machine, campaigns: CampaignTable): CampaignTable {
  return gated(gate, machine, campaigns, {
    async *all() {
      const records = await gate(machine, { name: "all", isTable: true, effect: () => listOf(campaigns.all()) });
      for (const [index, record] of records.entries()) {
        if (index % PAGE === PAGE - 1) await gate(machine, { name: "all (next page)", isTable: true, effect: async () => undefined });
        yield record;
      }
    },
  });
}

export function gatedHistory(gate: Gate, machine: Machine, history: History): History {
  return gated(gate, machine, history, {});
}

export function gatedDispatcher(gate: Gate, machine: Machine, dispatcher: Dispatcher, troubles: Troubles): Dispatcher {
  const send: Dispatcher["send"] = async (message) => {
    if (troubles.inForce("send-fails", message.storeId) === undefined) return dispatcher.send(message);
    troubles.count(`send fails (${machine.process.role})`);
    throw new ServiceFailure(`nothing can be sent to store ${message.storeId}`);
  };
  return {
    send: (message) =>
      gate(machine, {
        name: `send ${message.kind} ${message.storeId}`,
        isTable: true,
        storeId: message.storeId,
        effect: () => send(message),
      }),
  };
}

async function listOf<Item>(items: AsyncIterable<Item>): Promise<readonly Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}
