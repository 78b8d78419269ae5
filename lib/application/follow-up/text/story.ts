import type { Survey } from "../findings.ts";
import type { Step } from "./step.ts";

/** What a message of one kind of alarm says whatever was found. */
export interface Story {
  /** What happened, and to whom: the first line, and the subject. */
  readonly headline: (survey: Survey) => string;
  /** The headline where nothing of it is left by the time it is looked for. */
  readonly passed?: string;
  readonly byItself: readonly string[] | ((survey: Survey) => readonly string[]);
  /** Whether people can do Doorman's work meanwhile. */
  readonly isByHand?: (survey: Survey) => boolean;
  /** That comes before whatever else people can do. */
  readonly isByHandFirst?: boolean;
  /** What people on call do; what the causes found ask for comes first. */
  readonly steps?: (names: Names, survey: Survey) => readonly Step[];
}

/** What things are called in this deployment. */
export interface Names {
  readonly deployment: string;
  /** The rule that starts a tick every minute. */
  readonly tickRule: string;
  readonly campaignsTable: string;
  /** Whom to forward a message to; absent: the deployment does not say. */
  readonly contact?: string | undefined;
  /** Where it is on AWS. */
  readonly region?: string | undefined;
  readonly account?: string | undefined;
}
