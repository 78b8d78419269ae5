import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { afterChange, chapterOwed, type KnownChange, QUIET_MS } from "../../../lib/application/follow-up/incident-course.ts";
import type { Incident } from "../../../lib/application/ports/incident.ts";
import { type Instant, MINUTE, plus } from "../../../lib/domain/instant.ts";
import { instantOf } from "../../support/world.ts";

const START = instantOf("2026-11-27T10:00:00Z");
const minute = (minutes: number): Instant => plus(START, minutes * MINUTE);
const on = (minutes: number): KnownChange => ({ alarm: "on", at: minute(minutes) });
const off = (minutes: number): KnownChange => ({ alarm: "off", at: minute(minutes) });

/** Hands changes over one after the other; each time, and each quarter of an hour until `until`, people are told what is owed. */
function told(changes: readonly KnownChange[], until = 0): readonly string[] {
  const chapters: string[] = [];
  let incident: Incident | undefined;
  const tellAt = (now: Instant) => {
    for (let owed = incident && chapterOwed(incident, now); owed !== undefined; owed = incident && chapterOwed(incident, now)) {
      chapters.push(owed);
      if (incident !== undefined) incident = { ...incident, told: owed };
    }
  };
  for (const change of changes) {
    incident = afterChange(incident, change);
    tellAt(change.at);
  }
  for (let minutes = 0; minutes <= until; minutes += 15) tellAt(minute(minutes));
  return chapters;
}

describe("the course of an incident", () => {
  it("is told when it opens and when it is over", () => {
    expect(told([on(0), off(5)])).toEqual(["opened", "closed"]);
  });

  it("is one for the same event twice, and for old events that come late", () => {
    expect(told([on(0), on(0), off(5), off(5), on(0)])).toEqual(["opened", "closed"]);
  });

  it("is none for an alarm that is heard of only as off, as when it is made", () => {
    expect(told([off(0)])).toEqual([]);
    expect(told([off(5), on(0)])).toEqual([]);
  });

  it("goes on where the alarm had no data in between", () => {
    expect(told([on(0), on(5), on(9), off(12)])).toEqual(["opened", "closed"]);
  });

  it("is told as back once, and then only when it has been quiet for a quarter of an hour", () => {
    const flapping = [on(0), off(2), on(4), off(6), on(8), off(10), on(20), off(22)];

    expect(told(flapping)).toEqual(["opened", "closed", "again"]);
    expect(told(flapping, 36)).toEqual(["opened", "closed", "again"]);
    expect(told(flapping, 45)).toEqual(["opened", "closed", "again", "closed"]);
  });

  it("is another one once the last was over for long enough", () => {
    expect(told([on(0), off(5), on(21), off(22)])).toEqual(["opened", "closed", "opened", "closed"]);
    expect(told([on(0), off(5), on(20)])).toEqual(["opened", "closed", "again"]);
  });

  it("counts how often the alarm has gone off", () => {
    const incident = [off(2), on(4), on(5), off(6), on(8)].reduce<Incident>(afterChange, afterChange(undefined, on(0)));

    expect(incident).toMatchObject({ times: 3, openedAt: minute(0), changedAt: minute(8), alarm: "on" });
  });

  it("is never more than four messages, however it flaps, unless it was quiet in between", () => {
    const gaps = fc.array(fc.integer({ min: 1, max: QUIET_MS / MINUTE - 1 }), { maxLength: 40 });

    fc.assert(
      fc.property(gaps, (minutes) => {
        let at = 0;
        const changes = minutes.map((gap, index) => {
          at += gap;
          return index % 2 === 0 ? on(at) : off(at);
        });

        expect(told(changes, at + 30).length).toBeLessThanOrEqual(4);
      }),
    );
  });

  it("is over for people whenever the alarm is off for long enough, and open whenever it is on", () => {
    const steps = fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 40 })), { minLength: 1, maxLength: 30 });

    fc.assert(
      fc.property(steps, (all) => {
        let at = 0;
        const changes = all.map(([isOn, gap]) => {
          at += gap;
          return isOn ? on(at) : off(at);
        });

        const last = told(changes, at + 30).at(-1);

        expect(last === undefined || last === "closed").toBe(changes.at(-1)?.alarm === "off");
      }),
    );
  });
});
