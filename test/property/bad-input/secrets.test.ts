import type { SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import fc from "fast-check";
import { expect, it } from "vitest";
import { createSecretsManagerTokenSource } from "../../../lib/adapters/secrets/secrets-manager-token-source.ts";
import { storeId } from "../../../lib/domain/identifiers.ts";
import { parseInstant } from "../../../lib/domain/instant.ts";
import { damagedTexts } from "../../support/arbitrary-damage.ts";
import { CASES } from "./cases.ts";

const NOW = parseInstant("2026-11-27T10:00:00Z");
const SECRET = "secret_Q7w8E9r0T1y2";

const contents = fc.oneof(fc.constant(undefined), damagedTexts([SECRET, { token: SECRET }, { token: ` ${SECRET}\n`, note: "by ana" }]));

it(`whatever stands in a secret, reading it gives a token that may stand in a header, or a sentence that quotes nothing of it (${CASES} cases)`, async () => {
  await fc.assert(
    fc.asyncProperty(contents, async (content) => {
      const client = { send: async () => ({ SecretString: content, VersionId: "v1" }) } as unknown as SecretsManagerClient;
      const source = createSecretsManagerTokenSource({ client, clock: { now: () => NOW } });

      const reading = await source.read(storeId("1003"));

      if (reading.ok) {
        expect(reading.value.token.reveal()).toMatch(/^[\x21-\x7e]+$/);
        expect(JSON.stringify(reading)).not.toContain("Q7w8E9");
        return;
      }
      expect(reading.failure.message).toMatch(
        /^The secret doorman\/stores\/1003 cannot be used: .+\. Put the store's Ecwid token there, .+\.$/,
      );
      expect(reading.failure.message).not.toContain("Q7w8E9");
    }),
    { numRuns: CASES },
  );
}, 600_000);
