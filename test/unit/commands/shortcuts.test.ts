import { describe, expect, it } from "vitest";
import { editRecord } from "../../../lib/application/commands/edit-record.ts";
import { ended, extended, overridden, paused, resumed, skipped } from "../../../lib/application/commands/shortcuts.ts";
import { HOUR, MINUTE } from "../../../lib/domain/instant.ts";
import { failure, success } from "../../../lib/domain/result.ts";
import { at, type LayerSetup, layer } from "../../support/layers.ts";
import { createWorld, STORE, sale } from "../../support/world.ts";

const BEFORE = at("2026-11-27T09:00");
const DURING = at("2026-11-27T11:00");
const AFTER = at("2026-11-27T13:00");
const WHY = { reason: "r" };
const ITEM = { name: "n", extra: 1 };

function present(now = DURING, setup: LayerSetup = {}) {
  return { layer: layer(setup), now };
}

function forced(state: "on" | "off", until = "2026-11-27T20:00"): LayerSetup {
  return { override: { state, until: at(until), reason: "r" } };
}

const OFF = "it is held off until 2026-11-27 20:00:00 UTC already: resume it first";
const NOT_ON = "it is not on now: skip leaves out its next window, override on opens it";

describe("forcing a campaign", () => {
  it("puts an override onto its record, with who did it where that is known", () => {
    const records = [WHY, { ...WHY, by: "ana" }].map((motive) => overridden(ITEM, "on", "2026-11-28T12:00", motive));

    expect(records).toStrictEqual([
      success({ ...ITEM, override: { state: "on", until: "2026-11-28T12:00", reason: "r" } }),
      success({ ...ITEM, override: { state: "on", until: "2026-11-28T12:00", reason: "r", by: "ana" } }),
    ]);
  });

  it("is refused where nobody would feel it", () => {
    const record = overridden({ ...ITEM, enabled: false }, "on", "2026-11-28T12:00", WHY);

    expect(record).toEqual(failure("it is paused: resume it first"));
  });
});

describe("pausing and resuming", () => {
  it("pausing switches it off", () => {
    expect(paused(ITEM)).toEqual({ item: { ...ITEM, enabled: false }, said: "is paused until somebody resumes it" });
  });

  const ON = { state: "on", until: "u", reason: "r" };
  const HELD = { state: "off", until: "u", reason: "r" };

  it.each([
    ["is not paused", ITEM, undefined, ITEM, "is not paused"],
    ["is not paused, and says so", { ...ITEM, enabled: true }, undefined, { ...ITEM, enabled: true }, "is not paused"],
    ["is paused", { ...ITEM, enabled: false }, undefined, { ...ITEM, enabled: true }, "goes by its windows again"],
    ["is held off", { ...ITEM, override: HELD }, undefined, ITEM, "goes by its windows again"],
    [
      "is held off and enabled",
      { ...ITEM, enabled: true, override: HELD },
      undefined,
      { ...ITEM, enabled: true },
      "goes by its windows again",
    ],
    [
      "is paused and forced on",
      { ...ITEM, enabled: false, override: ON },
      undefined,
      { ...ITEM, enabled: true, override: ON },
      "goes by its windows again",
    ],
    ["has an override that is none", { ...ITEM, override: "off" }, undefined, { ...ITEM, override: "off" }, "is not paused"],
    ["is not forced at present", ITEM, present(), ITEM, "is not paused"],
    ["is held off by what runs alone", ITEM, present(DURING, forced("off")), ITEM, "is not paused"],
    [
      "is forced on at present",
      { ...ITEM, override: ON },
      present(DURING, forced("on")),
      { ...ITEM, override: ON },
      "is not paused, but forced on until 2026-11-27 20:00:00 UTC: campaign end closes it",
    ],
    [
      "is paused, and forced on in what runs",
      { ...ITEM, enabled: false, override: ON },
      present(DURING, forced("on")),
      { ...ITEM, enabled: true, override: ON },
      "goes by its windows again",
    ],
    [
      "is held off, and forced on in what runs",
      { ...ITEM, override: HELD },
      present(DURING, forced("on")),
      ITEM,
      "goes by its windows again",
    ],
  ])("resuming one that %s", (_what, item, now, expected, said) => {
    const edited = resumed(item, now);

    expect(edited).toStrictEqual({ item: expected, said });
  });
});

describe("skipping a window", () => {
  it("holds the campaign off until its next window is over", () => {
    const edited = skipped(ITEM, present(BEFORE), WHY);

    expect(edited).toStrictEqual(
      success({
        item: { ...ITEM, override: { state: "off", until: "2026-11-27T12:00:00Z", reason: "r" } },
        said: "skips its window from 2026-11-27 10:00:00 UTC to 2026-11-27 12:00:00 UTC",
      }),
    );
  });

  it("may be of a window nearly ten years away, and of none beyond", () => {
    const edits = ["2036-11-20", "2036-12-10"].map((day) =>
      skipped(ITEM, present(BEFORE, { start: `${day}T10:00`, end: `${day}T11:00` }), WHY),
    );

    expect(edits.map(({ ok }) => ok)).toEqual([true, false]);
  });

  it.each([
    ["it is on", present(DURING), "it is on now: use end to close it early"],
    ["none is ahead", present(AFTER), "it has no window ahead that could be skipped"],
    ["the next has no end", present(BEFORE, { end: undefined }), "its next window has no end: use pause"],
    ["it is paused", present(BEFORE, { enabled: false }), "it is paused: resume it first"],
    ["it is held off", present(BEFORE, forced("off")), OFF],
    ["it is forced on", present(BEFORE, forced("on")), "it is on now: use end to close it early"],
  ])("is refused where %s", (_where, now, message) => {
    const edited = skipped(ITEM, now, WHY);

    expect(edited).toEqual(failure(message));
  });
});

describe("putting an end off", () => {
  it.each([
    ["by a time", { ms: HOUR }],
    ["to an instant", { to: at("2026-11-27T13:00") }],
  ])("%s forces the campaign on until then", (_how, by) => {
    const edited = extended(ITEM, present(), by, WHY);

    expect(edited).toStrictEqual(
      success({
        item: { ...ITEM, override: { state: "on", until: "2026-11-27T13:00:00Z", reason: "r" } },
        said: "is on until 2026-11-27 13:00:00 UTC instead of 2026-11-27 12:00:00 UTC",
      }),
    );
  });

  const AS_IT_IS = "it is on until 2026-11-27 12:00:00 UTC as it is: to close it earlier use end or pause";

  it.each([
    ["to its end", present(), { to: at("2026-11-27T12:00") }, AS_IT_IS],
    ["to before it", present(), { ms: -MINUTE }, AS_IT_IS],
    ["where it is not on", present(BEFORE), { ms: HOUR }, NOT_ON],
    ["where it has none", present(DURING, { end: undefined }), { ms: HOUR }, "it has no end that could be put off"],
    ["where it is paused", present(DURING, { enabled: false }), { ms: HOUR }, "it is paused: resume it first"],
    ["where it is held off", present(DURING, forced("off")), { ms: HOUR }, OFF],
  ])("%s is refused", (_how, now, by, message) => {
    const edited = extended(ITEM, now, by, WHY);

    expect(edited).toEqual(failure(message));
  });
});

describe("ending a window early", () => {
  it("holds the campaign off for the rest of it", () => {
    const edited = ended(ITEM, present(), WHY);

    expect(edited).toStrictEqual(
      success({
        item: { ...ITEM, override: { state: "off", until: "2026-11-27T12:00:00Z", reason: "r" } },
        said: "is closed for the rest of its window, until 2026-11-27 12:00:00 UTC",
      }),
    );
  });

  it("takes away the override that alone keeps it on", () => {
    const edited = ended({ ...ITEM, override: "whatever" }, present(AFTER, forced("on")), WHY);

    expect(edited).toStrictEqual(success({ item: ITEM, said: "is no longer forced on" }));
  });

  it.each([
    ["it is not on", present(BEFORE), NOT_ON],
    ["it has no end", present(DURING, { end: undefined }), "its window has no end: use pause"],
    ["it is paused", present(DURING, { enabled: false }), "it is paused: resume it first"],
    ["it is held off", present(DURING, forced("off")), OFF],
  ])("is refused where %s", (_where, now, message) => {
    const edited = ended(ITEM, now, WHY);

    expect(edited).toEqual(failure(message));
  });
});

describe("the edit of a record", () => {
  const PLACE = { storeId: STORE, campaignId: "sale" };

  async function tableWith() {
    const { campaigns } = createWorld();
    await campaigns.put({ ...sale(), extra: "kept" });
    return campaigns;
  }

  it("is written, all else kept", async () => {
    const campaigns = await tableWith();

    const outcome = await editRecord(campaigns, PLACE, (item) => success({ item: { ...item, note: "n" }, said: "done" }));

    const item = { ...sale(), extra: "kept", note: "n" };
    expect(outcome).toEqual({ kind: "written", item, said: "done" });
    expect((await campaigns.get(STORE, "sale"))?.item).toEqual(item);
  });

  it("that changes nothing is not written", async () => {
    const campaigns = await tableWith();
    campaigns.replace = () => Promise.reject(new Error("nobody writes"));

    const outcome = await editRecord(campaigns, PLACE, (item) => success({ item, said: "as it was" }));

    expect(outcome).toEqual({ kind: "unchanged", item: { ...sale(), extra: "kept" }, said: "as it was" });
  });

  it("that is refused says why", async () => {
    const outcome = await editRecord(await tableWith(), PLACE, () => failure("no"));

    expect(outcome).toEqual({ kind: "refused", message: "no" });
  });

  it("of a record that is not there is none", async () => {
    const outcome = await editRecord(createWorld().campaigns, PLACE, () => failure("nobody asks"));

    expect(outcome).toEqual({ kind: "missing" });
  });

  it("is given up where somebody else wrote meanwhile", async () => {
    const campaigns = await tableWith();
    campaigns.replace = async () => false;

    const outcome = await editRecord(campaigns, PLACE, (item) => success({ item: { ...item, note: "n" }, said: "done" }));

    expect(outcome).toEqual({ kind: "conflict" });
  });
});
