/** Why a call ended without a whole reply. */
export type Thrown =
  | { readonly kind: "deadline" }
  | { readonly kind: "redirected" }
  | { readonly kind: "too-long" }
  | { readonly kind: "lost"; readonly code: string };

function textField(error: unknown, name: "type" | "name" | "code"): string | undefined {
  const value: unknown = typeof error === "object" && error !== null ? Reflect.get(error, name) : undefined;
  return typeof value === "string" ? value : undefined;
}

const ABORT_NAMES: readonly (string | undefined)[] = ["AbortError", "TimeoutError"];

/**
 * Reads an error thrown by a fetch. node-fetch reports every abort as an AbortError, and takes an error's `name` from its class, which
 * a minifier renames: so `aborted` (of the signal that was handed in) and the error's `type` are looked at first.
 */
export function readThrown(error: unknown, aborted: boolean): Thrown {
  const type = textField(error, "type");
  if (aborted || type === "aborted" || ABORT_NAMES.includes(textField(error, "name"))) return { kind: "deadline" };
  if (type === "no-redirect" || type === "invalid-redirect") return { kind: "redirected" };
  if (type === "max-size") return { kind: "too-long" };
  return { kind: "lost", code: textField(error, "code") ?? "connection error" };
}
