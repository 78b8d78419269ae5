import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { onTestFinished } from "vitest";
import type { TokenShelf } from "../../../lib/application/ports/token-shelf.ts";
import type { Place, Terminal, Variables } from "../../../lib/cli/frame/surroundings.ts";
import { openPlace } from "../../../lib/cli/open-place.ts";
import { runCli } from "../../../lib/cli/run-cli.ts";
import { plus, SECOND } from "../../../lib/domain/instant.ts";
import { success } from "../../../lib/domain/result.ts";
import { createWorld, type World, type WorldOptions } from "../../support/world.ts";

/** What a command left behind. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  /** Standard output as JSON. */
  json(): unknown;
}

export interface RunOptions {
  readonly input?: string;
  readonly variables?: Variables;
  readonly isTerminal?: boolean;
}

/** A person at a terminal, in a folder of their own, before a Doorman in memory. */
export interface Desk {
  readonly world: World;
  readonly folder: string;
  /** Tokens that were put, by store. */
  readonly tokens: Map<string, string>;
  /** How often a place was let go of. */
  closed(): number;
  file(name: string, content: unknown): string;
  /** Runs `doorman …`; time moves only while the command waits. */
  run(words: readonly string[], options?: RunOptions): Promise<Ended>;
}

export interface DeskOptions extends WorldOptions {
  /** Changes the place: what somebody else does meanwhile, say. */
  readonly place?: (place: Place, world: World) => Place;
}

/** @returns a desk; its folder is gone when the test is over. */
export function createDesk({ place: change = (place) => place, ...options }: DeskOptions = {}): Desk {
  const world = createWorld(options);
  const folder = mkdtempSync(join(tmpdir(), "doorman-desk-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const tokens = new Map<string, string>();
  let closed = 0;
  const shelf: TokenShelf = {
    put: async (storeId, typed) => {
      const effect = tokens.has(storeId) ? "replaced" : "added";
      tokens.set(storeId, typed.trim());
      return success(effect);
    },
  };
  const place: Place = {
    campaigns: world.campaigns,
    workings: { state: world.state, history: world.history, dispatcher: world.queue },
    tokens: shelf,
    afterwards: "Doorman takes it up.",
    unreachable: "nobody is there",
    close: () => {
      closed += 1;
    },
  };

  async function run(words: readonly string[], { input = "", variables = {}, isTerminal = false }: RunOptions = {}): Promise<Ended> {
    let out = "";
    let err = "";
    const terminal: Terminal = {
      print: (text) => {
        out += text;
      },
      complain: (text) => {
        err += text;
      },
      isTerminal,
      columns: 80,
      input: async () => input,
      secret: async () => input,
    };
    let code: number | undefined;
    const ending = runCli(words, {
      variables,
      folder,
      clock: world.clock,
      terminal,
      fingerprint: (text) => createHash("sha256").update(text).digest("hex"),
      open: async (choice) =>
        choice.folder === undefined ? () => change(place, world) : openPlace(choice, { variables, folder, complain: terminal.complain }),
    }).then((ended) => {
      code = ended;
    });
    while (code === undefined) {
      const wakesAt = world.clock.nextWakeAt();
      if (wakesAt !== undefined && wakesAt <= plus(world.clock.now(), SECOND)) await world.clock.advanceTo(wakesAt);
      await nextTurn();
    }
    await ending;
    return { code, out, err, json: () => JSON.parse(out) };
  }

  return {
    world,
    folder,
    tokens,
    closed: () => closed,
    file: (name, content) => {
      const isRaw = typeof content === "string" || content instanceof Uint8Array;
      writeFileSync(join(folder, name), isRaw ? content : JSON.stringify(content));
      return name;
    },
    run,
  };
}
