import type { Survey } from "../findings.ts";
import { causesIn } from "./headline-words.ts";

/** What comes of each kind of trouble where nobody acts. */
const UNATTENDED: Readonly<Record<string, string>> = {
  GROUP_MISSING: "If nobody acts, the group that does not exist gets nothing; everything else is switched as planned.",
  TARGET_MISSING: "If nobody acts, what is not there opens to nobody; everything else is switched as planned.",
  PAUSED: "If nobody acts, it is switched as planned, but customers cannot use it while it is paused.",
  DISABLED: "If nobody acts, it is switched as planned, but customers cannot use it while it is disabled.",
  EXPIRED: "If nobody acts, it is switched as planned, but customers cannot use it, because it has expired.",
  USEDUP: "If nobody acts, it is switched as planned, but customers cannot use it, because it is used up.",
  BEGINS_LATE: "If nobody acts, it is switched as planned, but customers can use it only from its own beginning on.",
  ENDS_EARLY: "If nobody acts, it is switched as planned, but customers can use it only until its own end.",
  HOURS: "If nobody acts, it is switched as planned, but customers can use it only in its own weekly hours.",
};
const UNSWITCHED = "If nobody acts, what is named below is not switched; everything else is switched as planned.";
const UNCHECKED = "If nobody acts, it is switched as planned; whether customers can use it is not known.";

/** Whatever keeps a look from telling does not keep a switch from happening. */
function unattendedBy(code: string): string {
  return UNATTENDED[code] ?? (code === "HOURS_UNREADABLE" || code.startsWith("GROUPS_") ? UNCHECKED : UNSWITCHED);
}

/** @returns what comes of it if nobody acts, a sentence for each kind of trouble. */
export function unattended(survey: Survey): readonly string[] {
  return [...new Set(causesIn(survey).map(({ code }) => unattendedBy(code)))];
}
