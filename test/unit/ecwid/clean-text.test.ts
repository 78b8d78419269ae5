import { describe, expect, it } from "vitest";
import { createTextCleaner } from "../../../lib/adapters/ecwid/clean-text.ts";

describe("foreign text made fit for logs", () => {
  it("loses the token, whatever it looks like, wherever it stands", () => {
    const clean = createTextCleaner("tok.en+1");

    expect(clean("tok.en+1 and Bearer=tok.en+1!")).toBe("[token] and Bearer=[token]!");
  });

  it("loses whatever else looks like a token of Ecwid's", () => {
    const clean = createTextCleaner("tok.en+1");

    expect(clean("Secret_aB1 or public_x")).toBe("[token] or [token]");
  });

  it("keeps everything else where there is no token to take out", () => {
    expect(createTextCleaner("")("as it was")).toBe("as it was");
  });

  it("stands on one line without control characters", () => {
    expect(createTextCleaner("t0")("  one\r\ntwo\u0000\u001b[31m three ")).toBe("one two [31m three");
  });

  it("loses the token before the text is cut, so that no part of it is left", () => {
    const clean = createTextCleaner("tok.en+1");

    const cut = clean(`${"x".repeat(296)}tok.en+1`);

    expect(cut).toBe(`${"x".repeat(296)}[to…`);
  });
});
