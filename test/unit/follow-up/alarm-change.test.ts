import { describe, expect, it } from "vitest";
import { ALARM_KINDS } from "../../../lib/application/alarms/alarm-kinds.ts";
import { alarmChangeIn } from "../../../lib/application/follow-up/alarm-change.ts";
import { alarmEvent } from "../../support/follow-up.ts";
import { instantOf } from "../../support/world.ts";

const at = instantOf("2026-11-27T10:00:00Z");

describe("an event of CloudWatch", () => {
  it.each([
    ["ALARM", "on"],
    ["OK", "off"],
    ["INSUFFICIENT_DATA", "unknown"],
  ] as const)("is a change of one of our alarms: %s", (value, alarm) => {
    for (const kind of ALARM_KINDS) {
      expect(alarmChangeIn("Doorman", alarmEvent(kind, value, at))).toEqual({ ok: true, value: { kind, alarm, at } });
    }
  });

  it("is none of ours where another stack's alarm changed, though its name begins as ours do", () => {
    const other = alarmChangeIn("Doorman", alarmEvent("token-dead", "ALARM", at, "Doorman-test"));

    expect(other).toEqual({ ok: false, failure: expect.stringContaining('The alarm "Doorman-test-token-dead" is none of Doorman\'s') });
  });

  it("quotes of a strange name no more than its plain letters", () => {
    const event = { ...alarmEvent("token-dead", "ALARM", at), detail: { alarmName: `a\n${"b".repeat(500)}`, state: stateAt("ALARM") } };

    const { failure } = alarmChangeIn("Doorman", event) as { failure: string };

    expect(failure).toContain('"a?bbb');
    expect(failure.length).toBeLessThan(220);
  });

  it.each([
    ["nothing", undefined],
    ["null", null],
    ["a text", "ALARM"],
    ["a list", [alarmEvent("token-dead", "ALARM", at)]],
    ["a queue's batch", { Records: [{ body: "{}" }] }],
    ["another source", { ...alarmEvent("token-dead", "ALARM", at), source: "doorman" }],
    [
      "a change of an alarm's configuration",
      { ...alarmEvent("token-dead", "ALARM", at), "detail-type": "CloudWatch Alarm Configuration Change" },
    ],
    ["a state that there is not", { ...alarmEvent("token-dead", "ALARM", at), detail: { alarmName: "x", state: stateAt("PANIC") } }],
    [
      "a time that is none",
      { ...alarmEvent("token-dead", "ALARM", at), detail: { alarmName: "x", state: { value: "OK", timestamp: "now" } } },
    ],
  ])("is refused in one sentence: %s", (_name, event) => {
    const parsed = alarmChangeIn("Doorman", event);

    expect(parsed).toEqual({ ok: false, failure: expect.stringMatching(/^It is no change of an alarm \(.*\); nothing was done\./) });
  });
});

function stateAt(value: string) {
  return { value, timestamp: "2026-11-27T10:00:00.000+0000" };
}
