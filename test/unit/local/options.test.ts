import { describe, expect, it } from "vitest";
import { parseOptions, UsageError } from "../../../infra/local/options.ts";

describe("the options of npm start", () => {
  it("are a simulated store in .doorman unless told", () => {
    expect(parseOptions([], {})).toEqual({
      home: ".doorman",
      dryRun: false,
      store: { kind: "simulated" },
      databasePort: 8765,
      simulatedStorePort: 8766,
    });
  });

  it("take a real store from the environment", () => {
    const options = parseOptions([], { ECWID_STORE_ID: "1003", ECWID_TOKEN: " secret_x\n" });

    expect(options).toMatchObject({ store: { kind: "real", storeId: "1003", token: "secret_x", apiUrl: "https://app.ecwid.com/api/v3" } });
  });

  it("know a dry run whether or not it stands behind the two dashes", () => {
    expect(parseOptions(["--dry-run"], {})).toMatchObject({ dryRun: true });
    expect(parseOptions([], { npm_config_dry_run: "true" })).toMatchObject({ dryRun: true });
  });

  it.each([
    [{ ECWID_STORE_ID: "1003" }, [], /ECWID_STORE_ID is given without ECWID_TOKEN/],
    [{ ECWID_TOKEN: "secret_x" }, [], /ECWID_TOKEN is given without ECWID_STORE_ID/],
    [{ ECWID_STORE_ID: "my shop", ECWID_TOKEN: "secret_x" }, [], /ECWID_STORE_ID is "my shop"/],
    [{ DOORMAN_DATABASE_PORT: "http" }, [], /DOORMAN_DATABASE_PORT is "http"/],
    [{ DOORMAN_STORE_PORT: "70000" }, [], /DOORMAN_STORE_PORT is "70000"/],
    [{}, ["--dryrun"], /--dryrun.*--help/],
  ] as const)("refuse %o %o in one sentence, without the token", (variables, words, message) => {
    const parse = () => parseOptions(words, variables);

    expect(parse).toThrow(UsageError);
    expect(parse).toThrow(message);
    expect(parse).not.toThrow(/secret_x/);
  });
});
