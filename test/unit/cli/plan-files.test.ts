import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { writeWhole } from "../../../lib/cli/files/write-whole.ts";
import { readCalendar } from "../../support/read-calendar.ts";
import { sale } from "../../support/world.ts";
import { createDesk } from "./desk.ts";

const NOW = "2026-11-27T09:30:00Z";

async function deskOfOne() {
  const desk = createDesk({ now: NOW });
  await desk.world.put(sale());
  return desk;
}

describe("plan --html and --ics", () => {
  it("write a page and a calendar, and say so in a line each", async () => {
    const desk = await deskOfOne();

    const { code, out } = await desk.run(["plan", "--html", "plan.html", "--ics", "plan.ics"]);

    expect([code, out]).toEqual([0, "plan.html: the page of the plan\nplan.ics: the calendar of the plan\n"]);
    expect(readFileSync(join(desk.folder, "plan.html"), "utf8")).toMatch(/^<!doctype html>[\s\S]*Switch[\s\S]*<\/html>\n$/);
    expect(readCalendar(readFileSync(join(desk.folder, "plan.ics"), "utf8")).map(({ summary }) => summary)).toEqual(["Sale: UNLIMITED"]);
    expect(readdirSync(desk.folder).toSorted()).toEqual(["plan.html", "plan.ics"]);
  });

  it("print to standard output, and nothing else with it", async () => {
    const desk = await deskOfOne();

    const page = await desk.run(["plan", "--html", "-"]);
    const calendar = await desk.run(["plan", "--ics", "-", "--for", "1d"]);

    expect(page.out).toMatch(/^<!doctype html>[\s\S]*<\/html>\n$/);
    expect(readCalendar(calendar.out)).toHaveLength(1);
  });

  it("answer machines", async () => {
    const desk = await deskOfOne();

    const { out } = await desk.run(["plan", "--ics", "plan.ics", "--json"]);

    expect(JSON.parse(out)).toEqual({ ok: true, files: [{ file: "plan.ics", kind: "calendar" }] });
  });

  it("are about the target and the span that are named", async () => {
    const desk = await deskOfOne();

    const words = ["--target", "coupon:162428889", "--from", "2026-11-28T00:00Z", "--to", "2026-11-29T00:00Z"];
    const { out, err } = await desk.run(["plan", "--html", "-", ...words]);

    expect(err).toBe("");
    expect(out).toContain("Sat 28 Nov 2026, 00:00");
    expect(out).toContain("Nothing changes in this span");
  });

  it.each([
    [["--html", "-", "--ics", "-"], /standard output takes one thing only/],
    [["--html", "-", "--json"], /standard output takes one thing only/],
    [["--html", ""], /the file's name is empty/],
    [["--html", "x.html", "--to", "2026-11-01T00:00"], /the span ends before it begins/],
  ])("refuse %j in one line", async (words, expected) => {
    const desk = await deskOfOne();

    const { code, err } = await desk.run(["plan", ...words]);

    expect(code).toBe(2);
    expect(err).toMatch(expected);
    expect(err.trimEnd()).not.toContain("\n");
  });

  it.each([
    ["there/is/none.html", "ENOENT"],
    [".", "EISDIR"],
  ])("say in one line that %s cannot be written, and leave nothing behind", async (file, cause) => {
    const desk = await deskOfOne();
    mkdirSync(join(desk.folder, "taken"));

    const { code, err } = await desk.run(["plan", "--html", file === "." ? "taken" : file]);

    expect(code).toBe(1);
    expect(err).toMatch(new RegExp(`^doorman: .* cannot be written \\(${cause}\\)\\n$`));
    expect(readdirSync(desk.folder)).toEqual(["taken"]);
  });
});

describe("a file that is written whole", () => {
  it("stays as it was if its pieces cannot all be made", async () => {
    const { folder } = createDesk();
    writeFileSync(join(folder, "plan.html"), "old");
    function* pieces() {
      yield "new";
      throw new TypeError("no more");
    }

    const writing = writeWhole(folder, "plan.html", pieces());

    await expect(writing).rejects.toThrow("no more");
    expect(readFileSync(join(folder, "plan.html"), "utf8")).toBe("old");
    expect(readdirSync(folder)).toEqual(["plan.html"]);
  });
});
