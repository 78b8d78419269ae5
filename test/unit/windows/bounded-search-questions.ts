import type { Instant } from "../../../lib/domain/instant.ts";
import type { Window, WindowRule } from "../../../lib/domain/windows/window-rule.ts";

export interface Question {
  readonly rule: WindowRule;
  readonly at: Instant;
}

/** Everything that can be asked of a rule at an instant. */
export interface Answers {
  readonly badFields: readonly string[];
  readonly change: Instant | undefined;
  readonly active: Window | undefined;
  readonly ended: Instant | undefined;
  /** The first window within a year. */
  readonly first: Window | undefined;
}

/** Instead of a question: keep more and more, as a search without bounds would. */
export const HOARD = "hoard";
