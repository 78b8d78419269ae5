import type { SimulatedCall } from "./simulated-call.ts";

/** Something that goes wrong with one request. `before` and `after` mean the request's effect on the store. */
export type Fault =
  /** Answers with this status instead; `before`: nothing was done. `body` replaces Ecwid's form of an error. */
  | {
      readonly kind: "status";
      readonly status: number;
      readonly when: "before" | "after";
      readonly errorCode?: string;
      /** Seconds, or an HTTP date. */
      readonly retryAfter?: string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    }
  /** The connection ends without a reply. */
  | { readonly kind: "drop"; readonly when: "before" | "after" }
  /** The reply comes this much later; the effect is at once, or only at the end. */
  | { readonly kind: "slow"; readonly delayMs: number; readonly effect: "at-once" | "at-the-end" }
  /** Reads see the store as it was before its last change. */
  | { readonly kind: "stale" }
  /** The effect is there, the reply is cut in the middle of its JSON. */
  | { readonly kind: "malformed" };

/** Asked for each request; undefined lets it pass. */
export type Faults = (call: SimulatedCall) => Fault | undefined;
