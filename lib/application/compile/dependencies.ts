import type { CampaignTable } from "../ports/campaign-table.ts";
import type { Clock } from "../ports/clock.ts";
import type { Dispatcher } from "../ports/dispatcher.ts";
import type { StateTable } from "../ports/state-table.ts";
import type { Telemetry } from "../ports/telemetry.ts";

/** What a compile works with. */
export interface CompileDependencies {
  readonly clock: Clock;
  readonly campaigns: CampaignTable;
  readonly state: StateTable;
  readonly dispatcher: Dispatcher;
  readonly telemetry: Telemetry;
  /** A short text that differs whenever the given one does (a hash). */
  readonly fingerprint: (text: string) => string;
}
