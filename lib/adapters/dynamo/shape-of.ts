import type * as z from "zod";

/** A schema's fields, all of those that the type has: one left out, even an optional one, would be lost in silence when stored. */
export type ShapeOf<Stored> = { readonly [Field in keyof Required<Stored>]: z.ZodType };
