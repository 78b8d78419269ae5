/** What a call to Ecwid hands to the network. The token stands in `headers` and nowhere else. */
export interface FetchInit {
  readonly method: "GET" | "PUT";
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Never followed: a redirect would carry the token to an address nobody chose. */
  readonly redirect: "error";
  readonly signal: AbortSignal;
}

/** The part of a reply that the Ecwid edge reads. */
export interface FetchReply {
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
}

/** The network, as small as the Ecwid edge needs it. node-fetch satisfies it, and so does the simulated store without a network. */
export type Fetch = (url: string, init: FetchInit) => Promise<FetchReply>;
