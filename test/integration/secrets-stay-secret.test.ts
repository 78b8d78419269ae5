import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics } from "@aws-lambda-powertools/metrics";
import { afterEach, describe, expect, it, vi } from "vitest";
import { createTerminalTelemetry } from "../../infra/local/terminal-telemetry.ts";
import { createPowertoolsTelemetry } from "../../lib/adapters/telemetry/powertools-telemetry.ts";
import { Token } from "../../lib/application/ports/token-source.ts";
import { couponId, targetKey } from "../../lib/domain/identifiers.ts";
import { COUPON, createWorld, PROMOTION, STORE, sale, TOKEN } from "../support/world.ts";

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

/** A campaign's life with everything going wrong in turn, and Ecwid echoing the token in every error. */
async function eventfulWorld() {
  const world = createWorld();
  const faults = [403, 500, 429, 402, 400, 404, 409, 422, 200];
  let call = 0;
  world.ecwid.setFaults(() => {
    const status = faults[call % faults.length] ?? 200;
    call += 1;
    if (status === 200 || call % 2 === 0) return undefined;
    const body = JSON.stringify({ errorMessage: `the token ${TOKEN} was refused`, errorCode: `CODE_${TOKEN}` });
    return { kind: "status", status, when: "before", body, retryAfter: status === 429 ? "5" : "" };
  });
  await world.put(sale({ promotions: [{ promotionId: PROMOTION, addGroups: [2] }] }));
  for (const time of ["10:10", "10:40", "11:10", "11:40", "12:10", "13:10"]) {
    await world.runTo(`2026-11-27T${time}:00Z`);
    await world.sweep();
  }
  return world;
}

describe("a store's token", () => {
  it("prints, serialises and inspects as a placeholder", () => {
    const token = new Token(TOKEN);

    expect([String(token), JSON.stringify({ token }), `${token}`].join()).not.toContain(TOKEN);
  });

  it("reaches no event, item, history entry, status or message, whatever Ecwid says back", async () => {
    const world = await eventfulWorld();
    const keys = [targetKey({ kind: "coupon", id: couponId(String(COUPON)) })];

    const kept = [
      world.events,
      await world.state.targetsOf(STORE),
      await world.state.readStore(STORE),
      await world.state.campaignsOf(STORE),
      await Promise.all(keys.map((key) => world.history.of(STORE, key, 100, world.clock.now()))),
      await world.campaigns.get(STORE, "sale"),
      world.queue.deadLetters(),
      world.ecwid.log.requests(),
    ];

    expect(world.events.filter((event) => event.kind === "attempt-failed").length).toBeGreaterThan(3);
    expect(JSON.stringify(kept)).not.toContain(TOKEN);
  });

  it("reaches no log line, metric or terminal line", async () => {
    // Powertools then writes through the console that is watched here, and not past it.
    vi.stubEnv("POWERTOOLS_DEV", "true");
    const printed: string[] = [];
    const write = (...parts: unknown[]) => printed.push(parts.map(String).join(" "));
    for (const method of ["debug", "info", "warn", "error", "log"] as const) vi.spyOn(console, method).mockImplementation(write);
    const world = await eventfulWorld();
    const logger = new Logger({ serviceName: "test", logLevel: "DEBUG" });
    const metrics = new Metrics({ namespace: "Doorman", serviceName: "test" });
    const structured = createPowertoolsTelemetry({ logger, metrics });
    const terminal = createTerminalTelemetry({ write, now: world.clock.now, timeZone: "UTC" });

    for (const event of world.events) {
      structured.emit(event);
      terminal.emit(event);
    }
    metrics.publishStoredMetrics();

    expect(printed.length).toBeGreaterThan(world.events.length);
    expect(printed.join("\n")).not.toContain(TOKEN);
  });
});
