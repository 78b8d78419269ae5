import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { sale } from "../../support/world.ts";
import { createDesk } from "./desk.ts";

const BANNER = "\n> doorman@0.1.0 campaign\n> exec node scripts/with-node-24.mjs node scripts/doorman.mjs campaign get sale\n\n";

async function deskWithSale() {
  const desk = createDesk();
  await desk.world.put(sale());
  return desk;
}

describe("--output", () => {
  it.each([
    ["got.json", []],
    ["got.yaml", []],
    ["got.txt", ["--yaml"]],
  ])("campaign get writes %s, which can be put again", async (file, options) => {
    const desk = await deskWithSale();

    const got = await desk.run(["campaign", "get", "sale", "--output", file, ...options]);
    const text = readFileSync(join(desk.folder, file), "utf8");
    const put = await desk.run(["campaign", "put", "-", "--dry-run"], { input: text });

    expect(got).toMatchObject({ code: 0, out: `${file}: campaign sale of store 1003\n`, err: "" });
    expect(text.startsWith("{")).toBe(file === "got.json");
    expect(put.out).toContain("campaign sale of store 1003: unchanged");
    expect(readdirSync(desk.folder)).toEqual([file]);
  });

  it("export writes what import takes in", async () => {
    const desk = await deskWithSale();

    const { code } = await desk.run(["export", "--output", "all.json"]);
    const imported = await desk.run(["import", "all.json"]);

    expect(code).toBe(0);
    expect(imported).toMatchObject({ code: 0, err: "" });
  });

  it.each([
    [["export", "one.json", "--output", "two.json"], 2, /name one file/],
    [["export", "--output", "nowhere/all.json"], 1, /nowhere\/all\.json cannot be written \(ENOENT\)/],
    [["campaign", "get", "sale", "--output", ""], 2, /the file's name is empty/],
  ])("%j is refused with %i", async (words, code, message) => {
    const desk = await deskWithSale();

    const ended = await desk.run(words);

    expect(ended).toMatchObject({ code, out: "" });
    expect(ended.err).toMatch(message);
    expect(readdirSync(desk.folder)).toEqual([]);
  });
});

describe("a file that begins with what npm says of itself", () => {
  it.each([
    [["campaign", "put", "got.json"]],
    [["campaign", "put", "got.yaml"]],
    [["campaign", "put", "-"]],
    [["import", "got.json"]],
    [["campaign", "list", "--folder", "."]],
  ])("is known by %j", async (words) => {
    const desk = createDesk();
    const text = BANNER + JSON.stringify(sale());
    desk.file("got.json", text);
    desk.file("got.yaml", text);

    const { code, err } = await desk.run(words, { input: text });

    expect(code).toBe(1);
    expect(err).toMatch(/the first lines are npm's own: take them out, and next time say npm run -s, or --output <file> instead of >\n$/);
  });
});
