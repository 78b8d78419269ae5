import { Temporal } from "temporal-polyfill";
import type { Instant } from "../../../lib/domain/instant.ts";

/** @returns an instant as Ecwid's API writes dates: `2026-11-27 05:00:00 +0000`. */
export function ecwidDate(at: Instant): string {
  const text = Temporal.Instant.fromEpochMilliseconds(at).toString({ smallestUnit: "second" });
  return text.replace("T", " ").replace("Z", " +0000");
}
