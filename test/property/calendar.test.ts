import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { calendarText } from "../../lib/cli/calendar/calendar-text.ts";
import { entriesOf } from "../../lib/cli/calendar/entries.ts";
import { couponId, promotionId, storeId, type Target, targetKey } from "../../lib/domain/identifiers.ts";
import { HOUR, plus } from "../../lib/domain/instant.ts";
import { activitiesAt } from "../../lib/domain/layers/activity.ts";
import { groupsNamed } from "../../lib/domain/layers/claims.ts";
import { EMPTY_LEDGER } from "../../lib/domain/ledger/ledger.ts";
import { forecastAt } from "../../lib/domain/timeline/forecast.ts";
import { FROM, someInstant, type TargetWorld, targetWorld, UNTIL } from "../support/arbitrary-layers.ts";
import { readCalendar } from "../support/read-calendar.ts";

const SPAN = { from: FROM, to: plus(UNTIL, HOUR) };

function known({ live, layers }: TargetWorld) {
  const target: Target = live.kind === "coupon" ? { kind: "coupon", id: couponId("7") } : { kind: "promotion", id: promotionId("8") };
  const outlook = { target, layers, ledger: EMPTY_LEDGER, known: {}, from: FROM };
  return { storeId: storeId("1003"), key: targetKey(target), label: undefined, timeZone: "UTC", outlook };
}

function campaignOf(uid: string): string {
  return uid.slice(0, uid.indexOf("@"));
}

/** A campaign that names no group asks for nothing. */
function asksForSomething({ ask }: TargetWorld["layers"][number]): boolean {
  return ask.kind === "coupon" || groupsNamed(ask).length > 0;
}

describe("a calendar, as another program reads it", () => {
  it("has at any instant the campaigns that are on then, and no other", () => {
    fc.assert(
      fc.property(targetWorld, fc.array(someInstant, { minLength: 1, maxLength: 10 }), (world, instants) => {
        const outlook = known(world);

        const read = readCalendar(calendarText(entriesOf([outlook], SPAN), FROM));

        for (const at of instants) {
          const shown = read.filter(({ startsAt, endsAt }) => startsAt <= at && at < endsAt).map(({ uid }) => campaignOf(uid));
          const on = activitiesAt(world.layers.filter(asksForSomething), at).map(({ layer }) => String(layer.campaignId));
          expect(shown.toSorted()).toEqual(on.toSorted());
        }
      }),
      { numRuns: 300 },
    );
  });

  it("is confirmed only where all that the campaign asks for holds at every instant of it", () => {
    fc.assert(
      fc.property(targetWorld, someInstant, (world, at) => {
        const outlook = known(world);
        const { cells } = forecastAt(outlook.outlook, at);

        const read = readCalendar(calendarText(entriesOf([outlook], SPAN), FROM));

        for (const entry of read.filter(({ startsAt, endsAt, status }) => status === "CONFIRMED" && startsAt <= at && at < endsAt)) {
          const asked = cells.flatMap(({ value, winner, losers }) =>
            [...(winner === undefined ? [] : [winner]), ...losers]
              .filter(({ campaignId }) => campaignId === campaignOf(entry.uid))
              .map((claimant) => ({ asked: claimant.value, value })),
          );
          for (const { asked: wanted, value } of asked) expect(value).toBe(wanted);
        }
      }),
      { numRuns: 300 },
    );
  });
});
