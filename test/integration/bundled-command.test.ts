import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const BUNDLER = pathToFileURL(join(import.meta.dirname, "..", "..", "scripts", "bootstrap", "bundled-command.mjs")).href;
const SCRIPT = `const { bundledCommand } = await import(${JSON.stringify(BUNDLER)});
const [root, folder] = process.argv.slice(1);
const start = await bundledCommand(root, folder);
console.log(start);
await import(start);`;

let root: string;
let kept: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "doorman-command-"));
  kept = join(root, "kept");
  mkdirSync(kept);
  write("package.json", "{}");
  write("package-lock.json", "{}");
  write("lib/cli/words.ts", 'export const words: string = "first";\n');
  write("lib/cli/start.ts", 'import { words } from "./words.ts";\nconsole.log(words);\n');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(name: string, text: string): void {
  mkdirSync(dirname(join(root, name)), { recursive: true });
  writeFileSync(join(root, name), text);
}

/** @returns the module that was started, and what it printed. */
function start(): readonly string[] {
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "--eval", SCRIPT, root, kept], { encoding: "utf8" });
  if (stderr !== "") throw new Error(stderr);
  return stdout.trim().split("\n");
}

const bundles = () => readdirSync(kept).length;

describe("the bundled command", () => {
  it("is bundled once for as long as no source changes", () => {
    const once = start();
    const again = start();

    expect(once[1]).toBe("first");
    expect(again).toEqual(once);
    expect(bundles()).toBe(1);
  });

  it("is what the sources say, also after one of them was changed", () => {
    start();
    write("lib/cli/words.ts", 'export const words: string = "second, and longer";\n');

    const [, printed] = start();

    expect(printed).toBe("second, and longer");
  });

  it("leaves no bundle of old sources behind for longer than an hour", () => {
    start();
    for (const name of readdirSync(kept)) utimesSync(join(kept, name), 1, 1);
    write("lib/cli/words.ts", 'export const words: string = "second, and longer";\n');

    start();

    expect(bundles()).toBe(1);
  });

  it("is not believed in when a source cannot be bundled", () => {
    write("lib/cli/start.ts", 'import "./nowhere.ts";\n');

    expect(start).toThrow(/nowhere/);
  });
});
