import { describe, expect, it } from "vitest";
import { sale, TOKEN } from "../../support/world.ts";
import { createDesk } from "./desk.ts";

const ESCAPE = "\u001b";

describe("bad uses", () => {
  it.each([
    [[], 2, /say what to do/],
    [["campaign"], 2, /say what to do/],
    [["store"], 2, /say what to do/],
    [["frobnicate"], 2, /unknown command 'frobnicate'/],
    [["campaign", "putt"], 2, /unknown command 'putt'.*put/],
    [["plan", "--form", "x"], 2, /unknown option '--form'.*--from/],
    [["plan", "extra"], 2, /words too many/],
    [["campaign", "put"], 2, /missing required argument/],
    [["campaign", "put", "missing.json"], 1, /there is no file missing\.json/],
    [["campaign", "put", "notes.txt"], 2, /neither \.json, \.yaml nor \.yml/],
    [["campaign", "put", "sheet.csv"], 2, /use campaign import/],
    [["campaign", "put", "broken.json"], 1, /broken\.json line 1: it is not JSON/],
    [["campaign", "put", "broken.yaml"], 1, /broken\.yaml line 1: it is not YAML/],
    [["campaign", "put", "empty.yaml"], 1, /empty\.yaml holds no campaign/],
    [["campaign", "put", "word.yaml"], 1, /word\.yaml: it holds no record/],
    [["campaign", "get", "nothing"], 1, /there is no campaign nothing/],
    [["campaign", "get", "nothing", "--store", "1003"], 1, /there is no campaign nothing in store 1003/],
    [["campaign", "list", "--store", "abc"], 2, /--store is "abc": write the store's number/],
    [["campaign", "list", "--state", "over"], 2, /--state is "over": write one of SCHEDULED, ACTIVE, ENDED, DISABLED, INVALID/],
    [["campaign", "list", "--folder", "nowhere"], 1, /there is no folder .*nowhere/],
    [["plan", "--folder", "nowhere"], 1, /there is no folder .*nowhere/],
    [["campaign", "pause", "sale", "--reason", "x"], 2, /a pause without --until keeps neither/],
    [["campaign", "pause", "sale", "--until", "2026-12-01T00:00"], 2, /say why with --reason/],
    [["campaign", "pause", "sale", "--until", "soon", "--reason", "x"], 2, /--until is "soon"/],
    [["campaign", "override", "sale", "maybe", "--until", "2026-12-01T00:00", "--reason", "x"], 2, /Allowed choices are on, off/],
    [["campaign", "override", "sale", "on", "--reason", "x"], 2, /--until <time>' not specified/],
    [["campaign", "override", "sale", "on", "--until", "2026-12-01T00:00", "--reason", " "], 2, /--reason: " " cannot be used/],
    [["campaign", "extend", "sale", "a bit"], 2, /"a bit" is neither a duration/],
    [["plan", "--for", "long"], 2, /--for is "long": write a duration/],
    [["plan", "--from", "2026-12-02T00:00", "--to", "2026-12-01T00:00"], 2, /ends before it begins/],
    [["at", "noon"], 2, /the instant is "noon"/],
    [["why", "coupon:5"], 1, /no campaign names "coupon:5"/],
    [["history", "--campaign", "nope"], 1, /there is no campaign nope/],
    [["campaign", "list", "--folder", "sale.json"], 1, /sale\.json is no folder, but a file: name the folder that it is in/],
    [["campaign", "put", "."], 2, /\. is a folder: name the files in it, or use --folder/],
    [
      ["campaign", "put", "indented.yaml"],
      1,
      /indented\.yaml line [12]: it is not YAML from .* let fields that belong together begin in the same column/,
    ],
    [["import", "list.json"], 1, /it holds a campaign as campaign get shows it: use campaign put/],
    [["why", "sale"], 1, /sale is a campaign, and no coupon or promotion: see campaign get sale/],
    [["history", "--limit", "many"], 2, /--limit is "many"/],
    [["now", "coupon:162428889", "--wait", "ever"], 2, /--wait is "ever"/],
    [["now", "coupon:162428889", "--folder", "."], 2, /nothing runs in a folder/],
    [["plan", "--zone", "Mars"], 2, /--zone is "Mars"/],
    [["store", "add", "abc"], 2, /the store is "abc"/],
    [["store", "add", "1003", TOKEN], 2, /words too many/],
    [["store", "add", "1003", `--token=${TOKEN}`], 2, /unknown option '--token=…'/],
    [["store", "add", TOKEN], 2, /the store is no store's number/],
    [["store", "add", "1003", "--wait", TOKEN], 2, /no token came in/],
    [["campaign", "get", TOKEN], 1, /there is no campaign \[token\]/],
    [["store", "add", "1003"], 2, /no token came in/],
    [["store", "add", "1003", "--folder", "."], 2, /a folder holds no tokens/],
    [["import", "sale.json"], 1, /it holds a campaign as campaign get shows it: use campaign put/],
    [["import", "object.json"], 1, /not what doorman export writes/],
    [["import", "broken.json"], 1, /broken\.json is not JSON/],
  ])("%j ends with %i and one line", async (words, code, message) => {
    const desk = createDesk();
    await desk.world.put(sale());
    desk.file("broken.json", "{");
    desk.file("broken.yaml", "a: 1\n b: [\n");
    desk.file("empty.yaml", "# nothing\n");
    desk.file("word.yaml", "word\n");
    desk.file("sale.json", sale());
    desk.file("list.json", [sale()]);
    desk.file("object.json", {});
    desk.file("indented.yaml", "storeId: 1003\n  campaignId: sale\nname: Sale\n");

    const ended = await desk.run(words);

    expect({ code: ended.code, out: ended.out }).toEqual({ code, out: "" });
    expect(ended.err).toMatch(message);
    expect(ended.err).toMatch(/^doorman: [^\n]+\n$/);
    expect(ended.err).not.toContain(TOKEN);
  });

  it("says it to machines as one JSON document too", async () => {
    const desk = createDesk();

    const { code, json, err } = await desk.run(["campaign", "get", "nothing", "--json"]);

    expect(code).toBe(1);
    expect(json()).toEqual({ error: { message: expect.stringContaining("there is no campaign nothing"), exitCode: 1 } });
    expect(err).toMatch(/^doorman: there is no campaign nothing/);
  });

  it.each([
    [
      "a refused connection",
      Object.assign(new AggregateError([Object.assign(new Error("x"), { code: "ECONNREFUSED" })])),
      "nobody is there",
    ],
    [
      "a table that is not there",
      Object.assign(new Error("Requested resource not found"), { name: "ResourceNotFoundException" }),
      "there is no such table or queue: Requested resource not found",
    ],
    [
      "no credentials",
      Object.assign(new Error("Could not load credentials"), { name: "CredentialsProviderError" }),
      "there are no AWS credentials: Could not load credentials",
    ],
    ["anything else", new Error("first line\n    at second line"), "first line at second line"],
  ])("tells %s in one line without a stack trace", async (_name, error, message) => {
    const desk = createDesk({
      place: (place) => ({ ...place, campaigns: { ...place.campaigns, get: () => Promise.reject(error) } }),
    });

    const ended = await desk.run(["campaign", "get", "sale", "--store", "1003"]);

    expect(ended).toMatchObject({ code: 1, out: "", err: `doorman: ${message}\n` });
    expect(desk.closed()).toBe(1);
  });
});

describe("help and colour", () => {
  it.each([
    [["--help"], /store .*\n[\s\S]*campaign .*\n[\s\S]*Exit codes:/],
    [["campaign", "--help"], /pause[\s\S]*extend[\s\S]*end/],
    [["campaign", "put", "--help"], /--dry-run[\s\S]*Global Options:[\s\S]*--folder/],
    [
      ["campaign", "override", "--help"],
      /what it is forced to\s+\(choices: "on", "off"\)[\s\S]*--until <time> +required:[\s\S]*--reason <text> +required:/,
    ],
    [["--version"], /^\d+\.\d+\.\d+\n$/],
    [["help", "plan"], /--from[\s\S]*--to/],
  ])("%j helps on standard output, within 80 columns", async (words, message) => {
    const { code, out, err } = await createDesk().run(words);

    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(message);
  });

  it("colours only on a terminal, and not where NO_COLOR is set", async () => {
    const desk = createDesk();
    await desk.world.put(sale());

    const piped = await desk.run(["campaign", "list"]);
    const onTerminal = await desk.run(["campaign", "list"], { isTerminal: true });
    const plain = await desk.run(["campaign", "list"], { isTerminal: true, variables: { NO_COLOR: "1" } });
    const json = await desk.run(["campaign", "list", "--json"], { isTerminal: true });

    expect(onTerminal.out).toContain(ESCAPE);
    for (const { out } of [piped, plain, json]) expect(out).not.toContain(ESCAPE);
  });

  it("shows nothing of a record that a terminal would obey", async () => {
    const desk = createDesk();
    await desk.world.campaigns.put(sale({ name: `Sale${ESCAPE}[2J` }));

    const { out } = await desk.run(["campaign", "list"]);

    expect(out).not.toContain(ESCAPE);
  });
});
