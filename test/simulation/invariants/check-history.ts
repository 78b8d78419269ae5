import { storeId as asStoreId, parseTargetKey, targetKey } from "../../../lib/domain/identifiers.ts";
import { type Happening, isChange, type Violation } from "../world/journal.ts";
import type { Evidence } from "./evidence.ts";

type Wrote = Happening & { readonly kind: "wrote" };

/** The entry bears the instant at which the change was sent or answered; a call may take that long. */
const APART_MS = 60_000;

/**
 * A write that nobody could tell of: every worker that read it died or was failed, or none did, before somebody else's value stood in its
 * place. Whoever comes next finds neither what was there before nor what was to be there.
 */
function couldNobodyKnow(write: Wrote, after: readonly Happening[]): boolean {
  const overwritten = after.find(
    (each) =>
      (each.kind === "edited" || each.kind === "wrote") && isChange(each) && each.storeId === write.storeId && each.target === write.target,
  );
  if (overwritten === undefined) return false;
  const list = write.target.startsWith("coupon") ? "coupons" : "promotions";
  return !after.some(
    (each) =>
      each.kind === "saw" &&
      each.at < overwritten.at &&
      each.storeId === write.storeId &&
      (each.what === write.target || each.what === list) &&
      each.seq >= write.seq &&
      !each.process.isDead &&
      !each.process.hasFailed,
  );
}

/** Invariant 7: every write is in the history. */
export async function checkHistory({ plan, history, happenings, now }: Evidence): Promise<readonly Violation[]> {
  const violations: Violation[] = [];
  const skewMs = Math.max(0, ...plan.faults.map((fault) => (fault.kind === "clock" ? Math.abs(fault.byMs) : 0)));
  for (const [index, write] of happenings.entries()) {
    if (write.kind !== "wrote" || !isChange(write)) continue;
    const target = parseTargetKey(write.target);
    if (target === undefined) continue;
    const entries = await history.of(asStoreId(write.storeId), targetKey(target), 1_000, now());
    const inFull = write.after.limit ?? `groups ${(write.after.groups ?? []).join(", ")}`;
    const found = entries.some(({ kind, after, at }) => {
      const tellsOfOne = kind === "switched" || kind === "blocked";
      return tellsOfOne && (after === write.sent || after === inFull) && Math.abs(at - write.at) <= APART_MS + skewMs;
    });
    if (found || couldNobodyKnow(write, happenings.slice(index + 1))) continue;
    const got = entries.map(({ kind, after, at }) => `${kind} ${after ?? ""} ${new Date(at).toISOString()}`).join("; ");
    const expected = `${write.sent} written at ${new Date(write.at).toISOString()} by process ${write.process.id}`;
    violations.push({
      invariant: "7 every write is in the history",
      at: write.at,
      where: `store ${write.storeId} ${write.target}`,
      expected,
      got,
    });
  }
  return violations;
}
