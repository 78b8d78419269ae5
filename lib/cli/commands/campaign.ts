import type { Command } from "commander";
import type { Run } from "../frame/job.ts";
import { addCampaignDelete } from "./campaign-delete.ts";
import { addCampaignEnd } from "./campaign-end.ts";
import { addCampaignExtend } from "./campaign-extend.ts";
import { addCampaignGet } from "./campaign-get.ts";
import { addCampaignImport } from "./campaign-import.ts";
import { addCampaignList } from "./campaign-list.ts";
import { addCampaignOverride } from "./campaign-override.ts";
import { addCampaignPause } from "./campaign-pause.ts";
import { addCampaignPut } from "./campaign-put.ts";
import { addCampaignResume } from "./campaign-resume.ts";
import { addCampaignSkip } from "./campaign-skip.ts";
import { addCampaignValidate } from "./campaign-validate.ts";

const COMMANDS = [
  addCampaignPut,
  addCampaignGet,
  addCampaignList,
  addCampaignDelete,
  addCampaignValidate,
  addCampaignImport,
  addCampaignPause,
  addCampaignResume,
  addCampaignOverride,
  addCampaignSkip,
  addCampaignExtend,
  addCampaignEnd,
];

/** Adds `campaign` and all that can be done with one. */
export function addCampaignCommands(program: Command, run: Run): void {
  const campaign = program.command("campaign").description("puts, shows and steers campaigns");
  for (const add of COMMANDS) add(campaign, run);
}
