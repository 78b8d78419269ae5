import { couponId, promotionId, targetKey } from "../../../lib/domain/identifiers.ts";
import { parseInstant } from "../../../lib/domain/instant.ts";
import type { Json } from "../../../lib/domain/live.ts";
import type { Written } from "./ecwid-wire.ts";
import type { Boundary, Scene, SceneRecord } from "./scene.ts";

function idsIn(list: Json | undefined, name: string): readonly string[] {
  return Array.isArray(list) ? list.map((each: Record<string, unknown>) => String(each[name])) : [];
}

function targetsOf(record: SceneRecord): readonly Boundary["target"][] {
  return [
    ...idsIn(record["coupons"], "couponId").map((id) => targetKey({ kind: "coupon", id: couponId(id) })),
    ...idsIn(record["promotions"], "promotionId").map((id) => targetKey({ kind: "promotion", id: promotionId(id) })),
  ];
}

/** @returns every boundary of a scene in which no target has two campaigns, in order of time. */
export function boundariesOf(scene: Scene): readonly Boundary[] {
  const boundaries = scene.stores.flatMap(({ id, records }) =>
    records.flatMap((record) =>
      targetsOf(record).flatMap((target) =>
        [record["start"], record["end"]].map((at) => ({ storeId: id, target, at: parseInstant(String(at)) })),
      ),
    ),
  );
  return boundaries.toSorted((one, other) => one.at - other.at);
}

/** A boundary and how late its switch came; undefined: it never came. */
export interface Answered extends Boundary {
  readonly latenessMs: number | undefined;
}

/** Finds for each boundary the write that answers it: the first to its target from then until the target's next boundary. */
export function answersTo(boundaries: readonly Boundary[], written: readonly Written[]): readonly Answered[] {
  const key = ({ storeId, target }: Pick<Boundary, "storeId" | "target">) => `${storeId} ${target}`;
  const writes = Map.groupBy(written, key);
  const later = Map.groupBy(boundaries, key);
  return boundaries.map((boundary) => {
    const next = later.get(key(boundary))?.find(({ at }) => at > boundary.at)?.at ?? Number.POSITIVE_INFINITY;
    const write = writes.get(key(boundary))?.find(({ at }) => at >= boundary.at && at < next);
    return { ...boundary, latenessMs: write === undefined ? undefined : write.at - boundary.at };
  });
}
