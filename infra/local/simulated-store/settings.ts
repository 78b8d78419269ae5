/** How the simulated Ecwid behaves where Ecwid's documentation leaves it open, and its limits. */
export interface SimulatedSettings {
  /** Whether a partial `triggers` is merged into the old one or replaces it whole: not documented. */
  readonly triggersMode: "merge" | "replace";
  /** A group id that the store does not have: not documented. */
  readonly unknownGroups: "reject" | "drop" | "keep";
  /** An empty list of groups (or null): kept as it is, taken as "no restriction", or refused: not documented. */
  readonly emptyGroups: "keep" | "remove" | "reject";
  /** `updateCount` of a PUT that changes nothing: not documented. */
  readonly unchangedUpdateCount: 0 | 1;
  /** Whether the list of promotions heeds `offset` and `limit`: not documented. */
  readonly promotionPaging: boolean;
  /** Per token. */
  readonly requestsPerMinute: number;
  /** How long an address is refused for calling with dead tokens; Ecwid says only "much longer". */
  readonly banMs: number;
  /** Every reply takes this long, somewhere in between by chance. */
  readonly latencyMs: { readonly from: number; readonly to: number };
}

export const DEFAULT_SETTINGS: SimulatedSettings = {
  triggersMode: "merge",
  unknownGroups: "reject",
  emptyGroups: "keep",
  unchangedUpdateCount: 1,
  promotionPaging: true,
  requestsPerMinute: 600,
  banMs: 24 * 3_600_000,
  latencyMs: { from: 0, to: 0 },
};
