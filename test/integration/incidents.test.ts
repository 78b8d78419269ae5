import { readFileSync, writeFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { type Chapter, chapters, documentOf } from "../support/incidents/document.ts";
import { SCENES } from "../support/incidents/scenes.ts";
import { TOKEN } from "../support/world.ts";

const DOCUMENT = new URL("../../docs/incidents.md", import.meta.url);

let all: readonly Chapter[];
beforeAll(async () => {
  all = await chapters();
});

describe("what people are told", () => {
  it("stands in the documentation as the code says it (DOORMAN_WRITE_DOCS=1 writes it anew)", () => {
    const text = documentOf(all);

    if (process.env["DOORMAN_WRITE_DOCS"] === "1") writeFileSync(DOCUMENT, text);

    expect(readFileSync(DOCUMENT, "utf8")).toBe(text);
  });

  it.each(SCENES.map(({ title }, index) => ({ title, index })))(
    "says what and who first, then until when, then what the marketer can do: $title",
    ({ index }) => {
      const [what, ...rest] = (all[index]?.notice.text ?? "").split("\n\n");
      const [first = ""] = (what ?? "").split("\n");

      expect(first).toMatch(/^(Store 1003|All stores): /);
      expect(what).toMatch(
        /(Wrong now, .*until|Perhaps wrong now, .*until|Nothing is wrong for customers yet|It runs as it was before the last edit: open from .* until )/s,
      );
      expect(rest[0]).toMatch(
        /^(WHAT YOU CAN DO IN ECWID|FOR WHOEVER LOOKS AFTER DOORMAN \(forward this message\): shop-tech@agency\.example, \+49 30 1234567)\n1\. /,
      );
      expect(rest.join("\n\n")).toMatch(/WHAT DOORMAN DOES BY ITSELF\n- .*WHO IS AFFECTED\nStore 1003\n.*Runbook: docs\/runbook\.md#/s);
    },
  );

  it("fits a subject line, a mail and a chat, and holds no token", () => {
    for (const { notice } of all) {
      expect(notice.subject).toMatch(/^[ -~]{1,99}$/);
      expect(Buffer.byteLength(notice.text)).toBeLessThan(10_000);
      expect(notice.text).not.toContain(TOKEN);
      const prose = notice.text.split("\n").filter((line) => !line.startsWith("     "));
      expect(prose.filter((line) => line.length > 92)).toEqual([]);
    }
  });
});
