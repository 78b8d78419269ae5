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

describe("a notice before windows", () => {
  it("is a few lines on a terminal, in the store's time", () => {
    const lines: string[] = [];
    const now = () => parseInstant("2026-11-27T08:00:00Z");

    createTerminalTelemetry({ write: (line) => lines.push(line), now, timeZone: "UTC", dryRun: false }).emit(NOTICE);

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
