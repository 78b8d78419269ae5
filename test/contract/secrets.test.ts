import { inspect } from "node:util";
import { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createFixedTokenSource } from "../../lib/adapters/memory/fixed-token-source.ts";
import { createSecretsManagerTokenSource } from "../../lib/adapters/secrets/secrets-manager-token-source.ts";
import type { TokenSource } from "../../lib/application/ports/token-source.ts";
import { type StoreId, storeId } from "../../lib/domain/identifiers.ts";
import { MINUTE, parseInstant } from "../../lib/domain/instant.ts";
import { createVirtualClock, type VirtualClock } from "../support/virtual-clock.ts";
import { type ServiceCall, type ServiceReply, type StandInService, startStandInService } from "./queue-and-secrets-service.ts";

const store = storeId("1003");
const noon = parseInstant("2026-11-27T12:00:00Z");
const noSecret: ServiceReply = { status: 400, body: { __type: "ResourceNotFoundException", Message: "Secrets Manager can't find it." } };

/** Secrets of the stand-in by name; a reply instead of a text is sent as it is. */
const secrets = new Map<string, string | ServiceReply>();
const tags = new Map<string, string>();

function answer({ operation, input }: ServiceCall): ServiceReply {
  const name = String(input["SecretId"]);
  const secret = secrets.get(name);
  if (secret === undefined) return noSecret;
  if (typeof secret !== "string") return secret;
  if (operation === "GetSecretValue")
    return { status: 200, body: { Name: name, SecretString: secret, VersionId: `version of ${secret.length}` } };
  const Value = tags.get(name);
  return {
    status: 200,
    body: {
      Name: name,
      Tags:
        Value === undefined
          ? []
          : [
              { Key: "team", Value: "x" },
              { Key: "doorman:deployment", Value },
            ],
    },
  };
}

describe("the tokens in Secrets Manager", { timeout: 60_000 }, () => {
  let service: StandInService;
  let client: SecretsManagerClient;
  let clock: VirtualClock;
  let source: TokenSource;
  beforeAll(async () => {
    service = await startStandInService(answer);
    client = new SecretsManagerClient({ ...service.configuration, retryMode: "standard", maxAttempts: 1 });
  }, 60_000);
  beforeEach(() => {
    secrets.clear();
    tags.clear();
    service.calls.length = 0;
    clock = createVirtualClock(noon);
    source = createSecretsManagerTokenSource({ client, clock });
  });
  afterAll(() => service.stop());

  const revealed = async (from = source) => {
    const reading = await from.read(store);
    return reading.ok ? reading.value.token.reveal() : reading.failure.kind;
  };

  it.each(["secret_abc", " secret_abc\n", '{"token":"secret_abc"}', '{ "token": " secret_abc ", "owner": "ana" }'])(
    "takes the token from %j",
    async (content) => {
      secrets.set("doorman/stores/1003", content);

      const reading = await source.read(store);

      expect(reading).toMatchObject({ ok: true, value: { version: `version of ${content.length}`, deployment: undefined } });
      expect(await revealed()).toBe("secret_abc");
    },
  );

  it("looks under the prefix handed in", async () => {
    secrets.set("staging/1003", "secret_abc");

    expect(await revealed(createSecretsManagerTokenSource({ client, clock, prefix: "staging/" }))).toBe("secret_abc");
  });

  it("says which secret is missing and what to put there", async () => {
    const reading = await source.read(store);

    expect(reading).toMatchObject({
      ok: false,
      failure: { kind: "no-secret", again: false, message: expect.stringContaining("doorman/stores/1003") },
    });
  });

  it.each([
    ["empty", " "],
    ["JSON of another form", '{"secret_hidden":"x"}'],
    ["JSON that is cut off", '{"token":"secret_hidden'],
    ["a JSON token that is no text", '{"token":["secret_hidden"]}'],
    ["a quoted token", '"secret_hidden"'],
    ["two words", "Bearer secret_hidden"],
    ["an empty JSON token", '{"token":"","also":"secret_hidden"}'],
  ])("refuses %s without showing anything of it", async (_name, content) => {
    secrets.set("doorman/stores/1003", content);

    const reading = await source.read(store);

    expect(reading).toMatchObject({
      ok: false,
      failure: { kind: "unusable-secret", again: false, message: expect.stringContaining("doorman/stores/1003") },
    });
    expect(inspect(reading, { depth: 9 })).not.toContain("hidden");
  });

  it("refuses a binary secret", async () => {
    secrets.set("doorman/stores/1003", { status: 200, body: { Name: "x", SecretBinary: "AAEC", VersionId: "1" } });

    expect(await revealed()).toBe("unusable-secret");
  });

  it("says that trying again may help when the service refuses or its reply is broken, and shows nothing of that reply", async () => {
    secrets.set("doorman/stores/1003", { status: 400, body: { __type: "AccessDeniedException", Message: "not allowed" } });
    const refused = await source.read(store);
    secrets.set("doorman/stores/1003", { status: 200, body: 'hidden {"SecretString":"secret_hidden' });
    const broken = await source.read(store);

    expect(refused).toMatchObject({
      ok: false,
      failure: { kind: "unreachable", again: true, message: expect.stringContaining("AccessDeniedException: not allowed") },
    });
    expect(broken).toMatchObject({ ok: false, failure: { kind: "unreachable", again: true } });
    expect(inspect(broken, { depth: 9 })).not.toContain("hidden");
  });

  it("says that trying again may help when the service cannot be reached", async () => {
    const nowhere = new SecretsManagerClient({ ...service.configuration, endpoint: "http://127.0.0.1:1", maxAttempts: 1 });

    expect(await revealed(createSecretsManagerTokenSource({ client: nowhere, clock }))).toBe("unreachable");
  });

  it("asks once for a store in five minutes, also for readers at the same time, and then again", async () => {
    secrets.set("doorman/stores/1003", "old");
    await Promise.all([source.read(store), source.read(store)]);
    secrets.set("doorman/stores/1003", "newer");
    await clock.advanceBy(5 * MINUTE - 1);
    const cached = await revealed();

    await clock.advanceBy(1);

    expect([cached, await revealed()]).toEqual(["old", "newer"]);
    expect(service.calls).toHaveLength(2);
  });

  it("caches for as long as handed in", async () => {
    secrets.set("doorman/stores/1003", "old");
    const brief = createSecretsManagerTokenSource({ client, clock, cachedMs: 10 });
    await brief.read(store);
    secrets.set("doorman/stores/1003", "newer");
    await clock.advanceBy(10);

    expect(await revealed(brief)).toBe("newer");
  });

  it("asks again for a forgotten store, and for no other", async () => {
    secrets.set("doorman/stores/1003", "old").set("doorman/stores/1004", "other");
    await source.read(store);
    await source.read(storeId("1004"));
    secrets.set("doorman/stores/1003", "newer");

    source.forget(store);
    await source.read(storeId("1004"));

    expect(await revealed()).toBe("newer");
    expect(service.calls).toHaveLength(3);
  });

  it("does not cache a failure", async () => {
    await source.read(store);
    secrets.set("doorman/stores/1003", "secret_abc");

    expect(await revealed()).toBe("secret_abc");
  });

  it("reads the deployment's tag with the secret and caches it with it, where that is asked for", async () => {
    secrets.set("doorman/stores/1003", "secret_abc").set("doorman/stores/1004", "secret_abc");
    tags.set("doorman/stores/1003", "production");
    const tagged = createSecretsManagerTokenSource({ client, clock, readsDeployment: true });

    const readings = [await tagged.read(store), await tagged.read(store), await tagged.read(storeId("1004"))];

    expect(readings.map((reading) => reading.ok && reading.value.deployment)).toEqual(["production", "production", undefined]);
    expect(service.calls.map(({ operation }) => operation)).toEqual([
      "GetSecretValue",
      "DescribeSecret",
      "GetSecretValue",
      "DescribeSecret",
    ]);
  });
});

describe("tokens handed in", () => {
  it("are given with their deployment, and a version that changes with the token and does not show it", async () => {
    const handedIn = new Map<StoreId, { token: string; deployment?: string }>([[store, { token: "secret_abc", deployment: "demo" }]]);
    const source = createFixedTokenSource(handedIn);

    const first = await source.read(store);
    handedIn.set(store, { token: "secret_def" });
    const second = await source.read(store);
    source.forget(store);
    const again = await source.read(store);

    if (!first.ok || !second.ok || !again.ok) throw new Error("no token");
    expect([first.value.token.reveal(), second.value.token.reveal()]).toEqual(["secret_abc", "secret_def"]);
    expect([first.value.deployment, second.value.deployment]).toEqual(["demo", undefined]);
    expect(first.value.version).not.toBe(second.value.version);
    expect(again.value.version).toBe(second.value.version);
    expect(first.value.version).not.toContain("abc");
  });

  it("are missing for a store without one", async () => {
    const reading = await createFixedTokenSource(new Map()).read(store);

    expect(reading).toMatchObject({ ok: false, failure: { kind: "no-secret", again: false } });
  });
});
