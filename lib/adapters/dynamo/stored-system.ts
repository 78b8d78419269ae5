import * as z from "zod";
import { textCodecs } from "../../application/messages/text-codecs.ts";
import type { Stop, SweepPlace, SystemState } from "../../application/ports/state-table.ts";
import type { ShapeOf } from "./shape-of.ts";

const stop = z.lazy(() =>
  z.object({ since: textCodecs.instant.optional(), reason: z.string(), by: z.string().optional() } satisfies ShapeOf<Stop>),
);

const reasonOf = z.lazy(() => z.object({ reason: z.string() }));

/**
 * The kill switch is for a bad hour, and the table can be edited by hand: whatever stands there stops Doorman, however it is written, but for
 * `false` and null.
 */
const stopped = z.lazy(() =>
  z.codec(z.unknown(), stop.optional(), {
    decode: (typed) => {
      if (typed === undefined || typed === null || typed === false) return undefined;
      const read = stop.safeParse(typed);
      if (read.success) return z.encode(stop, read.data);
      if (typeof typed === "string" && typed !== "") return { reason: typed };
      return { reason: reasonOf.safeParse(typed).data?.reason ?? "no reason was given" };
    },
    encode: (known) => known,
  }),
);

/** What holds for the whole deployment, as it is stored. */
export const storedSystem = z.lazy(() =>
  z.object({
    stopped: stopped.optional(),
    deadAnswers: z.array(textCodecs.instant).readonly(),
    refusals: z.array(textCodecs.instant).readonly().optional(),
    sweptUpTo: z.object({ phase: z.enum(["records", "stores"]), store: textCodecs.storeId } satisfies ShapeOf<SweepPlace>).optional(),
  } satisfies ShapeOf<SystemState>),
);
