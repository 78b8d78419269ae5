import * as z from "zod";
import type { Result } from "../../domain/result.ts";
import { failure, success } from "../../domain/result.ts";
import type { StoreMessage } from "../ports/dispatcher.ts";
import { problemText } from "./problem-text.ts";
import { textCodecs } from "./text-codecs.ts";

/** How many targets one message may name: a worker has to get through all of them within its time-out. */
export const MOST_TARGETS_IN_A_MESSAGE = 50;

/** The keys stand in the order in which they are written, so that equal messages are equal texts. */
const storeMessage = z.lazy(() =>
  z.discriminatedUnion("kind", [
    z.object({
      kind: z.literal("switch"),
      storeId: textCodecs.storeId,
      instant: textCodecs.instant,
      targets: z
        .array(textCodecs.targetKey)
        .min(1, "names no target")
        .max(MOST_TARGETS_IN_A_MESSAGE, `names more than ${MOST_TARGETS_IN_A_MESSAGE} targets`),
      relay: z.int().nonnegative(),
      narrowingFirst: z.literal(true).optional(),
    }),
    z.object({
      kind: z.literal("look"),
      storeId: textCodecs.storeId,
      instant: textCodecs.instant,
      because: z.string(),
      relay: z.int().nonnegative(),
      only: z.literal("unchecked").optional(),
      targets: z.array(textCodecs.targetKey).readonly().optional(),
    }),
  ]),
);

/**
 * @returns the message as canonical JSON: keys in a fixed order, instants as ISO 8601 in UTC, targets sorted and each once. Equal messages
 * give equal texts, which is what deduplication by content rests on.
 * @throws RangeError for a message without targets or with more than 50: whoever sends it has to split them.
 */
export function encodeStoreMessage(message: StoreMessage): string {
  if (message.kind === "look") return JSON.stringify(z.encode(storeMessage, message));
  const targets = [...new Set(message.targets)].sort();
  if (targets.length === 0 || targets.length > MOST_TARGETS_IN_A_MESSAGE) {
    throw new RangeError(
      `a message to store ${message.storeId} names ${targets.length} targets; it must name 1 to ${MOST_TARGETS_IN_A_MESSAGE}`,
    );
  }
  return JSON.stringify(z.encode(storeMessage, { ...message, targets }));
}

/** @returns the message that a body holds, or one sentence saying why it is not one of ours (it quotes nothing of the body). */
export function parseStoreMessage(body: string): Result<StoreMessage, string> {
  const json = parseJson(body);
  if (json === undefined)
    return failure("The message body is not JSON, so it was not sent by Doorman; delete it and find out who sends to this queue.");
  const parsed = storeMessage.safeParse(json);
  if (parsed.success) return success(parsed.data);
  return failure(
    `The message body is not a message to a store (${problemText(parsed.error)}); delete it and find out who sends to this queue.`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
