import type { SimulatedEcwid } from "../../../infra/local/simulated-store/simulated-ecwid.ts";
import type { CampaignTable } from "../../../lib/application/ports/campaign-table.ts";
import type { History } from "../../../lib/application/ports/history.ts";
import type { Instant } from "../../../lib/domain/instant.ts";
import type { Plan } from "../plan/plan.ts";
import type { Happening } from "../world/journal.ts";
import type { ObservedState } from "../world/observed-state.ts";
import type { Troubles } from "../world/troubles.ts";

/** Everything that the laws are judged by. */
export interface Evidence {
  readonly plan: Plan;
  readonly beginning: Instant;
  readonly state: ObservedState;
  readonly campaigns: CampaignTable;
  readonly history: History;
  readonly ecwid: SimulatedEcwid;
  readonly troubles: Troubles;
  readonly happenings: readonly Happening[];
  readonly now: () => Instant;
}
