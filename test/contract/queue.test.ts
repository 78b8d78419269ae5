import { beforeEach, describe, expect, it } from "vitest";
import { createMemoryQueue, type MemoryQueue } from "../../lib/adapters/memory/queue.ts";
import type { StoreMessage } from "../../lib/application/ports/dispatcher.ts";
import { storeId } from "../../lib/domain/identifiers.ts";
import { MINUTE, parseInstant } from "../../lib/domain/instant.ts";
import { createVirtualClock, type VirtualClock } from "../support/virtual-clock.ts";

const noon = parseInstant("2026-11-27T12:00:00Z");

function look(store: string, because: string): StoreMessage {
  return { kind: "look", storeId: storeId(store), instant: noon, because, relay: 0 };
}

/** A promise that a test settles. */
function gate() {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { opened: promise, open: resolve };
}

describe("the queue in memory", () => {
  let clock: VirtualClock;
  let queue: MemoryQueue;
  beforeEach(() => {
    clock = createVirtualClock(noon);
    queue = createMemoryQueue({ clock });
  });

  const receiveAll = () => {
    const received: string[] = [];
    for (let delivery = queue.receive(); delivery !== undefined; delivery = queue.receive()) {
      received.push(delivery.message.kind === "look" ? delivery.message.because : "");
      queue.done(delivery);
    }
    return received;
  };

  it("hands out a store's messages in the order sent", async () => {
    for (const because of ["a", "b", "c"]) await queue.send(look("1", because));

    expect(receiveAll()).toEqual(["a", "b", "c"]);
    expect(queue.size()).toBe(0);
  });

  it("keeps a store's next message back while one is in flight, and no other store's", async () => {
    await queue.send(look("1", "first"));
    await queue.send(look("1", "second"));
    await queue.send(look("2", "other"));

    const [first, other, none] = [queue.receive(), queue.receive(), queue.receive()];

    expect([first?.message, other?.message, none]).toEqual([look("1", "first"), look("2", "other"), undefined]);
    if (first !== undefined) queue.done(first);
    expect(queue.receive()?.message).toEqual(look("1", "second"));
  });

  it("does not let one busy store keep the others waiting", async () => {
    for (const because of ["a", "b", "c"]) await queue.send(look("1", because));
    await queue.send(look("2", "other"));

    expect(receiveAll()).toEqual(["a", "other", "b", "c"]);
  });

  it("takes the same content twice within five minutes as one message, even once it has been worked", async () => {
    await queue.send(look("1", "same"));
    const before = receiveAll();
    await clock.advanceBy(5 * MINUTE - 1);
    await queue.send(look("1", "same"));
    const within = receiveAll();

    await clock.advanceBy(1);
    await queue.send(look("1", "same"));

    expect([before, within, receiveAll()]).toEqual([["same"], [], ["same"]]);
  });

  it("does not take the same content for two stores as one message", async () => {
    await queue.send(look("1", "same"));
    await queue.send(look("2", "same"));

    expect(receiveAll()).toHaveLength(2);
  });

  it("hands a failed message out once more, before the store's next, and then calls it dead", async () => {
    await queue.send(look("1", "deadly"));
    await queue.send(look("1", "next"));

    const receives = [1, 2].map(() => {
      const delivery = queue.receive();
      if (delivery !== undefined) queue.failed(delivery);
      return delivery;
    });

    expect(receives).toEqual([
      { message: look("1", "deadly"), receives: 1 },
      { message: look("1", "deadly"), receives: 2 },
    ]);
    expect(queue.deadLetters()).toEqual([look("1", "deadly")]);
    expect(receiveAll()).toEqual(["next"]);
  });

  it("ignores what is said of a delivery that is no longer in flight", async () => {
    await queue.send(look("1", "first"));
    await queue.send(look("1", "second"));
    const delivery = queue.receive();
    if (delivery === undefined) throw new Error("nothing received");
    queue.done(delivery);

    queue.done(delivery);
    queue.failed(delivery);

    expect(receiveAll()).toEqual(["second"]);
  });

  describe("worked by a handler", () => {
    const failOnFailure = (_message: StoreMessage, error: unknown) => {
      throw error;
    };

    it("is worked as messages come, one at a time per store, several stores at once, within the concurrency", async () => {
      const gates = new Map(["1a", "1b", "2a", "3a"].map((name) => [name, gate()]));
      const log: string[] = [];
      await queue.send(look("1", "1a"));
      const work = queue.work(
        async (message) => {
          const name = message.kind === "look" ? message.because : "";
          log.push(`begin ${name}`);
          await gates.get(name)?.opened;
          log.push(`end ${name}`);
        },
        { concurrency: 2, onFailure: failOnFailure },
      );
      await queue.send(look("1", "1b"));
      await queue.send(look("2", "2a"));
      await queue.send(look("3", "3a"));

      for (const name of ["2a", "1a", "3a", "1b"]) {
        await clock.advanceBy(0);
        log.push(`open ${name}`);
        gates.get(name)?.open();
        await clock.advanceBy(0);
      }
      await work.stop();

      expect(log).toEqual([
        "begin 1a",
        "begin 2a",
        "open 2a",
        "end 2a",
        "begin 3a",
        "open 1a",
        "end 1a",
        "begin 1b",
        "open 3a",
        "end 3a",
        "open 1b",
        "end 1b",
      ]);
    });

    it("tells of a handler's failure, tries once more, and goes on with the next", async () => {
      const failures: unknown[] = [];
      const worked: StoreMessage[] = [];
      const broken = new Error("no network");
      const work = queue.work(
        async (message) => {
          if (message.kind === "look" && message.because === "deadly") throw broken;
          worked.push(message);
        },
        { concurrency: 1, onFailure: (_message, error) => failures.push(error) },
      );

      await queue.send(look("1", "deadly"));
      await queue.send(look("1", "next"));
      await clock.advanceBy(0);
      await work.stop();

      expect(failures).toEqual([broken, broken]);
      expect(queue.deadLetters()).toEqual([look("1", "deadly")]);
      expect(worked).toEqual([look("1", "next")]);
    });

    it("finishes what it has in hand when stopped, and takes nothing more", async () => {
      const held = gate();
      const log: string[] = [];
      const work = queue.work(
        async (message) => {
          await held.opened;
          log.push(message.storeId);
        },
        { concurrency: 1, onFailure: failOnFailure },
      );
      await queue.send(look("1", "in hand"));
      await queue.send(look("2", "waiting"));
      await clock.advanceBy(0);

      const stopped = work.stop().then(() => log.push("stopped"));
      await clock.advanceBy(0);
      held.open();
      await stopped;
      await clock.advanceBy(0);

      expect(log).toEqual(["1", "stopped"]);
      expect(queue.size()).toBe(1);
    });

    it("works what a handler sends to its own store afterwards, never at the same time", async () => {
      let running = 0;
      let mostRunning = 0;
      let worked = 0;
      const work = queue.work(
        async (message) => {
          running += 1;
          mostRunning = Math.max(mostRunning, running);
          if (message.kind === "look" && message.because === "first") await queue.send(look("1", "second"));
          await clock.advanceBy(0);
          running -= 1;
          worked += 1;
        },
        { concurrency: 5, onFailure: failOnFailure },
      );

      await queue.send(look("1", "first"));
      await expect.poll(() => worked, { timeout: 10_000 }).toBe(2);
      await work.stop();

      expect(mostRunning).toBe(1);
    });
  });
});
