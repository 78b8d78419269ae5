import { inspect } from "node:util";
import { expect, it } from "vitest";
import { Token } from "../../../lib/application/ports/token-source.ts";

it("a token is revealed to whoever asks for it by that name, and to nobody else", () => {
  const token = new Token("secret_of_1003");

  const printed = [token.reveal(), String(token), JSON.stringify({ token }), inspect({ token })];

  expect(printed).toEqual(["secret_of_1003", "[token]", '{"token":"[token]"}', "{ token: [token] }"]);
});
