import type { Instant } from "../../domain/instant.ts";

/** What people were told last of an incident; `nothing` while the first message is still owed. */
export type Told = "nothing" | "opened" | "again" | "closed";

/** One alarm's latest trouble, from the first time it went off to the time it stays quiet. */
export interface Incident {
  /** What the alarm was when it changed last. */
  readonly alarm: "on" | "off";
  /** When that was, by the alarm's own clock: an older event says nothing new, and the same event twice neither. */
  readonly changedAt: Instant;
  /** When it first went off. Absent: it has been heard of only as off. */
  readonly openedAt?: Instant | undefined;
  /** How often it has gone off in all, since `openedAt`. */
  readonly times: number;
  readonly told: Told;
  /** What people were told it is, in one line. */
  readonly headline?: string | undefined;
  /** What people were told is behind it, each by a name of its own; what is not in it is news. */
  readonly known?: readonly string[] | undefined;
  /** The coupons and promotions that people were told of first, `1003/coupon#7`: its end says how they stand. */
  readonly suffered?: readonly string[] | undefined;
  /** When somebody last looked at what is behind it. */
  readonly surveyedAt?: Instant | undefined;
  /** Somebody began to tell people then, and has not written down yet that it is done. */
  readonly tellingSince?: Instant | undefined;
}
