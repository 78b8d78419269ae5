import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { Clock } from "../../../../lib/application/ports/clock.ts";
import { plus } from "../../../../lib/domain/instant.ts";
import { underWay } from "./invocation.ts";
import { LATENCY_MS } from "./latencies.ts";

/** @returns a client that answers by itself, without a network, and counts its calls. */
export function secretsStandIn(tokens: ReadonlyMap<string, string>, clock: Clock): SecretsManagerClient {
  const client = new SecretsManagerClient({ region: "us-east-1", credentials: { accessKeyId: "local", secretAccessKey: "local" } });
  client.middlewareStack.add(
    () => async (args) => {
      underWay.getStore()?.add("secretCalls", 1);
      await clock.sleepUntil(plus(clock.now(), LATENCY_MS.secrets));
      const { SecretId = "" } = args.input as { readonly SecretId?: string };
      const token = tokens.get(SecretId.slice(SecretId.lastIndexOf("/") + 1));
      return { response: {}, output: { $metadata: {}, SecretString: token, VersionId: "1", Tags: [] } };
    },
    { step: "initialize", priority: "high", name: "answer" },
  );
  return client;
}
