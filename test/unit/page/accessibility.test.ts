import axe from "axe-core";
import { JSDOM } from "jsdom";
import { describe, expect, it } from "vitest";
import { pageOf, type StorePlan } from "../../../lib/cli/page/page.ts";
import { DARK, LIGHT, type Palette, SHAPE_PAIRS, TEXT_PAIRS } from "../../../lib/cli/page/palette.ts";
import { DAY, parseInstant, plus } from "../../../lib/domain/instant.ts";
import { planOf, SAMPLE_NOW, samplePlans } from "../../support/sample-plan.ts";

const HALLOWEEN = parseInstant("2026-10-31T00:00:00Z");
const PAGES: Readonly<Record<string, readonly StorePlan[]>> = {
  "of six weeks": samplePlans(SAMPLE_NOW, plus(SAMPLE_NOW, 42 * DAY)),
  "of a weekend on which the clocks are changed": samplePlans(HALLOWEEN, plus(HALLOWEEN, 2 * DAY)),
  "of one store without campaigns": [planOf("1003", "UTC", [], { from: SAMPLE_NOW, to: plus(SAMPLE_NOW, DAY) })],
};

async function violationsOf(stores: readonly StorePlan[], mostTargets?: number): Promise<readonly string[]> {
  const { window } = new JSDOM([...pageOf(stores, { now: SAMPLE_NOW, mostTargets })].join(""), {
    runScripts: "outside-only",
    pretendToBeVisual: true,
  });
  window.eval(axe.source);
  // Contrast takes a layout: it is worked out from the palette below, and in a browser by `npm run test:page`.
  const run = window.eval("axe.run(document, { rules: { 'color-contrast': { enabled: false } } })") as Promise<axe.AxeResults>;
  const { violations } = await run;
  window.close();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`);
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const part = Number.parseInt(colour.slice(start, start + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG 2.2, "contrast ratio". */
function contrast(one: string, other: string): number {
  const [brighter = 0, darker = 0] = [luminance(one), luminance(other)].toSorted((first, second) => second - first);
  return (brighter + 0.05) / (darker + 0.05);
}

function tooWeak(palette: Palette, pairs: typeof TEXT_PAIRS, least: number): readonly string[] {
  return pairs
    .map(([front, behind]) => ({ front, behind, ratio: contrast(palette[front], palette[behind]) }))
    .filter(({ ratio }) => ratio < least)
    .map(({ front, behind, ratio }) => `${front} on ${behind}: ${ratio.toFixed(2)}`);
}

describe("axe finds nothing wrong with a page", () => {
  it.each(Object.entries(PAGES))("%s", async (_name, stores) => {
    expect(await violationsOf(stores)).toEqual([]);
  });

  it("on which something is left out", async () => {
    expect(await violationsOf(samplePlans(SAMPLE_NOW, plus(SAMPLE_NOW, 42 * DAY)), 1)).toEqual([]);
  });
});

describe.each([
  ["light", LIGHT],
  ["dark", DARK],
])("the %s palette", (_name, palette) => {
  it("has a contrast of 4.5 and more for all that is read", () => {
    expect(tooWeak(palette, TEXT_PAIRS, 4.5)).toEqual([]);
  });

  it("has a contrast of 3 and more for all that is seen", () => {
    expect(tooWeak(palette, SHAPE_PAIRS, 3)).toEqual([]);
  });
});

describe("the measure of contrast", () => {
  it("is 21 for black on white, as WCAG defines it, and finds what is too weak", () => {
    expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 5);
    expect(tooWeak({ ...LIGHT, faint: "#999999" }, [["faint", "card"]], 4.5)).toEqual(["faint on card: 2.85"]);
  });
});
