/** The switches that are measured: of one campaign with a coupon, a promotion, or one of each. */
export const SWITCHES = ["coupon-opens", "coupon-closes", "promotion-opens", "promotion-closes", "pair-opens", "pair-closes"] as const;

/** Everything that happens and is billed. */
export const EVENTS = [
  /** A tick with nothing due. */
  "idle-minute",
  /** What the ticks of one boundary take beyond idle ones, however many stores share it. */
  "boundary",
  ...SWITCHES,
  /** A campaign saved by a person outside its windows. */
  "edit",
  /** The hourly look at a store that has one coupon open. */
  "look",
  /** The same with a coupon and a promotion open. */
  "look-pair",
  /** A look at a promotion whose window begins within a day, with nothing open. */
  "pre-flight",
  /** The hourly sweep, however many stores there are. */
  "sweep-anyway",
  /** What a store adds to it. */
  "sweep-store",
] as const;

export type EventKind = (typeof EVENTS)[number];
