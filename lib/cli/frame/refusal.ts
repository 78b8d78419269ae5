/** What a command ends with: 1 it could not be done, 2 it was asked for wrongly, 3 somebody else was faster. */
export type FailureCode = 1 | 2 | 3;

interface RefusalOptions extends ErrorOptions {
  readonly exitCode?: FailureCode;
}

/** Why a command is not carried out, in one sentence for the person who typed it. Caught in one place only, where it becomes the exit code. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly exitCode: FailureCode;

  constructor(message: string, { exitCode = 1, ...options }: RefusalOptions = {}) {
    super(message, options);
    this.exitCode = exitCode;
  }
}

/** @returns a refusal of something that was typed wrongly. */
export function badUse(message: string, options: ErrorOptions = {}): Refusal {
  return new Refusal(message, { ...options, exitCode: 2 });
}

/** @returns the refusal of a write because somebody else wrote first. */
export function conflict(message: string): Refusal {
  return new Refusal(message, { exitCode: 3 });
}
