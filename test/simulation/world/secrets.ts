import type { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { createSecretsManagerTokenSource } from "../../../lib/adapters/secrets/secrets-manager-token-source.ts";
import type { Clock } from "../../../lib/application/ports/clock.ts";
import type { TokenSource } from "../../../lib/application/ports/token-source.ts";
import { type Gate, ServiceFailure } from "./gate.ts";
import type { Machine } from "./machine.ts";
import type { Troubles } from "./troubles.ts";

/** The secrets as Secrets Manager holds them: a text and a version for each store. */
export interface Secrets {
  put(storeId: string, token: string): void;
  get(storeId: string): string | undefined;
  /** @returns the shipped token source with its cache, over these secrets, for one machine. */
  sourceFor(machine: Machine, clock: Clock): TokenSource;
}

const PREFIX = "doorman/stores/";

export function createSecrets(gate: Gate, troubles: Troubles): Secrets {
  const held = new Map<string, { readonly text: string; readonly version: number }>();

  const read = async (storeId: string) => {
    if (troubles.inForce("secret-unreachable", storeId) !== undefined) {
      troubles.count("secret unreachable");
      throw new ServiceFailure("Secrets Manager does not answer");
    }
    const secret = held.get(storeId);
    if (secret === undefined) throw new TypeError(`store ${storeId} has no secret in this plan`);
    return { SecretString: secret.text, VersionId: `version-${secret.version}` };
  };
  return {
    put: (storeId, text) => void held.set(storeId, { text, version: (held.get(storeId)?.version ?? 0) + 1 }),
    get: (storeId) => held.get(storeId)?.text,
    sourceFor(machine, clock) {
      const send = (command: { readonly input: { readonly SecretId?: string } }) => {
        const storeId = (command.input.SecretId ?? "").slice(PREFIX.length);
        return gate(machine, { name: `secret ${storeId}`, isTable: false, effect: () => read(storeId) });
      };
      return createSecretsManagerTokenSource({ client: { send } as unknown as SecretsManagerClient, clock, prefix: PREFIX });
    },
  };
}
