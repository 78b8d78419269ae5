import type { Instant } from "../instant.ts";

/** Something wrong with a record, in a marketer's words: where (`promotions[0].addGroups`), and what is wrong and what to do. */
export interface Problem {
  readonly path: string;
  readonly message: string;
}

export type CampaignState = "SCHEDULED" | "ACTIVE" | "ENDED" | "DISABLED" | "INVALID";

/** What Doorman writes back onto a campaign's record. `state` is that of the version that runs; `INVALID` only where none does. */
export interface CampaignStatus {
  readonly state: CampaignState;
  /** Not empty: the newest text of the record is not the one that runs. */
  readonly problems: readonly Problem[];
  readonly warnings: readonly string[];
  readonly activeWindow?: { readonly start: Instant; readonly end?: Instant | undefined } | undefined;
  readonly nextSwitch?: Instant | undefined;
  readonly compiledAt: Instant;
}
