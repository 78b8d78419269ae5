import { readFileSync, writeFileSync } from "node:fs";
import { expect, it } from "vitest";
import { RARE_NOTICES, rareNotice } from "../../support/incidents/rare-notices.ts";

const FIXTURE = new URL("../../fixtures/notices/rare-notices.txt", import.meta.url);

it("what people are told in rare situations is kept (DOORMAN_WRITE_DOCS=1 writes it anew: read what has changed in it)", () => {
  const text = RARE_NOTICES.map(rareNotice).join("");

  if (process.env["DOORMAN_WRITE_DOCS"] === "1") writeFileSync(FIXTURE, text);

  expect(readFileSync(FIXTURE, "utf8")).toBe(text);
});

it.each(RARE_NOTICES)("what people are told in a rare situation is what was read before: $title", (notice) => {
  expect(readFileSync(FIXTURE, "utf8")).toContain(rareNotice(notice));
});
