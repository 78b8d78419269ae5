import type { StoreId } from "../../domain/identifiers.ts";
import type { CampaignTable } from "../ports/campaign-table.ts";
import type { Chance, Clock } from "../ports/clock.ts";
import type { Dispatcher } from "../ports/dispatcher.ts";
import type { EcwidGateway } from "../ports/ecwid-gateway.ts";
import type { History } from "../ports/history.ts";
import type { StateTable } from "../ports/state-table.ts";
import type { Telemetry } from "../ports/telemetry.ts";
import type { TokenSource } from "../ports/token-source.ts";

/** What a reconcile works with. */
export interface ReconcileDependencies {
  readonly clock: Clock;
  readonly chance: Chance;
  readonly campaigns: CampaignTable;
  readonly state: StateTable;
  readonly history: History;
  readonly dispatcher: Dispatcher;
  readonly ecwid: EcwidGateway;
  readonly tokens: TokenSource;
  readonly telemetry: Telemetry;
  /** A short text that differs whenever the given one does (a hash). */
  readonly fingerprint: (text: string) => string;
  /** The name of this deployment: a store whose secret names another is left alone. Undefined: not checked. */
  readonly deployment: string | undefined;
  /** Shadow mode: decides and records, writes nothing to Ecwid. */
  readonly isShadow?: boolean | undefined;
  /** Compiles the store's campaigns anew, because its zone has become known or has changed. */
  readonly recompileStore: (storeId: StoreId) => Promise<void>;
}
