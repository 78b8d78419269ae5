/** A message to people, which machines can sort without reading it. */
export interface Notice {
  /** At most 99 printable ASCII characters: whoever sends it need not cut it. */
  readonly subject: string;
  /** Plain text in short lines, the most important first. */
  readonly text: string;
  /** At most ten; a list has at least one entry. */
  readonly attributes: Readonly<Record<string, string | readonly string[]>>;
}

/** Whoever wants to be told what broke. */
export interface Notices {
  /** @throws whatever kept the message from being taken: nobody has been told then. */
  publish(notice: Notice): Promise<void>;
}
