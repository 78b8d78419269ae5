import { describe, expect, it } from "vitest";
import { performanceDocument, performancePictures, readPerformanceDocument, readPicture } from "../../bench/document.ts";
import { readKept } from "../../bench/kept.ts";
import { MEASURES } from "../../bench/registry.ts";

describe("docs/performance.md", () => {
  it("says what the kept figures come to (else: npm run bench -- --document)", () => {
    expect(readPerformanceDocument()).toBe(performanceDocument());
  });

  it("has the pictures that they make", () => {
    const pictures = performancePictures();

    expect(pictures.length).toBeGreaterThan(0);
    for (const { name, svg } of pictures) expect(readPicture(name), name).toBe(svg);
  });

  it.each(MEASURES.map((measure) => [measure.name, measure] as const))("has a section for %s", (name, { title }) => {
    expect(readKept(name)).toBeDefined();
    expect(readPerformanceDocument()).toContain(`## ${title}`);
  });
});
