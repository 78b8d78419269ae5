import * as z from "zod";
import { textCodecs } from "../../application/messages/text-codecs.ts";
import type { Pause, StoreState } from "../../application/ports/state-table.ts";
import type { ShapeOf } from "./shape-of.ts";

const pause = z.lazy(() =>
  z.object({
    code: z.string(),
    reason: z.string(),
    since: textCodecs.instant,
    probeAt: textCodecs.instant,
  } satisfies ShapeOf<Pause>),
);

/** What Doorman knows of a store, as it is stored. */
export const storedStore = z.lazy(() =>
  z.object({
    timeZone: z.string().optional(),
    profileReadAt: textCodecs.instant.optional(),
    deadToken: z.object({ secretVersion: z.string(), since: textCodecs.instant }).optional(),
    tokenProvenAt: textCodecs.instant.optional(),
    unheard: z.int().positive().optional(),
    coolDownUntil: textCodecs.instant.optional(),
    pause: pause.optional(),
    dueAt: textCodecs.instant.optional(),
    pausedKinds: z.object({ coupon: pause.optional(), promotion: pause.optional() } satisfies ShapeOf<StoreState["pausedKinds"]>),
    noAccess: z.object({ code: z.string(), reason: z.string(), since: textCodecs.instant }).optional(),
    noticed: z.string().optional(),
    groupNames: z.record(z.string(), z.string()).optional(),
  } satisfies ShapeOf<StoreState>),
);
