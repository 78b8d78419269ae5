/**
 * Everything that can go wrong in a call to Ecwid, as a closed set. Made only at the Ecwid edge; nothing above it sees an HTTP status.
 * Sources: Ecwid's REST API error codes page and rate limits page. `message` is what Ecwid said, for people; it never holds a token.
 */
export type EcwidFailure =
  /** 429, or any reply with `Retry-After`: the store's token is refused for that long. */
  | { readonly kind: "rate-limited"; readonly retryAfterMs: number }
  /** 403 `INVALID_API_TOKEN`, or 401: the token is dead; every further call counts towards a ban of our address. */
  | { readonly kind: "token-rejected"; readonly message: string }
  /** 403 `INSUFFICIENT_APP_SCOPE`. */
  | { readonly kind: "scope-missing"; readonly message: string }
  /** 403 `*_FEATURE_NOT_AVAILABLE`: the plan lacks this kind of discount. */
  | { readonly kind: "feature-unavailable"; readonly code: string; readonly message: string }
  /** 402: plan without API, or store suspended. */
  | { readonly kind: "store-paused"; readonly code: string; readonly message: string }
  /** 404 for the coupon or promotion, or absent from a complete list. */
  | { readonly kind: "target-missing"; readonly message: string }
  /** 422 `READ_ONLY_PROMOTION_FIELD_CHANGE`: managed in Retail POS. */
  | { readonly kind: "read-only"; readonly message: string }
  /** 409. */
  | { readonly kind: "conflict"; readonly code: string; readonly message: string }
  /** 400, 405, 415, other 422 and unknown 4xx: the same call would be refused again. */
  | { readonly kind: "refused"; readonly code: string; readonly message: string }
  /** 5xx, 408, a lost connection or our own deadline: it may or may not have happened. */
  | {
      readonly kind: "outcome-unknown";
      readonly message: string;
      /** Whether no answer came at all. What Ecwid made of the call, and of the token, is then not known either. */
      readonly isUnheard?: boolean;
    }
  /** A 2xx reply that is not what the documentation says, or a list that could not be read to its end. */
  | { readonly kind: "unreadable-reply"; readonly message: string };
