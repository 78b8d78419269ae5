import * as z from "zod";
import type { EcwidFailure } from "../../domain/failures/ecwid-failure.ts";
import { failure, type Result, success } from "../../domain/result.ts";

/** The most that Ecwid puts on a page, and what is asked for. */
export const PAGE_SIZE = 100;
/** No store has a list that long for a good reason; beyond it we would only spend the store's requests. */
export const MOST_PAGES = 20;

/** @returns the schema of Ecwid's list envelope around items of `itemSchema`. */
export function pageSchema<Item>(itemSchema: z.ZodType<Item>) {
  const count = z.int().nonnegative().optional().catch(undefined);
  return z.looseObject({ total: count, limit: count, items: z.array(itemSchema) });
}

/** One page of a list. `total` counts the whole list, `limit` is the page size that Ecwid used. */
export interface Page<Item> {
  readonly total?: number | undefined;
  readonly limit?: number | undefined;
  readonly items: readonly Item[];
}

/** Reads the page that begins at `offset`. */
export type ReadPage<Item> = (offset: number) => Promise<Result<Page<Item>, EcwidFailure>>;

type Progress = "done" | "more" | { readonly problem: string };

function keepAll<Item extends { readonly id: string | number }>(found: Map<string | number, Item>, items: readonly Item[]): boolean {
  const known = found.size;
  for (const item of items) found.set(item.id, item);
  return found.size > known;
}

function createCollector<Item extends { readonly id: string | number }>() {
  const found = new Map<string | number, Item>();
  let expected: number | undefined;

  return {
    items: (): readonly Item[] => [...found.values()],
    take({ items, limit, total }: Page<Item>): Progress {
      const somethingNew = keepAll(found, items);
      expected ??= total;
      if (expected === undefined) return items.length < pageSize(limit) ? "done" : "more";
      if ((total ?? expected) < expected) return { problem: "the list shrank while it was read" };
      if (found.size >= expected) return "done";
      return somethingNew ? "more" : { problem: `${found.size} of ${expected} items came, then no new ones` };
    },
  };
}

function pageSize(limit: number | undefined): number {
  return limit === undefined || limit === 0 ? PAGE_SIZE : limit;
}

/**
 * Reads a list page by page until everything in `total` is there; where Ecwid gives no `total`, until a page is short.
 * An item that turns up on two pages is kept once. A list that shrinks in between may have hidden an item, and is not used.
 *
 * @param unreadable makes the failure for a list that cannot be read to its end; the text completes "cannot be used: …".
 */
export async function readAllPages<Item extends { readonly id: string | number }>(
  readPage: ReadPage<Item>,
  unreadable: (problem: string) => EcwidFailure,
): Promise<Result<readonly Item[], EcwidFailure>> {
  const collector = createCollector<Item>();
  let offset = 0;

  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const read = await readPage(offset);
    if (!read.ok) return read;
    const progress = collector.take(read.value);
    if (progress === "done") return success(collector.items());
    if (progress !== "more") return failure(unreadable(progress.problem));
    offset += Math.min(read.value.items.length, pageSize(read.value.limit));
  }
  return failure(unreadable(`the list goes on after ${MOST_PAGES} pages of ${PAGE_SIZE}`));
}
