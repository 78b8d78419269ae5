import {
  CreateSecretCommand,
  PutSecretValueCommand,
  ResourceExistsException,
  type SecretsManagerClient,
  SecretsManagerServiceException,
} from "@aws-sdk/client-secrets-manager";
import type { TokenShelf } from "../../application/ports/token-shelf.ts";
import { failure, success } from "../../domain/result.ts";
import { tokenIn } from "./secret-content.ts";

/** @param prefix what stands before the store id in a secret's name. @returns the shelf in Secrets Manager. */
export function createSecretsManagerTokenShelf({
  client,
  prefix = "doorman/stores/",
}: {
  readonly client: SecretsManagerClient;
  readonly prefix?: string | undefined;
}): TokenShelf {
  return {
    async put(storeId, typed) {
      const token = tokenIn(typed);
      if (!token.ok) return failure(`the token was not put: ${token.failure}`);
      const name = `${prefix}${storeId}`;
      try {
        return success(await write(client, name, token.value));
      } catch (error) {
        return failure(`the secret ${name} could not be written (${causeOf(error)})`);
      }
    },
  };
}

async function write(client: SecretsManagerClient, name: string, token: string): Promise<"added" | "replaced"> {
  try {
    await client.send(new CreateSecretCommand({ Name: name, SecretString: token }));
    return "added";
  } catch (error) {
    if (!(error instanceof ResourceExistsException)) throw error;
    await client.send(new PutSecretValueCommand({ SecretId: name, SecretString: token }));
    return "replaced";
  }
}

/** Only the service's own words: another error's may quote what was sent. */
function causeOf(error: unknown): string {
  if (error instanceof SecretsManagerServiceException) return `${error.name}: ${error.message}`;
  if (!(error instanceof Error)) return "unknown error";
  return "code" in error && typeof error.code === "string" ? error.code : error.name;
}
