import * as z from "zod";
import type { Override } from "../../domain/layers/layer.ts";
import { OVERRIDE_FIELDS } from "./campaign-fields.ts";
import { refusal } from "./field.ts";
import { OVERRIDE_STATE, REASON, WHO } from "./fields.ts";
import { MOMENT, placeMoment } from "./moment.ts";
import type { RecordReader } from "./record-reader.ts";

const OVERRIDE = z.strictObject(
  { state: OVERRIDE_STATE, until: MOMENT, reason: REASON, by: WHO.optional() },
  { error: (issue) => refusal(issue.input, 'write {"state": "off", "until": …, "reason": …}') },
);

/** Where the zone of a record comes from: known, named but not a zone (which is a problem of its own), or nowhere. */
export type RecordZone = { readonly kind: "known"; readonly timeZone: string } | { readonly kind: "wrong" } | { readonly kind: "none" };

/** @returns the override, its end placed on the time line; undefined if there is none, or if it cannot be read. Complains of what is wrong. */
export function readOverride(reader: RecordReader, zone: RecordZone): Override | undefined {
  const override = reader.readIfThere("override", OVERRIDE, OVERRIDE_FIELDS);
  if (override === undefined) return undefined;

  const until = placeMoment(override.until, zone.kind === "known" ? zone.timeZone : undefined);
  if (until === undefined && zone.kind === "none") {
    const message =
      'it is a local time, and neither the campaign nor the store has a time zone yet: add timeZone, or end it with an offset or Z, as "2026-11-28T12:00Z"';
    reader.complain({ path: "override.until", message });
  }
  return until === undefined ? undefined : { ...override, until };
}
