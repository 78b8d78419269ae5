import type * as z from "zod";

/** @returns what a schema found wrong, each with its place, in one line: `targets[0] is not coupon#<id>; instant …`. Never a value. */
export function problemText(error: z.ZodError): string {
  return error.issues.map((issue) => `${placeOf(issue.path)}${issue.message}`).join("; ");
}

function placeOf(path: readonly PropertyKey[]): string {
  const place = path.reduce<string>(
    (text, step) => (typeof step === "number" ? `${text}[${step}]` : `${text}${text === "" ? "" : "."}${String(step)}`),
    "",
  );
  return place === "" ? "" : `${place}: `;
}
