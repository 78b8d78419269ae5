import * as z from "zod";
import type { Campaign, GroupsAsk } from "../../domain/campaign/campaign.ts";
import type { Problem } from "../../domain/campaign/status.ts";
import type { PromotionId } from "../../domain/identifiers.ts";
import { COUPON_FIELDS, PROMOTION_FIELDS } from "./campaign-fields.ts";
import { issuesOf, listOf, refusal } from "./field.ts";
import { APPLICATION_LIMIT, COUPON_ID, GROUP_ID, PROMOTION_ID } from "./fields.ts";
import { groupConflicts } from "./group-conflicts.ts";
import { printPath } from "./print-value.ts";
import type { RecordReader } from "./record-reader.ts";

const MOST_TARGETS = 500;
const MOST_GROUPS = 200;

type PromotionEntry = Campaign["promotions"][number];

const COUPONS = z.lazy(() => {
  const coupon = z.strictObject(
    { couponId: COUPON_ID, applicationLimit: APPLICATION_LIMIT, afterwards: APPLICATION_LIMIT.optional() },
    { error: (issue) => refusal(issue.input, 'write {"couponId": …, "applicationLimit": …}') },
  );
  return listOf(coupon, 'write a list, such as [{"couponId": 162428889, "applicationLimit": "UNLIMITED"}]');
});

const PROMOTION_SHAPE = z.lazy(() => {
  const groups = listOf(GROUP_ID, "write a list of customer group numbers, such as [1006534]")
    .max(MOST_GROUPS, { error: (issue) => refusal(issue.input, `a promotion may have at most ${MOST_GROUPS} groups: leave some out`) })
    .transform((list): readonly number[] => [...new Set(list)]);
  return z.strictObject(
    { promotionId: PROMOTION_ID, addGroups: groups.optional(), removeGroups: groups.optional(), setGroups: groups.optional() },
    { error: (issue) => refusal(issue.input, 'write {"promotionId": …, "addGroups": […]}') },
  );
});
const PROMOTIONS = z.lazy(() => {
  // Read with what no single field of it shows, so that both kinds of problem are found at once.
  const promotion = z.unknown().transform((typed, context): PromotionEntry => {
    const shape = PROMOTION_SHAPE.safeParse(typed);
    const conflicts = groupConflicts(typed);
    const misshapen = shape.success ? [] : issuesOf(shape.error, PROMOTION_FIELDS);
    for (const { path, message } of misshapen) context.issues.push({ code: "custom", path: [...path], message, input: typed });
    for (const { field, message } of conflicts) context.issues.push({ code: "custom", path: [field], message, input: typed });
    return shape.success && conflicts.length === 0 ? promotionEntry(shape.data) : z.NEVER;
  });
  return listOf(promotion, 'write a list, such as [{"promotionId": 608502, "addGroups": [1006534]}]');
});

/** @returns what the campaign changes; undefined where that cannot be read. Complains of what is wrong. */
export function readTargets(reader: RecordReader): Pick<Campaign, "coupons" | "promotions"> | undefined {
  const before = reader.problems().length;
  const coupons = reader.typed("coupons") === undefined ? [] : reader.read("coupons", COUPONS, COUPON_FIELDS);
  const promotions = reader.typed("promotions") === undefined ? [] : reader.read("promotions", PROMOTIONS, PROMOTION_FIELDS);
  const count = lengthOf(reader.typed("coupons")) + lengthOf(reader.typed("promotions"));
  if (count > MOST_TARGETS) {
    const message = `the campaign changes ${count} coupons and promotions; at most ${MOST_TARGETS} are allowed: make two campaigns of it`;
    reader.complain({ path: lengthOf(reader.typed("coupons")) > 0 ? "coupons" : "promotions", message });
  }
  if (coupons === undefined || promotions === undefined) return undefined;
  reader.complain(
    ...(coupons.length + promotions.length === 0 ? [changesNothing(reader)] : []),
    ...repeated(coupons, "coupons", "couponId", ({ couponId }) => couponId),
    ...repeated(promotions, "promotions", "promotionId", ({ promotionId }) => promotionId),
  );
  return reader.problems().length > before ? undefined : { coupons, promotions };
}

function changesNothing(reader: RecordReader): Problem {
  const isOnPromotions = reader.typed("promotions") !== undefined && reader.typed("coupons") === undefined;
  const [path, here, there] = isOnPromotions
    ? ["promotions", "promotion", "one coupon in coupons"]
    : ["coupons", "coupon", "one promotion in promotions"];
  return { path, message: `the campaign changes nothing: name at least one ${here} here, or ${there}` };
}

function promotionEntry(shape: {
  readonly promotionId: PromotionId;
  readonly addGroups?: readonly number[] | undefined;
  readonly removeGroups?: readonly number[] | undefined;
  readonly setGroups?: readonly number[] | undefined;
}): PromotionEntry {
  const groups: GroupsAsk =
    shape.setGroups === undefined
      ? { form: "change", add: shape.addGroups ?? [], remove: shape.removeGroups ?? [] }
      : { form: "set", groups: shape.setGroups };
  return { promotionId: shape.promotionId, groups };
}

function repeated<Entry>(entries: readonly Entry[], list: string, field: string, idOf: (entry: Entry) => string): readonly Problem[] {
  const firstAt = new Map<string, number>();
  return entries.flatMap((entry, index) => {
    const id = idOf(entry);
    const first = firstAt.get(id);
    if (first === undefined) firstAt.set(id, index);
    if (first === undefined) return [];
    return [{ path: printPath([list, index, field]), message: `${id} is already in ${list}[${first}]: name each only once` }];
  });
}

function lengthOf(typed: unknown): number {
  return Array.isArray(typed) ? typed.length : 0;
}
