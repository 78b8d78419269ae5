import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  ResourceNotFoundException,
  type SecretsManagerClient,
  SecretsManagerServiceException,
} from "@aws-sdk/client-secrets-manager";
import type { Clock } from "../../application/ports/clock.ts";
import { Token, type TokenFailure, type TokenReading, type TokenSource } from "../../application/ports/token-source.ts";
import type { StoreId } from "../../domain/identifiers.ts";
import { MINUTE } from "../../domain/instant.ts";
import type { Result } from "../../domain/result.ts";
import { failure, success } from "../../domain/result.ts";
import { createReadingCache } from "./reading-cache.ts";
import { tokenIn } from "./secret-content.ts";

const DEPLOYMENT_TAG = "doorman:deployment";

type Reading = Result<TokenReading, TokenFailure>;

interface SecretsManagerTokenSourceOptions {
  readonly client: SecretsManagerClient;
  readonly clock: Pick<Clock, "now">;
  /** What stands before the store id in a secret's name. Default: `doorman/stores/`. */
  readonly prefix?: string | undefined;
  /** How long a reading serves. Default: five minutes. */
  readonly cachedMs?: number | undefined;
  /** Whether to read the tag that says which deployment a store belongs to. Costs a second call. Default: no. */
  readonly readsDeployment?: boolean | undefined;
}

/** @returns the stores' tokens from Secrets Manager: the secret `<prefix><store id>`. A failed reading is not cached. */
export function createSecretsManagerTokenSource(options: SecretsManagerTokenSourceOptions): TokenSource {
  const { client, clock, prefix = "doorman/stores/", cachedMs = 5 * MINUTE, readsDeployment = false } = options;
  const cache = createReadingCache<StoreId, Reading>({ clock, keptMs: cachedMs, isKept: (reading) => reading.ok });

  return {
    read: (storeId) => cache.get(storeId, () => readSecret(client, `${prefix}${storeId}`, readsDeployment)),
    forget: (storeId) => cache.forget(storeId),
  };
}

async function readSecret(client: SecretsManagerClient, name: string, readsDeployment: boolean): Promise<Reading> {
  try {
    const secret = await client.send(new GetSecretValueCommand({ SecretId: name }));
    const token = tokenIn(secret.SecretString);
    if (!token.ok) return failure(unusable(name, token.failure));
    const deployment = readsDeployment ? await deploymentOf(client, name) : undefined;
    return success({ token: new Token(token.value), version: secret.VersionId ?? "unknown", deployment });
  } catch (error) {
    return failure(error instanceof ResourceNotFoundException ? missing(name) : unreachable(name, error));
  }
}

async function deploymentOf(client: SecretsManagerClient, name: string): Promise<string | undefined> {
  const { Tags = [] } = await client.send(new DescribeSecretCommand({ SecretId: name }));
  return Tags.find(({ Key }) => Key === DEPLOYMENT_TAG)?.Value;
}

function missing(name: string): TokenFailure {
  return {
    kind: "no-secret",
    message: `There is no secret ${name}. Put the store's Ecwid token there, bare or as {"token": "…"}.`,
    again: false,
  };
}

function unusable(name: string, problem: string): TokenFailure {
  const message = `The secret ${name} cannot be used: ${problem}. Put the store's Ecwid token there, bare or as {"token": "…"}.`;
  return { kind: "unusable-secret", message, again: false };
}

function unreachable(name: string, error: unknown): TokenFailure {
  return { kind: "unreachable", message: `The secret ${name} could not be read (${causeOf(error)}).`, again: true };
}

/** Only the service's own words are quoted: those of a reply that could not be parsed may hold a piece of the secret. */
function causeOf(error: unknown): string {
  if (error instanceof SecretsManagerServiceException) return `${error.name}: ${error.message}`;
  return error instanceof Error ? error.name : "unknown error";
}
