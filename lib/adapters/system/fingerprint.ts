import { createHash } from "node:crypto";

/** @returns the SHA-256 digest of the text, in hexadecimal: equal texts, and in practice only those, have equal ones. */
export function fingerprint(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
