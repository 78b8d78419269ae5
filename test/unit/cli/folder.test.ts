import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { sale } from "../../support/world.ts";
import { createDesk } from "./desk.ts";

const YAML = `# The big one.
storeId: 1003 # the shop
campaignId: sale
name: Sale
start: 2026-11-27T10:00
end: 2026-11-27T12:00
coupons: [{ couponId: 162428889, applicationLimit: UNLIMITED }]
`;

describe("a plain folder", () => {
  it("is planned from without any Doorman, base as found", async () => {
    const desk = createDesk({ now: "2026-11-27T09:00:00Z" });
    desk.file("sale.yaml", YAML);

    const { out } = await desk.run(["plan", "--folder", ".", "--zone", "Europe/Berlin", "--for", "12h"]);
    const listed = await desk.run(["campaign", "list", "--folder", ".", "--zone", "Europe/Berlin"]);

    expect(out).toMatch(/2026-11-27 10:00 +2026-11-27 12:00 +UNLIMITED/);
    expect(out).toMatch(/2026-11-27 12:00 +- +as found/);
    expect(listed.out).toMatch(/1003 +sale +ACTIVE +2026-11-27 12:00 Europe\/Berlin/);
  });

  it("reads --from and --to in the zone that its campaigns name", async () => {
    const desk = createDesk({ now: "2026-11-27T09:00:00Z" });
    desk.file("sale.json", sale({ timeZone: "Europe/Berlin" }));

    const planned = await desk.run(["plan", "--folder", ".", "--from", "2026-11-27T09:30", "--to", "2026-11-27T13:00"]);

    expect({ code: planned.code, err: planned.err }).toEqual({ code: 0, err: "" });
    expect(planned.out).toMatch(/2026-11-27 09:30 +2026-11-27 10:00 +as found/);
  });

  it.each([[["--from", "soon"]], [["--to", "soon"]], [["--for", "long"]]])(
    "refuses %j although there is nothing to plan",
    async (words) => {
      const desk = createDesk();

      const { code, err } = await desk.run(["plan", "--folder", ".", ...words]);

      expect(code).toBe(2);
      expect(err).toMatch(/is "(soon|long)": write/);
    },
  );

  it.each([
    [["plan"], ["doorman: 2 campaigns cannot be planned: one: timeZone: no time zone", "two: timeZone: no time zone", "give --zone"]],
    [["at", "2026-11-27T10:30Z"], ["doorman: 2 campaigns cannot be planned"]],
  ])("without any zone %j says what is missing, and not that nothing is there", async (words, parts) => {
    const desk = createDesk({ now: "2026-11-27T09:00:00Z" });
    desk.file(
      "two.yaml",
      `${YAML.replace("campaignId: sale", "campaignId: one")}---\n${YAML.replace("campaignId: sale", "campaignId: two")}`,
    );

    const { code, out, err } = await desk.run([...words, "--folder", "."]);

    expect({ code, out }).toEqual({ code: 1, out: "" });
    for (const part of parts) expect(err).toContain(part);
  });

  it("is not said to have anybody ask Ecwid", async () => {
    const desk = createDesk();
    desk.file("sale.yaml", YAML);

    const { out } = await desk.run(["campaign", "list", "--folder", "."]);

    expect(out).toContain("timeZone: no time zone");
    expect(out).not.toContain("asking Ecwid");
  });

  it("keeps comments and order of a YAML file that a shortcut changes", async () => {
    const desk = createDesk();
    desk.file("sale.yaml", YAML);

    const { code } = await desk.run(["campaign", "pause", "sale", "--folder", "."]);

    expect(code).toBe(0);
    const text = readFileSync(join(desk.folder, "sale.yaml"), "utf8");
    expect(text).toMatch(/^# The big one\.\n/);
    expect(text).toMatch(/storeId: .*1003.* # the shop\ncampaignId: sale\nname: Sale\n/);
    expect(text).toMatch(/enabled: false\n$/);
  });

  it("changes and removes one record of a list, and one document of several", async () => {
    const desk = createDesk();
    desk.file("list.json", [sale({ campaignId: "one" }), sale({ campaignId: "two" })]);
    desk.file("documents.yaml", `${YAML}---\n${YAML.replace("campaignId: sale", "campaignId: other")}`);
    const words = (...command: readonly string[]) => ["campaign", ...command, "--folder", "."];

    for (const command of [words("pause", "two"), words("delete", "one"), words("delete", "sale"), words("pause", "other")]) {
      expect(await desk.run(command)).toMatchObject({ code: 0, err: "" });
    }

    expect(JSON.parse(readFileSync(join(desk.folder, "list.json"), "utf8"))).toEqual([sale({ campaignId: "two", enabled: false })]);
    const listed = (await desk.run([...words("list"), "--json"])).json() as { campaignId: string }[];
    expect(listed.map(({ campaignId }) => campaignId)).toEqual(["other", "two"]);
  });

  it.each([
    ["a file that is no JSON", "x.json", "{", /x\.json line 1: it is not JSON/],
    ["a record without a name", "x.json", "[{}]", /x\.json, record 1: a campaign needs "storeId", .* and "campaignId"/],
    ["what is no record", "x.json", "[1]", /x\.json, record 1: it is not a campaign/],
    ["the same campaign twice", "x.yaml", YAML, /x\.yaml: campaign sale of store 1003 is in sale\.yaml already/],
  ])("names the file of %s", async (_name, file, content, message) => {
    const desk = createDesk();
    desk.file("sale.yaml", YAML);
    desk.file(file, content);

    const { code, err } = await desk.run(["campaign", "list", "--folder", "."]);

    expect(code).toBe(1);
    expect(err).toMatch(message);
    expect(err).toMatch(/^doorman: [^\n]+\n$/);
  });
});
