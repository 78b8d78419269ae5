/** One thing that a person does: a sentence or two, and the commands for it, each on a line of its own. */
export interface Step {
  readonly text: string;
  readonly commands?: readonly string[];
  /** Things it is done to, one after the other. */
  readonly items?: readonly string[];
  /** A marketer can do it, without Doorman's commands. */
  readonly inEcwid?: boolean;
  /** Nobody needs it unless the trouble lasts for more than an hour. */
  readonly isForLater?: boolean;
  /** Comes behind everything else. */
  readonly isLast?: boolean;
}
