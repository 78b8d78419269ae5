import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { blackFriday } from "../support/incidents/scenes.ts";
import { createDesk } from "../unit/cli/desk.ts";

const DOCUMENT = new URL("../../docs/incidents.md", import.meta.url);

/** The commands that the messages tell people to type, each once, in their order. */
function commands(): readonly string[] {
  const lines = readFileSync(DOCUMENT, "utf8").split("\n");
  return [...new Set(lines.flatMap((line) => /^ {5}npm run doorman -- (.*?)(?: --aws)?$/.exec(line)?.[1] ?? []))];
}

/** As a shell takes a command apart: what stands between quotation marks is one word. */
function wordsOf(command: string): readonly string[] {
  return [...command.matchAll(/"([^"]*)"|\S+/g)].map(([word, quoted]) => quoted ?? word);
}

it("every doorman command that a message names does something where it is typed", async () => {
  const desk = createDesk({ now: "2026-11-27T08:00:00Z" });
  await desk.world.put(blackFriday({ timeZone: "UTC" }));
  await desk.world.runTo("2026-11-27T08:01:00Z");

  const answers: (readonly [string, number])[] = [];
  for (const command of commands()) {
    // A token is put only on AWS: there the desk would need one.
    if (command.startsWith("store add")) continue;
    const { code } = await desk.run([...wordsOf(command), "--local"]);
    answers.push([command, code]);
  }

  expect(answers.length).toBeGreaterThanOrEqual(6);
  expect(answers.filter(([, code]) => code !== 0)).toEqual([]);
});
