import * as z from "zod";
import { textCodecs } from "../../application/messages/text-codecs.ts";
import type { SweepPlace, SystemState } from "../../application/ports/state-table.ts";
import type { ShapeOf } from "./shape-of.ts";

/** What holds for the whole deployment, as it is stored. */
export const storedSystem = z.object({
  stopped: z.object({ since: textCodecs.instant, reason: z.string() }).optional(),
  deadAnswers: z.array(textCodecs.instant).readonly(),
  refusals: z.array(textCodecs.instant).readonly().optional(),
  sweptUpTo: z.object({ phase: z.enum(["records", "stores"]), store: textCodecs.storeId } satisfies ShapeOf<SweepPlace>).optional(),
} satisfies ShapeOf<SystemState>);
