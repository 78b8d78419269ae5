/** Ends the bootstrap with a sentence for the user instead of a stack; no message where the reason is on the screen already. */
export class Stop extends Error {
  constructor(exitCode, message = "") {
    super(message);
    this.exitCode = exitCode;
  }
}
