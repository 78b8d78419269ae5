/** A rule as a person types it, and the windows that it has: worked out with zoneinfo and dateutil, and looked over by hand. */
export interface NamedVector {
  readonly name: string;
  readonly zone: string;
  /** As typed in a record: `24:00`, an offset or `Z` allowed. */
  readonly start: string;
  readonly end?: string;
  readonly repeat?: string;
  readonly except?: readonly string[];
  /** Windows that ended by then are not listed. */
  readonly from?: string;
  /** `start/end` in UTC; without an end, `start/`. */
  readonly windows: readonly string[];
  /** Whether there are no more windows than those. */
  readonly isAll?: boolean;
}
