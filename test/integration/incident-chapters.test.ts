import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { CHAPTERS, sectionOf } from "../support/incidents/document.ts";

const DOCUMENT = new URL("../../docs/incidents.md", import.meta.url);

// One test a chapter, as `npm run mutation` asks them one by one; incidents.test.ts compares the whole.
it.each(CHAPTERS.map((tell, index) => ({ tell, index })))(
  "chapter $index of the documentation is what people are told",
  async ({ tell, index }) => {
    const section = sectionOf(await tell(), index);

    expect(readFileSync(DOCUMENT, "utf8")).toContain(section);
  },
);
