import type { CampaignTable } from "../../application/ports/campaign-table.ts";
import type { Clock } from "../../application/ports/clock.ts";
import type { Dispatcher } from "../../application/ports/dispatcher.ts";
import type { History } from "../../application/ports/history.ts";
import type { StateTable } from "../../application/ports/state-table.ts";
import type { TokenShelf } from "../../application/ports/token-shelf.ts";

/** What a person sees and types. */
export interface Terminal {
  /** Standard output. */
  print(text: string): void;
  /** Standard error. */
  complain(text: string): void;
  /** Whether standard output is a terminal: only then is there colour. */
  readonly isTerminal: boolean;
  /** How wide lines may be. */
  readonly columns: number;
  /** The whole of standard input. */
  input(): Promise<string>;
  /** One line typed without echo where standard input is a terminal; else the whole of standard input. */
  secret(prompt: string): Promise<string>;
}

export type Variables = Readonly<Record<string, string | undefined>>;

/** Which Doorman a command works on, as typed. */
export interface PlaceChoice {
  readonly local?: boolean | undefined;
  readonly aws?: boolean | undefined;
  readonly folder?: string | undefined;
  readonly campaignsTable?: string | undefined;
  readonly stateTable?: string | undefined;
  readonly historyTable?: string | undefined;
  readonly queueUrl?: string | undefined;
}

/** What Doorman itself keeps, where one runs. */
export interface Workings {
  readonly state: StateTable;
  readonly history: History;
  readonly dispatcher: Dispatcher;
}

/** The Doorman, or the plain folder, that a command works on. */
export interface Place {
  readonly campaigns: CampaignTable;
  /** Undefined for a folder: nothing runs there. */
  readonly workings: Workings | undefined;
  /** Where tokens are put; or why they cannot be put here, in one sentence. */
  readonly tokens: TokenShelf | string;
  /** What happens after a record has changed. */
  readonly afterwards: string;
  /** What it means if nothing answers there, in one sentence. */
  readonly unreachable: string;
  /** Lets go of connections, so that the process ends at once. */
  close(): void;
}

/** Everything that a command has from outside, so that a test can be the outside. */
export interface Surroundings {
  readonly variables: Variables;
  /** Where the person stands: files are named from there. */
  readonly folder: string;
  readonly clock: Clock;
  readonly terminal: Terminal;
  readonly fingerprint: (text: string) => string;
  /** Loads what the choice needs. @returns what opens the place, and throws a Refusal if the choice makes no sense. */
  open(choice: PlaceChoice): Promise<() => Place>;
}
