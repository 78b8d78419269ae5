import { execFile } from "node:child_process";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { DEFECTS } from "./defects.ts";

const run = promisify(execFile);
const root = new URL("../../../", import.meta.url);

describe("the planted defects", () => {
  it.each(DEFECTS.map((defect) => [defect.name, defect] as const))(
    "%s: its text stands exactly once where it is planted",
    async (_name, defect) => {
      const text = await readFile(new URL(defect.file, root), "utf8");

      expect(text.split(defect.find)).toHaveLength(2);
    },
  );

  it("are found: the first within its first seeds", { timeout: 600_000 }, async () => {
    const { stdout } = await run(process.execPath, [fileURLToPath(new URL("find-one.ts", import.meta.url)), "0", "20"]);

    expect(JSON.parse(stdout)).toMatchObject({ seed: expect.any(Number), invariant: expect.any(String) });
  });
});
