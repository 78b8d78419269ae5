import { describe, expect, it } from "vitest";
import { STORE, sale } from "../../support/world.ts";
import { createDesk } from "./desk.ts";

/** What npm sets in every script. */
const ALWAYS = { npm_lifecycle_event: "campaign", npm_config_yes: "", npm_config_fund: "", npm_config_local_prefix: "/x" };

describe("under npm", () => {
  it.each([
    [
      ["campaign", "put", "sale.json"],
      { npm_config_dry_run: "true" },
      "npm kept --dry-run for itself, and nothing was done: write npm run campaign -- put sale.json --dry-run",
    ],
    [
      ["campaign", "pause", "sale"],
      { npm_config_until: "2h", npm_config_reason: "why" },
      "npm kept --until, --reason for itself, and nothing was done: write npm run campaign -- pause sale --until 2h --reason why",
    ],
    [
      ["campaign", "override", "sale", "on", "2h", "x"],
      { npm_config_until: "true", npm_config_reason: "true" },
      'npm kept --until, --reason for itself, and nothing was done: write npm run campaign -- …, with every option behind the "--"',
    ],
    [
      ["plan"],
      { npm_lifecycle_event: "doorman", npm_config_zone: "Europe/Berlin" },
      "npm kept --zone for itself, and nothing was done: write npm run doorman -- plan --zone Europe/Berlin",
    ],
    [
      ["store", "add", "1003"],
      { npm_lifecycle_event: "doorman", npm_config_check: "" },
      "npm kept --no-check for itself, and nothing was done: write npm run doorman -- store add 1003 --no-check",
    ],
    [
      ["campaign", "list"],
      { npm_config_json: "true" },
      "npm kept --json for itself, and nothing was done: write npm run campaign -- list --json",
    ],
  ])("%j is refused where npm took an option away", async (words, variables, message) => {
    const desk = createDesk();
    desk.file("sale.json", sale());

    const { code, err } = await desk.run(words, { variables: { ...ALWAYS, ...variables } });

    expect({ code, err }).toEqual({ code: 2, err: `doorman: ${message}\n` });
    expect(await desk.world.campaigns.get(STORE, "sale")).toBeUndefined();
  });

  it.each([
    ["npm's own variables", ["campaign", "put", "sale.json"], {}],
    ["an option that the words hold too", ["campaign", "put", "sale.json", "--json"], { npm_config_json: "true" }],
    ["an option that the command does not know", ["campaign", "put", "sale.json"], { npm_config_target: "20.0.0" }],
    ["a variable that says no", ["campaign", "put", "sale.json"], { npm_config_dry_run: "" }],
    ["another script", ["campaign", "put", "sale.json"], { npm_lifecycle_event: "test", npm_config_dry_run: "true" }],
  ])("%s are no reason to refuse", async (_name, words, variables) => {
    const desk = createDesk();
    desk.file("sale.json", sale());

    const { code, err } = await desk.run(words, { variables: { ...ALWAYS, ...variables } });

    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(await desk.world.campaigns.get(STORE, "sale")).toBeDefined();
  });
});
