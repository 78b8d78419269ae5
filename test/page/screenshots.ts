import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import { type Browser, chromium } from "playwright-core";
import { pageOf } from "../../lib/cli/page/page.ts";
import { DAY, type Instant, parseInstant, plus } from "../../lib/domain/instant.ts";
import { SAMPLE_NOW, samplePlans } from "../support/sample-plan.ts";

/**
 * Opens pages of sample plans from disk in a real browser: nothing may scroll sideways, axe may find nothing, no request may be made. Not
 * part of `npm test`, because not every machine has a browser. `CHROMIUM_PATH` names one; `DOORMAN_SCREENSHOTS` a folder for the pictures.
 */
const EXECUTABLE = process.env["CHROMIUM_PATH"] ?? "/usr/bin/chromium";
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const SIZES = [
  { width: 375, height: 812 },
  { width: 1440, height: 900 },
];
const SCHEMES = ["light", "dark"] as const;
const SPANS: Readonly<Record<string, readonly [from: Instant, days: number]>> = {
  weeks: [SAMPLE_NOW, 42],
  week: [parseInstant("2026-10-30T00:00:00Z"), 7],
  friday: [parseInstant("2026-11-24T05:00:00Z"), 7],
  day: [parseInstant("2026-11-01T00:00:00Z"), 1],
};
const PATIENCE_MS = 120_000;

interface View {
  readonly name: string;
  readonly file: string;
  readonly folder: string;
  readonly viewport: (typeof SIZES)[number];
  readonly colorScheme: (typeof SCHEMES)[number];
}

/** @returns what is wrong with the page as it is seen so, a sentence each. */
async function lookAt(browser: Browser, { name, file, folder, viewport, colorScheme }: View): Promise<readonly string[]> {
  // The page's own policy would keep axe out; that nothing else gets in is looked at first.
  const context = await browser.newContext({ viewport, colorScheme, bypassCSP: true });
  context.setDefaultTimeout(PATIENCE_MS);
  const requests: string[] = [];
  const page = await context.newPage();
  page.on("request", (request) => requests.push(request.url()));
  const url = pathToFileURL(file).href;
  await page.goto(url);
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
  const { wide, shown } = await page.evaluate<{ wide: number; shown: number }>(
    "({ wide: document.documentElement.scrollWidth, shown: document.documentElement.clientWidth })",
  );
  await page.evaluate(axe.source);
  const found = await page.evaluate<axe.AxeResults>("axe.run(document, { resultTypes: ['violations'] })");
  await context.close();
  return [
    ...(wide > shown ? [`${name}: the page is ${wide} pixels wide and scrolls sideways in ${shown}`] : []),
    ...requests.filter((each) => each !== url).map((each) => `${name}: asks for ${each}`),
    ...found.violations.map(
      ({ id, help, nodes }) =>
        `${name}: ${id}: ${help}: ${nodes
          .map(({ html }) => html)
          .slice(0, 3)
          .join(" ")}`,
    ),
  ];
}

async function lookAtAll(): Promise<readonly string[]> {
  const folder = process.env["DOORMAN_SCREENSHOTS"] ?? mkdtempSync(join(tmpdir(), "doorman-page-"));
  const browser = await chromium.launch({ executablePath: EXECUTABLE, args: FLAGS, timeout: PATIENCE_MS });
  const troubles: string[] = [];
  for (const [title, [from, days]] of Object.entries(SPANS)) {
    const file = join(folder, `${title}.html`);
    writeFileSync(file, [...pageOf(samplePlans(from, plus(from, days * DAY)), { now: SAMPLE_NOW })].join(""));
    for (const viewport of SIZES) {
      for (const colorScheme of SCHEMES) {
        const name = `${title}-${viewport.width}-${colorScheme}`;
        troubles.push(...(await lookAt(browser, { name, file, folder, viewport, colorScheme })));
      }
    }
  }
  await browser.close();
  process.stdout.write(`Screenshots are in ${folder}.\n`);
  return troubles;
}

if (existsSync(EXECUTABLE)) {
  const troubles = await lookAtAll();
  for (const trouble of troubles) process.stderr.write(`${trouble}\n`);
  process.stdout.write(`${Object.keys(SPANS).length * SIZES.length * SCHEMES.length} views, ${troubles.length} troubles\n`);
  process.exitCode = troubles.length === 0 ? 0 : 1;
} else {
  process.stderr.write(`There is no browser at ${EXECUTABLE}: install chromium, or name one in CHROMIUM_PATH.\n`);
  process.exitCode = 1;
}
