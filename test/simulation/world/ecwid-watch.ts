import type { SimulatedEcwid } from "../../../infra/local/simulated-store/simulated-ecwid.ts";
import { isJsonObject } from "../../../infra/local/simulated-store/store-state.ts";
import type { Instant } from "../../../lib/domain/instant.ts";
import type { Json, JsonObject } from "../../../lib/domain/live.ts";
import type { Happening, Sight, TargetValue } from "./journal.ts";
import type { Process } from "./process.ts";

interface Answered {
  readonly status: number | undefined;
  readonly isStale: boolean;
  /** Whether the request had its effect. */
  readonly wasMade: boolean;
}

/** Sees every request and every change at the simulated Ecwid, and who made it. */
export interface EcwidWatch {
  /** Called before a request is answered. @returns what is to be called after. */
  request(process: Process, storeId: string, method: string, path: string, body: string | undefined): (answered: Answered) => void;
  noteRequest(request: Happening & { readonly kind: "request" }): void;
  /** Runs what a person does in Ecwid, and notes which targets that changed. */
  edit(storeId: string, targets: readonly string[], change: () => void): void;
  changedAt(storeId: string): Instant;
  value(storeId: string, target: string): TargetValue;
  brief(storeId: string, path: string): string;
}

/** How often each process has seen which target: by process, then by what was read. */
type Sights = WeakMap<Process, Map<string, Sight>>;

const TARGET_PATH = /\/(discount_coupons|promotions)\/(\d+)$/;

export function createEcwidWatch(ecwid: SimulatedEcwid, now: () => Instant, note: (happening: Happening) => void): EcwidWatch {
  const sights: Sights = new WeakMap();
  const changes = new Map<string, { seq: number; at: Instant; state: object }>();
  const start = now();

  const changeOf = (storeId: string) => {
    const state = ecwid.store(storeId);
    const known = changes.get(storeId);
    if (known === undefined) {
      const first = { seq: 0, at: start, state };
      changes.set(storeId, first);
      return first;
    }
    if (known.state !== state) {
      known.seq += 1;
      known.at = now();
      known.state = state;
    }
    return known;
  };
  const value = (storeId: string, target: string): TargetValue => {
    const [kind, id = ""] = target.split("#");
    const item = kind === "coupon" ? ecwid.coupon(storeId, id) : ecwid.promotion(storeId, id);
    return kind === "coupon" ? couponValue(item) : promotionValue(item);
  };
  const sightOf = (process: Process, target: string): Sight | undefined => {
    const seen = sights.get(process);
    const [own, list] = [seen?.get(target), seen?.get(target.startsWith("coupon") ? "coupons" : "promotions")];
    if (own === undefined || list === undefined) return own ?? list;
    return own.at > list.at ? own : list;
  };

  return {
    request(process, storeId, method, path, body) {
      const seq = changeOf(storeId).seq;
      const [, shelf, id] = TARGET_PATH.exec(path) ?? [];
      const target = shelf === undefined ? undefined : `${shelf === "promotions" ? "promotion" : "coupon"}#${id}`;
      const before = target === undefined || method === "GET" ? undefined : value(storeId, target);
      return ({ status, isStale, wasMade }) => {
        if (method === "GET" && status === 200) {
          const what = target ?? path.slice(path.lastIndexOf("/") + 1).replace("discount_coupons", "coupons");
          const seen = sights.get(process) ?? new Map<string, Sight>();
          sights.set(process, seen);
          const sight = { seq: isStale ? seq - 1 : seq, at: now() };
          seen.set(what, sight);
          note({ kind: "saw", at: now(), process, storeId, seq: sight.seq, what });
        }
        if (before === undefined || target === undefined || !wasMade) return;
        const change = changeOf(storeId);
        const after = value(storeId, target);
        const sight = sightOf(process, target);
        note({ kind: "wrote", at: now(), seq: change.seq, process, storeId, target, before, after, ...sentIn(body), sight });
      };
    },
    noteRequest: note,
    edit(storeId, targets, change) {
      const before = targets.map((target) => value(storeId, target));
      change();
      const { seq } = changeOf(storeId);
      for (const [index, target] of targets.entries()) {
        const [was, is] = [before[index] ?? {}, value(storeId, target)];
        if (JSON.stringify(was) !== JSON.stringify(is)) note({ kind: "edited", at: now(), seq, storeId, target, before: was, after: is });
      }
    },
    changedAt: (storeId) => changeOf(storeId).at,
    value,
    brief(storeId, path) {
      const [, shelf, id] = TARGET_PATH.exec(path) ?? [];
      if (shelf === undefined && !path.endsWith("/promotions")) return "";
      if (shelf === undefined)
        return JSON.stringify(ecwid.store(storeId).promotions.map((each) => [each["id"], promotionValue(each).groups]));
      return JSON.stringify(value(storeId, `${shelf === "promotions" ? "promotion" : "coupon"}#${id}`));
    },
  };
}

function couponValue(item: JsonObject | undefined): TargetValue {
  return item === undefined ? {} : { limit: String(item["applicationLimit"]) };
}

function isNumbers(list: Json | undefined): list is readonly number[] {
  return Array.isArray(list) && list.every((each) => typeof each === "number");
}

function promotionValue(item: JsonObject | undefined): TargetValue {
  const triggers = item?.["triggers"];
  if (!isJsonObject(triggers)) return {};
  const { customerGroups: groups, ...rest } = triggers;
  return { ...(isNumbers(groups) && { groups }), triggers: rest };
}

/** What a body asks for, as the history words it, and the groups in it. */
function sentIn(body: string | undefined): { readonly sent: string; readonly sentGroups: readonly number[] } {
  const parsed: Json = JSON.parse(body ?? "null");
  if (!isJsonObject(parsed)) return { sent: "", sentGroups: [] };
  if (typeof parsed["applicationLimit"] === "string") return { sent: parsed["applicationLimit"], sentGroups: [] };
  const triggers = parsed["triggers"];
  const groups = isJsonObject(triggers) ? triggers["customerGroups"] : undefined;
  return isNumbers(groups) ? { sent: `groups ${groups.join(", ")}`, sentGroups: groups } : { sent: "", sentGroups: [] };
}
