import * as z from "zod";
import { textCodecs } from "../../application/messages/text-codecs.ts";
import type { CouponAsk, Layer, Override } from "../../domain/layers/layer.ts";
import type { Freeze, WindowRule } from "../../domain/windows/window-rule.ts";
import type { ShapeOf } from "./shape-of.ts";

/** The schemas of what a campaign asks, shared by a layer and by a campaign's last good copy. */
export const storedAsk = {
  moment: z.lazy(() =>
    z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("local"), dateTime: z.string() }),
      z.object({ kind: z.literal("fixed"), at: textCodecs.instant }),
    ]),
  ),
  limit: z.enum(["UNLIMITED", "NEW_CUSTOMER_ONLY", "REPEAT_CUSTOMER_ONLY"]),
  policy: z.enum(["yield", "enforce"]),
  override: z.lazy(() =>
    z.object({
      state: z.enum(["on", "off"]),
      until: textCodecs.instant,
      reason: z.string(),
      by: z.string().optional(),
    } satisfies ShapeOf<Override>),
  ),
  groupIds: z.lazy(() => z.array(z.int().nonnegative()).readonly()),
};

const couponAsk = z.lazy(() =>
  z.object({
    kind: z.literal("coupon"),
    applicationLimit: storedAsk.limit,
    afterwards: storedAsk.limit.optional(),
  } satisfies ShapeOf<CouponAsk>),
);
const promotionAsk = z.lazy(() =>
  z.discriminatedUnion("form", [
    z.object({ kind: z.literal("promotion"), form: z.literal("change"), add: storedAsk.groupIds, remove: storedAsk.groupIds }),
    z.object({ kind: z.literal("promotion"), form: z.literal("set"), groups: storedAsk.groupIds }),
  ]),
);

/** The schema of the times in which no window starts. */
export const storedFreezes = z.lazy(() =>
  z
    .array(
      z.object({
        from: textCodecs.instant,
        to: textCodecs.instant,
        since: textCodecs.instant,
        calendar: z.string().optional(),
      } satisfies ShapeOf<Freeze>),
    )
    .readonly(),
);

const windows = z.lazy(() =>
  z.object({
    start: storedAsk.moment,
    end: storedAsk.moment.optional(),
    timeZone: z.string(),
    repeat: z.string().optional(),
    except: z.array(z.string()).readonly(),
    freezes: storedFreezes.optional(),
  } satisfies ShapeOf<WindowRule>),
);

/** A layer as it is stored. */
export const storedLayer = z.lazy(() =>
  z.object({
    campaignId: textCodecs.campaignId,
    campaignName: z.string(),
    windows,
    enabled: z.boolean(),
    override: storedAsk.override.optional(),
    priority: z.number(),
    onManualEdit: storedAsk.policy,
    ask: z.union([couponAsk, promotionAsk]),
  } satisfies ShapeOf<Layer>),
);
