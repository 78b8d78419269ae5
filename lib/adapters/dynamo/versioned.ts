import * as z from "zod";

/** @returns the schema with the count of writes that every item carries, built when it is first read with. */
export function versioned<Shape extends z.core.$ZodShape>(schema: z.ZodLazy<z.ZodObject<Shape>>) {
  return z.lazy(() => schema.unwrap().extend({ version: z.int().positive() }));
}
