import * as z from "zod";
import { isNumericId } from "../../domain/identifiers.ts";

/** An id as Ecwid sends it, a number or digits in a string, as a string: ids may exceed 32 bits. */
export const numericIdSchema = z.lazy(() =>
  z.union([z.int(), z.string()]).transform(String).refine(isNumericId, { error: "expected a numeric id" }),
);

/** A customer group's id; 0 is the built-in group "General". */
export const groupIdSchema = z.lazy(() =>
  z.union([
    z.int().nonnegative(),
    z
      .string()
      .regex(/^\d{1,15}$/)
      .transform(Number),
  ]),
);

/** A field that is only for people: one that cannot be read is left out instead of spoiling the reply. */
export const optionalTextSchema = z.lazy(() => z.string().optional().catch(undefined));

/** A date as Ecwid wrote it, not yet read; anything that is no text or number is left out. */
export const rawDateSchema = z.lazy(() =>
  z
    .union([z.string(), z.number()])
    .nullish()
    .catch(undefined)
    .transform((date) => date ?? undefined),
);
