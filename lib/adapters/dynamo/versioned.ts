import * as z from "zod";

/** @returns the schema with the count of writes that every item carries. */
export function versioned<Shape extends z.core.$ZodShape>(schema: z.ZodObject<Shape>) {
  return schema.extend({ version: z.int().positive() });
}
