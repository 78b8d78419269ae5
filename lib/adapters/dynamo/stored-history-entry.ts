import * as z from "zod";
import { textCodecs } from "../../application/messages/text-codecs.ts";
import type { HistoryEntry } from "../../application/ports/history.ts";
import type { ShapeOf } from "./shape-of.ts";

/** One thing that happened to a target, as it is stored. */
export const storedHistoryEntry = z.lazy(() =>
  z.object({
    storeId: textCodecs.storeId,
    target: textCodecs.targetKey,
    version: z.int().nonnegative(),
    kind: z.enum(["switched", "kept", "refused", "blocked", "missed", "would-switch"]),
    at: textCodecs.instant,
    dueAt: textCodecs.instant,
    latenessMs: z.number(),
    before: z.string().optional(),
    after: z.string().optional(),
    reason: z.string(),
    campaignIds: z.array(textCodecs.campaignId).readonly(),
    attempt: z.int().nonnegative(),
    missed: z
      .array(z.object({ campaignId: textCodecs.campaignId, startsAt: textCodecs.instant, endsAt: textCodecs.instant }))
      .readonly()
      .optional(),
    missedCount: z.int().nonnegative().optional(),
  } satisfies ShapeOf<HistoryEntry>),
);
