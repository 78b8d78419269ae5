import { CreateSecretCommand, DeleteSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { tokenOf } from "./stores.ts";

function secretOf(storeId: string): string {
  return `doorman/stores/${storeId}`;
}

/** Puts each store's token where it takes nothing else to add the store: bare, or as JSON for the second, the fourth and so on. */
export async function putTokens(region: string, storeIds: readonly string[]): Promise<void> {
  const secrets = new SecretsManagerClient({ region });
  for (const [index, storeId] of storeIds.entries()) {
    const token = tokenOf(storeId);
    const SecretString = index % 2 === 0 ? token : JSON.stringify({ token });
    await secrets.send(new CreateSecretCommand({ Name: secretOf(storeId), SecretString }));
  }
  secrets.destroy();
}

/** Takes them away for good, so that the next run on the same endpoint finds none. */
export async function removeTokens(region: string, storeIds: readonly string[]): Promise<void> {
  const secrets = new SecretsManagerClient({ region });
  for (const storeId of storeIds)
    await secrets.send(new DeleteSecretCommand({ SecretId: secretOf(storeId), ForceDeleteWithoutRecovery: true }));
  secrets.destroy();
}
