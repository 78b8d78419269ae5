import { beforeEach, describe, expect, it } from "vitest";
import { sale } from "../../../support/world.ts";
import { createDesk, type Desk, type Ended } from "../desk.ts";
import { FIELD_MUTATIONS, STRAY_FIELDS } from "./field-mutations.ts";
import { DAMAGED_FILES } from "./file-mutations.ts";
import { fileText, Literal, type Mutation, placeText } from "./mutation.ts";
import { RECORD_MUTATIONS } from "./record-mutations.ts";

const MUTATIONS = [...FIELD_MUTATIONS, ...STRAY_FIELDS, ...RECORD_MUTATIONS];
const REMEDY = /\b(?:write|did you mean|name|make|put|leave|add|choose|keep|shorten|save|take|close|use|move|check|let|look|indent)\b/;
const LONGEST_LINE = 600;

let desk: Desk;
beforeEach(() => {
  desk = createDesk();
});

function title({ place, value, expected }: Mutation): string {
  const shown = value instanceof Literal ? value.json : (JSON.stringify(value) ?? "nothing");
  return `${expected === "good" ? "good: " : ""}${placeText(place) || "the record"} = ${shown.length > 60 ? `${shown.slice(0, 60)}…` : shown}`;
}

/** What of a value a person would look for in the message; undefined where any words will do. */
function shownOf({ value, shown }: Mutation): string | undefined {
  if (shown !== undefined) return shown;
  if (value === undefined) return undefined;
  if (value === null || typeof value === "number" || typeof value === "boolean") return String(value);
  if (value instanceof Literal || typeof value === "object") return undefined;
  return /^[ -~]*$/.test(value) ? value.slice(0, 20) : undefined;
}

interface Problem {
  readonly where: string;
  readonly path: string;
  readonly message: string;
}

function problemsOf({ json }: Ended): readonly Problem[] {
  return (json() as { readonly problems: readonly Problem[] }).problems;
}

function expectOneLineEach(err: string): void {
  expect(err).not.toMatch(/\n\s+at |RangeError|TypeError|ReferenceError|\[object |undefined:/);
  for (const line of err.trimEnd().split("\n")) {
    expect(line).toMatch(/^[^\p{Cc}\p{Cs}\u200b\u202a-\u202e\u2028\u2029]*$/u);
    expect(line.length).toBeLessThanOrEqual(LONGEST_LINE);
  }
}

async function keptAfterPut(file: string) {
  const ended = await desk.run(["campaign", "put", file]);
  const kept: string[] = [];
  for await (const { campaignId } of desk.world.campaigns.all()) kept.push(campaignId);
  return { ended, kept };
}

describe.each(["json", "yaml"] as const)("a campaign file in %s that was changed in one place", (format) => {
  it.each(MUTATIONS.map((mutation) => [title(mutation), mutation] as const))("%s", async (_title, mutation) => {
    const text = fileText(mutation, format);
    const file = desk.file(`campaign.${format}`, text);

    const checked = await desk.run(["campaign", "validate", file, "--json"]);
    const { ended, kept } = await keptAfterPut(file);

    if (mutation.expected === "good") {
      expect(checked).toMatchObject({ code: 0, err: "" });
      expect({ code: ended.code, isKept: kept.length > 0 }).toEqual({ code: 0, isKept: true });
      return;
    }
    expect([checked.code, ended.code, kept]).toEqual([1, 1, []]);
    expectOneLineEach(checked.err);
    expectOneLineEach(ended.err);
    expect(ended.err).toContain(file);
    expect(ended.err).toMatch(REMEDY);
    if (checked.err.startsWith("doorman: ")) return expectFileToBeRefused(text, mutation, checked.err);
    const expected = mutation.expected ?? placeText(mutation.place);
    const found = problemsOf(checked).filter(
      ({ path }) => path === expected || path.startsWith(`${expected}[`) || path.startsWith(`${expected}.`),
    );
    const strays = STRAY_FIELDS.includes(mutation) ? problemsOf(checked) : found;
    expect(strays).not.toEqual([]);
    for (const problem of problemsOf(checked)) {
      expect(problem.where).toContain(file);
      expect(problem.message).toMatch(REMEDY);
    }
    const shown = shownOf(mutation);
    if (shown !== undefined && !STRAY_FIELDS.includes(mutation))
      expect(found.some(({ message }) => message.replaceAll('\\"', '"').includes(shown))).toBe(true);
  });
});

/** Only a file that is too long for YAML is refused as a whole, and a record that is none. */
function expectFileToBeRefused(text: string, mutation: Mutation, err: string): void {
  if (text.length > 4 * 1_024 * 1_024) expect(err).toMatch(/at most 4 MB of YAML are read: make several files of it/);
  else expect(err).toContain(mutation.shown);
}

describe("a campaign file that is damaged", () => {
  it.each(DAMAGED_FILES.map((damaged) => [`${damaged.file} ${damaged.name}`, damaged] as const))(
    "%s",
    async (_title, { file, content, says }) => {
      desk.file(file, content);

      const checked = await desk.run(["campaign", "validate", file]);
      const { ended, kept } = await keptAfterPut(file);
      const inFolder = await desk.run(["campaign", "list", "--folder", "."]);

      if (says === "good") {
        expect(checked).toMatchObject({ code: 0, err: "" });
        expect(ended).toMatchObject({ code: 0, err: "" });
        expect(inFolder).toMatchObject({ code: 0, err: "" });
        return;
      }
      expect([checked.code, ended.code, kept]).toEqual([1, 1, []]);
      for (const { err } of [checked, ended, inFolder]) expectOneLineEach(err);
      for (const { err } of [checked, ended]) expect(err).toMatch(says);
      expect(checked.err).toContain(file);
      expect(checked.err).toMatch(REMEDY);
      // What is no record at all stops the folder, and says which file it is; a record that is wrong in itself is listed as invalid.
      if (inFolder.code !== 0) expect(inFolder.err).toContain(file);
    },
  );
});

describe("a changed record in the table", () => {
  it.each(MUTATIONS.filter(({ place }) => place.length > 0).map((mutation) => [title(mutation), mutation] as const))(
    "%s stops no other and keeps the last good version",
    async (_title, mutation) => {
      const { campaigns, put, status } = desk.world;
      await put(sale());
      const changed: unknown = JSON.parse(fileText(mutation, "json"));
      const item = { ...(changed as ReturnType<typeof sale>), storeId: "1003", campaignId: "changed" };

      await put(item);

      expect(await status("sale")).toMatchObject({ state: "SCHEDULED", problems: [] });
      expect((await campaigns.get("1003", "changed"))?.item["status"]).toMatchObject({ problems: expect.any(Array) });
    },
  );
});

it("at least two hundred changes are tried, and none of them twice", () => {
  const titles = MUTATIONS.map((mutation) => `${JSON.stringify(mutation.base)} ${title(mutation)} ${String(readSize(mutation))}`);

  expect(new Set(titles).size).toBe(MUTATIONS.length);
  expect(MUTATIONS.filter(({ expected }) => expected !== "good").length).toBeGreaterThan(200);
  expect(DAMAGED_FILES.length).toBeGreaterThan(50);
});

function readSize(mutation: Mutation): number {
  return fileText(mutation, "json").length;
}
