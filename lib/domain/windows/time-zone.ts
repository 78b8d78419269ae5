import { Temporal } from "temporal-polyfill";
import { closestName } from "./closest-name.ts";

/** An IANA name begins with a letter; Temporal would also take a bare offset like `+02:00`, which knows no daylight saving. */
const NAME = /^[A-Za-z][A-Za-z0-9._+/-]*$/;

/** @returns whether the text is an IANA time zone name that the time library knows, such as `America/New_York` or `UTC`. */
export function isTimeZone(text: string): boolean {
  if (!NAME.test(text)) return false;
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(text);
    return true;
  } catch {
    return false;
  }
}

/** @returns the known zone that a mistyped name most likely means: `Europe/Berln` gives `Europe/Berlin`; undefined if none is close. */
export function suggestTimeZone(text: string): string | undefined {
  const names = [...Intl.supportedValuesOf("timeZone"), "UTC"];
  const underscored = text.trim().replaceAll(/\s+/g, "_");
  const wanted = underscored.toLowerCase();
  return closestName(underscored, names) ?? names.find((name) => name.toLowerCase().endsWith(`/${wanted}`));
}
