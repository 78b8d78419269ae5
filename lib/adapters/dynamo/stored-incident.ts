import * as z from "zod";
import { textCodecs } from "../../application/messages/text-codecs.ts";
import type { Incident } from "../../application/ports/incident.ts";
import type { ShapeOf } from "./shape-of.ts";

/** An alarm's latest trouble, as it is stored. */
export const storedIncident = z.lazy(() =>
  z.object({
    alarm: z.enum(["on", "off"]),
    changedAt: textCodecs.instant,
    openedAt: textCodecs.instant.optional(),
    times: z.int().nonnegative(),
    told: z.enum(["nothing", "opened", "again", "closed"]),
    headline: z.string().optional(),
    known: z.array(z.string()).readonly().optional(),
    suffered: z.array(z.string()).readonly().optional(),
    surveyedAt: textCodecs.instant.optional(),
    tellingSince: textCodecs.instant.optional(),
  } satisfies ShapeOf<Incident>),
);
