import { Logger } from "@aws-lambda-powertools/logger";
import { Metrics } from "@aws-lambda-powertools/metrics";
import { describe, expect, it, vi } from "vitest";
import { createTerminalTelemetry } from "../../../infra/local/terminal-telemetry.ts";
import { createPowertoolsTelemetry } from "../../../lib/adapters/telemetry/powertools-telemetry.ts";
import type { TelemetryEvent } from "../../../lib/application/ports/telemetry.ts";
import { campaignId, storeId } from "../../../lib/domain/identifiers.ts";
import { parseInstant } from "../../../lib/domain/instant.ts";

const NOTICE: TelemetryEvent = {
  kind: "pre-flight-found",
  storeId: storeId("1003"),
  count: 3,
  problems: [
    {
      campaignId: campaignId("sale"),
      label: "coupon BF26 (7)",
      message: "coupon BF26 is paused",
      startsAt: parseInstant("2026-11-27T10:00:00Z"),
    },
    { campaignId: campaignId("other"), message: "Ecwid refused the store's token" },
  ],
  timeZone: "Europe/Berlin",
};

function terminal() {
  const lines: string[] = [];
  let now = parseInstant("2026-11-27T08:00:00Z");
  const telemetry = createTerminalTelemetry({ write: (line) => lines.push(line), now: () => now, timeZone: "UTC" });
  const at = (text: string) => {
    now = parseInstant(text);
  };
  return { telemetry, at, said: () => lines.map((line) => line.replace(/^\S+ \S+ \S+ {2}/, "")) };
}

describe("the log on a terminal", () => {
  it("says what fails again in the same way once in ten minutes", () => {
    const { telemetry, at, said } = terminal();
    const failed = {
      kind: "attempt-failed",
      storeId: storeId("1003"),
      failure: "NO_TOKEN",
      message: "the store has no token",
      effect: "store-paused",
    } as const;

    for (const time of ["08:00:00", "08:00:03", "08:09:59", "08:10:00"]) {
      at(`2026-11-27T${time}Z`);
      telemetry.emit(failed);
    }
    telemetry.emit({ ...failed, storeId: storeId("1004") });

    expect(said()).toEqual([
      "store 1003: the store has no token [NO_TOKEN]",
      "store 1003: the store has no token [NO_TOKEN]",
      "store 1004: the store has no token [NO_TOKEN]",
    ]);
  });

  it("calls a calendar a calendar, and a warning a warning", () => {
    const { telemetry, said } = terminal();
    const compiled = { kind: "compiled", storeId: storeId("1003"), state: "ACTIVE", problems: [], warnings: ["w"] } as const;

    telemetry.emit({ ...compiled, campaignId: "calendar#holidays", warnings: [] });
    telemetry.emit({ ...compiled, campaignId: "sale" });

    expect(said()).toEqual(["calendar holidays: in force", "campaign sale: ACTIVE", "campaign sale: warning: w"]);
  });
});

describe("a notice before windows", () => {
  it("is a few lines on a terminal, in the store's time", () => {
    const lines: string[] = [];
    const now = () => parseInstant("2026-11-27T08:00:00Z");

    createTerminalTelemetry({ write: (line) => lines.push(line), now, timeZone: "UTC" }).emit(NOTICE);

    expect(lines.map((line) => line.replace("2026-11-27 09:00:00 Europe/Berlin  ", ""))).toEqual([
      "store 1003: before the next windows, 3 things need a person",
      "  campaign sale, which begins 2026-11-27 11:00:00 Europe/Berlin: coupon BF26 is paused",
      "  campaign other, which is on: Ecwid refused the store's token",
      "  and 1 more: see the campaigns' status",
    ]);
  });

  it("is one structured line, with instants that people can read, and one count", () => {
    const logger = new Logger({ serviceName: "test" });
    const metrics = new Metrics({ namespace: "Doorman", serviceName: "test" });
    const warn = vi.spyOn(logger, "warn").mockImplementation(() => undefined);
    const count = vi.spyOn(metrics, "addMetric");

    createPowertoolsTelemetry({ logger, metrics }).emit(NOTICE);

    const problems = [
      { campaignId: "sale", label: "coupon BF26 (7)", message: "coupon BF26 is paused", startsAt: "2026-11-27T10:00:00Z" },
      { campaignId: "other", message: "Ecwid refused the store's token" },
    ];
    expect(warn).toHaveBeenCalledExactlyOnceWith("pre-flight-found", {
      event: { storeId: "1003", count: 3, problems, timeZone: "Europe/Berlin" },
    });
    expect(count).toHaveBeenCalledExactlyOnceWith("PreFlightNotices", "Count", 1);
  });
});
