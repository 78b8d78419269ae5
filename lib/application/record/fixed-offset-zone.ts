/** Abbreviations that are zones of their own, and the place that people mostly mean; time libraries link some of them elsewhere. */
const MEANT: ReadonlyMap<string, string> = new Map([
  ["EST", "America/New_York"],
  ["MST", "America/Denver"],
  ["GMT", "Europe/London"],
]);

const NO_SUMMER_TIME_EITHER: ReadonlyMap<string, string> = new Map([["HST", "Pacific/Honolulu"]]);
const FIXED_OFFSET = /^Etc\/GMT([+-])([1-9]\d?)$/i;

/**
 * @param timeZone a zone's name that is usable as it is.
 * @returns what a person should know who means a place by it: that there is no summer time in it.
 * Etc/GMT+5 has its sign the other way round than people read it (IANA, file `etcetera`).
 */
export function fixedOffsetWarning(timeZone: string): string | undefined {
  const name = timeZone.toUpperCase();
  const place = MEANT.get(name);
  if (place !== undefined) return `timeZone: ${timeZone} has no summer time; ${place} has`;
  const same = NO_SUMMER_TIME_EITHER.get(name);
  if (same !== undefined) return `timeZone: ${timeZone} has no summer time: if a place is meant, write it, such as ${same}`;
  const [, sign, hours] = FIXED_OFFSET.exec(timeZone) ?? [];
  if (sign === undefined || hours === undefined) return undefined;
  const offset = `UTC${sign === "+" ? "-" : "+"}${hours.padStart(2, "0")}:00`;
  return `timeZone: ${timeZone} is always ${offset}, without summer time: if a place is meant, write it, such as America/New_York`;
}
