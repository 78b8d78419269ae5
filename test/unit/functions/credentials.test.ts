import { afterEach, describe, expect, it, vi } from "vitest";
import { defaultProvider } from "../../../lib/adapters/system/credentials-in-variables.ts";

afterEach(() => {
  vi.unstubAllEnvs();
});

describe("the credentials of a bundled function", () => {
  it("are those that Lambda gives as variables, read anew each time", async () => {
    const provide = defaultProvider();
    vi.stubEnv("AWS_ACCESS_KEY_ID", "id");
    vi.stubEnv("AWS_SECRET_ACCESS_KEY", "key");
    vi.stubEnv("AWS_SESSION_TOKEN", "session");
    const first = await provide();
    vi.stubEnv("AWS_ACCESS_KEY_ID", "another");
    vi.stubEnv("AWS_SESSION_TOKEN", undefined);

    expect(first).toEqual({ accessKeyId: "id", secretAccessKey: "key", sessionToken: "session" });
    expect(await provide()).toEqual({ accessKeyId: "another", secretAccessKey: "key" });
  });

  it("are asked for in words where there are none", async () => {
    vi.stubEnv("AWS_ACCESS_KEY_ID", undefined);

    await expect(defaultProvider()()).rejects.toThrow(/AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY are not set/);
  });
});
