import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { createDesk } from "./desk.ts";

/** The whole record that the guide shows. */
function recordOfGuide(): unknown {
  const guide = readFileSync(new URL("../../../docs/guide.md", import.meta.url), "utf8");
  return JSON.parse(guide.split("```json\n")[1]?.split("```")[0] ?? "");
}

it("the guide's record and the commands of its recipes 8 and 9 do what it says", async () => {
  const desk = createDesk({ now: "2026-11-27T20:00:00Z" });
  desk.file("black-friday.json", recordOfGuide());
  const run = (...words: readonly string[]) => desk.run(["campaign", ...words, "--local", "--zone", "UTC"]);

  const put = await run("put", "black-friday.json");
  await desk.world.runTo("2026-11-27T20:01:00Z");
  const longer = await run("extend", "black-friday-2026", "2h", "--reason", "still selling");
  const off = await run("pause", "black-friday-2026", "--until", "2026-11-28T12:00", "--reason", "stock ran out");
  const again = await run("extend", "black-friday-2026", "2h");

  expect(put).toMatchObject({ code: 0, err: "" });
  expect(longer.out).toContain("is on until 2026-11-28");
  expect(off.code).toBe(0);
  expect(again).toMatchObject({ code: 1, err: expect.stringContaining("held off") });
});
