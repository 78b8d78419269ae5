import * as z from "zod";
import type { EcwidStore, PromotionList } from "../../application/ports/ecwid-gateway.ts";
import type { EcwidFailure } from "../../domain/failures/ecwid-failure.ts";
import type { PromotionId } from "../../domain/identifiers.ts";
import type { LivePromotion } from "../../domain/live.ts";
import { type Result, success } from "../../domain/result.ts";
import { MOST_PAGES, PAGE_SIZE, type Page, pageSchema, type ReadPage } from "./pages.ts";
import { readPromotion } from "./read-promotion.ts";
import { readReply } from "./read-reply.ts";
import { type Call, failedCall, type Send } from "./send.ts";

const QUERY = "responseFields=total,count,offset,limit,items(id,name,enabled,triggers)";
const promotionPageSchema = z.lazy(() => pageSchema(z.unknown()));

/** The first call is the one that Ecwid documents; `offset` is tried only where it did not bring everything. */
function listCall(offset: number): Call {
  return { method: "GET", path: "/promotions", query: offset === 0 ? `?${QUERY}` : `?offset=${offset}&${QUERY}`, aboutTarget: false };
}

/** Where Ecwid will not page after all, what came before still stands, as a part of the list. */
function endsTheList(reason: EcwidFailure): boolean {
  return reason.kind === "refused" || reason.kind === "unreadable-reply";
}

/** The promotion calls of one store: `GET` the list, `PUT {"triggers": …}`. */
export function createPromotionCalls(send: Send, clean: (text: string) => string): Pick<EcwidStore, "listPromotions" | "writeTriggers"> {
  const readPage: ReadPage<unknown> = async (offset) => {
    const call = listCall(offset);
    const sent = await send(call);
    return sent.ok ? readReply(sent.value, promotionPageSchema, failedCall(call, clean)) : sent;
  };

  return {
    listPromotions: () => readPromotions(readPage),
    async writeTriggers(id, triggers) {
      const sent = await send({ method: "PUT", path: `/promotions/${id}`, query: "", aboutTarget: true, body: { triggers } });
      return sent.ok ? success(undefined) : sent;
    },
  };
}

function createCollector() {
  const found = new Map<PromotionId, LivePromotion>();
  let seen = 0;

  return {
    offset: () => seen,
    list: (complete: boolean): PromotionList => ({ promotions: [...found.values()], complete: complete && found.size === seen }),
    take({ items, total }: Page<unknown>): "done" | "more" | "nothing-new" {
      const known = found.size;
      for (const promotion of items.map(readPromotion)) if (promotion !== undefined) found.set(promotion.id, promotion);
      seen += items.length;
      const everythingCame = total === undefined ? items.length < PAGE_SIZE : seen >= total;
      if (everythingCame) return "done";
      return found.size > known ? "more" : "nothing-new";
    },
  };
}

/**
 * Ecwid documents no paging for promotions, though its replies count a `total`: so the list says itself whether it is complete.
 * An item that cannot be read is left out, does not hide the others, and makes the list incomplete.
 */
async function readPromotions(readPage: ReadPage<unknown>): Promise<Result<PromotionList, EcwidFailure>> {
  const collector = createCollector();
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const page = await readPage(collector.offset());
    if (!page.ok) return pages > 0 && endsTheList(page.failure) ? success(collector.list(false)) : page;
    const progress = collector.take(page.value);
    if (progress !== "more") return success(collector.list(progress === "done"));
  }
  return success(collector.list(false));
}
