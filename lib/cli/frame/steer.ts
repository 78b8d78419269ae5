import { type Edited, type EditOutcome, editRecord } from "../../application/commands/edit-record.ts";
import type { Motive, Present } from "../../application/commands/shortcuts.ts";
import { anyLayerOf, copyOfRecord, zoneOfCopy } from "../../application/commands/store-view.ts";
import { REASON, WHO } from "../../application/record/fields.ts";
import { campaignId as idOf, isCampaignId, isNumericId, storeId } from "../../domain/identifiers.ts";
import type { JsonObject } from "../../domain/live.ts";
import { assertNever, failure, type Result } from "../../domain/result.ts";
import { statusLine } from "../text/status-line.ts";
import type { Style } from "../text/style.ts";
import { findCampaign } from "./find-campaign.ts";
import type { Answer, Job } from "./job.ts";
import { badUse, conflict, Refusal } from "./refusal.ts";
import { viewOf } from "./views.ts";

/** Who steers, as typed. */
export interface MotiveOptions {
  readonly reason?: string;
  readonly by?: string;
}

/** What a shortcut is decided from: the campaign's layer at present, or why it has none. */
export interface Circumstances {
  readonly present: Result<Present, string>;
  readonly timeZone: string | undefined;
}

/**
 * Changes one thing of one campaign, and says what comes of it.
 *
 * @param edit makes the new text of the record from the one just read.
 * @throws Refusal, 3 if somebody else wrote meanwhile.
 */
export async function steer(
  job: Job,
  campaignId: string,
  edit: (item: JsonObject, circumstances: Circumstances) => Result<Edited, string>,
): Promise<Answer> {
  const { storeId: store } = await findCampaign(job, campaignId);
  if (!isNumericId(store))
    throw new Refusal(`campaign ${campaignId} stands under "${store}", which is no store's number: delete it and put it again`);
  if (!isCampaignId(campaignId)) throw badUse(`${campaignId} is a calendar, or no good name for a campaign: put it again instead`);
  const view = await viewOf(job, storeId(store));
  const copyOf = (item: JsonObject) => copyOfRecord(view, idOf(campaignId), item, job.now);
  const outcome = await editRecord(job.place().campaigns, { storeId: store, campaignId }, (item) => {
    const copy = copyOf(item);
    const [problem] = copy.problems;
    const layer = problem === undefined ? anyLayerOf(copy) : undefined;
    const why = problem === undefined ? "it cannot be read" : `${problem.path}: ${problem.message}`;
    const present: Circumstances["present"] =
      layer === undefined ? failure(`put its record right first: ${why}`) : { ok: true, value: { layer, now: job.now } };
    return edit(item, { present, timeZone: zoneOfCopy(copy, view) });
  });
  const { item, said } = edited(campaignId, outcome);
  const line = statusLine(copyOf(item), job.now);
  const { afterwards } = job.place();
  return {
    json: {
      ok: true,
      storeId: store,
      campaignId,
      effect: outcome.kind,
      said,
      override: item["override"] ?? null,
      enabled: item["enabled"] ?? true,
    },
    text: (style: Style) =>
      [`campaign ${campaignId} ${said}`, line, outcome.kind === "written" ? style.faint(afterwards) : ""]
        .filter((each) => each !== "")
        .join("\n"),
  };
}

function edited(campaignId: string, outcome: EditOutcome): Edited {
  switch (outcome.kind) {
    case "written":
    case "unchanged":
      return outcome;
    case "missing":
      throw new Refusal(`there is no campaign ${campaignId} any more`);
    case "refused":
      throw new Refusal(`campaign ${campaignId} was left as it is: ${outcome.message}`);
    case "conflict":
      throw conflict(`somebody else changed campaign ${campaignId} meanwhile, so it was left as it is: try again`);
    default:
      return assertNever(outcome);
  }
}

/** @param instead the reason where none need be typed. @throws Refusal for a reason or a name that the record could not hold. */
export function motiveOf({ reason, by }: MotiveOptions, instead?: string): Motive {
  const why = reason ?? instead;
  if (why === undefined) throw badUse("say why with --reason: it is kept for those who come after");
  const read = REASON.safeParse(why);
  if (!read.success) throw badUse(`--reason: ${read.error.issues[0]?.message ?? "it cannot be used"}`);
  const who = WHO.optional().safeParse(by);
  if (!who.success) throw badUse(`--by: ${who.error.issues[0]?.message ?? "it cannot be used"}`);
  return { reason: read.data, ...(who.data !== undefined && { by: who.data }) };
}
