import { createHash } from "node:crypto";
import { Token, type TokenSource } from "../../application/ports/token-source.ts";
import type { StoreId } from "../../domain/identifiers.ts";
import { failure, success } from "../../domain/result.ts";

/** A store's token, and the deployment it belongs to where one is named. */
interface FixedSecret {
  readonly token: string;
  readonly deployment?: string | undefined;
}

/**
 * @param secrets by store id; read at every call, so that a changed map is a changed secret.
 * @returns tokens held in memory. The version is a digest of the token, so that a new one counts as new after a restart too.
 */
export function createFixedTokenSource(secrets: ReadonlyMap<StoreId, FixedSecret>): TokenSource {
  return {
    async read(storeId) {
      const secret = secrets.get(storeId);
      if (secret === undefined)
        return failure({ kind: "no-secret", message: `Store ${storeId} has no token here. Give it one.`, again: false });
      const version = createHash("sha256").update(secret.token).digest("hex").slice(0, 16);
      return success({ token: new Token(secret.token), version, deployment: secret.deployment });
    },
    forget: () => undefined,
  };
}
