import type { StoreId } from "../../domain/identifiers.ts";
import type { Result } from "../../domain/result.ts";

/** A store's token. It prints, logs and serialises as `[token]`; only the Ecwid adapter reveals it, into a request header. */
export class Token {
  readonly #secret: string;

  constructor(secret: string) {
    this.#secret = secret;
  }

  reveal(): string {
    return this.#secret;
  }

  toString(): string {
    return "[token]";
  }

  toJSON(): string {
    return "[token]";
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return "[token]";
  }
}

export interface TokenReading {
  readonly token: Token;
  /** Changes whenever somebody puts a new secret: a refused token is tried again only then. */
  readonly version: string;
  /** The deployment that the secret's tag `doorman:deployment` names; another than ours refuses writes. */
  readonly deployment?: string | undefined;
}

/** `again` says whether trying again by itself can help. */
export type TokenFailure =
  | { readonly kind: "no-secret"; readonly message: string; readonly again: false }
  | { readonly kind: "unusable-secret"; readonly message: string; readonly again: false }
  | { readonly kind: "unreachable"; readonly message: string; readonly again: true };

export interface TokenSource {
  /** Cached for a while. */
  read(storeId: StoreId): Promise<Result<TokenReading, TokenFailure>>;
  /** Drops what is cached for the store: Ecwid refused it. */
  forget(storeId: StoreId): void;
}
