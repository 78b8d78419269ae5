import * as z from "zod";

const batch = z.lazy(() => z.object({ Records: z.array(z.unknown()) }));

/**
 * Lambda hands a batch over as `{"Records": […]}`; whoever calls the function by hand may hand over anything.
 *
 * @returns the records, each still to be read, or undefined if the event is no batch.
 */
export function recordsOf(event: unknown): readonly unknown[] | undefined {
  return batch.safeParse(event).data?.Records;
}
