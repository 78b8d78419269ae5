import type { StoreId } from "../../domain/identifiers.ts";
import type { Result } from "../../domain/result.ts";

/** Where stores' tokens are kept, for whoever adds a store. */
export interface TokenShelf {
  /**
   * Puts a store's token in place of any that was there.
   *
   * @param typed as a person gave it: the bare token or `{"token": "…"}`, with white space around it.
   * @returns whether there was one before; or one sentence, which quotes nothing of the token.
   */
  put(storeId: StoreId, typed: string): Promise<Result<"added" | "replaced", string>>;
}
