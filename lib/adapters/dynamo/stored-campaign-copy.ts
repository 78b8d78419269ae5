import * as z from "zod";
import { textCodecs } from "../../application/messages/text-codecs.ts";
import type { CampaignCopy } from "../../application/ports/state-table.ts";
import type { ResolvedCalendars } from "../../domain/campaign/calendar.ts";
import type { Campaign } from "../../domain/campaign/campaign.ts";
import type { Overlap } from "../../domain/layers/overlaps.ts";
import type { ShapeOf } from "./shape-of.ts";
import { storedAsk, storedFreezes } from "./stored-layer.ts";

const groups = z.lazy(() =>
  z.discriminatedUnion("form", [
    z.object({ form: z.literal("change"), add: storedAsk.groupIds, remove: storedAsk.groupIds }),
    z.object({ form: z.literal("set"), groups: storedAsk.groupIds }),
  ]),
);

const campaign = z.lazy(() =>
  z.object({
    storeId: textCodecs.storeId,
    campaignId: textCodecs.campaignId,
    name: z.string(),
    start: storedAsk.moment,
    end: storedAsk.moment.optional(),
    timeZone: z.string().optional(),
    repeat: z.string().optional(),
    except: z.array(z.string()).readonly(),
    ignoreFreeze: z.string().optional(),
    coupons: z
      .array(z.object({ couponId: textCodecs.couponId, applicationLimit: storedAsk.limit, afterwards: storedAsk.limit.optional() }))
      .readonly(),
    promotions: z.array(z.object({ promotionId: textCodecs.promotionId, groups })).readonly(),
    priority: z.number(),
    onManualEdit: storedAsk.policy,
    override: storedAsk.override.optional(),
    enabled: z.boolean(),
    note: z.string().optional(),
  } satisfies ShapeOf<Campaign>),
);

const overlap = z.lazy(() =>
  z.object({
    campaignId: textCodecs.campaignId,
    target: textCodecs.targetKey,
    until: textCodecs.instant.optional(),
    message: z.string(),
  } satisfies ShapeOf<Overlap>),
);

/** The last good copy of a campaign, as it is stored. */
export const storedCampaignCopy = z.lazy(() =>
  z.object({
    campaign: campaign.optional(),
    timeZone: z.string().optional(),
    calendars: z.object({ except: z.array(z.string()).readonly(), freezes: storedFreezes } satisfies ShapeOf<ResolvedCalendars>).optional(),
    targets: z.array(textCodecs.targetKey).readonly(),
    fingerprint: z.string(),
    problems: z.array(z.object({ path: z.string(), message: z.string() })).readonly(),
    warnings: z.array(z.string()).readonly(),
    overlaps: z.array(overlap).readonly().optional(),
    compiledAt: textCodecs.instant,
    waitsForZone: z.boolean(),
  } satisfies ShapeOf<CampaignCopy>),
);
