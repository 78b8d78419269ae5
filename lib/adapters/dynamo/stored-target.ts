import * as z from "zod";
import { textCodecs } from "../../application/messages/text-codecs.ts";
import type { Block, Pretence, RecentWrite, Shadow, TargetCheck, TargetState } from "../../application/ports/state-table.ts";
import type { CellLedger, Intent, Ledger } from "../../domain/ledger/ledger.ts";
import type { TargetProblem } from "../../domain/usability/target-problems.ts";
import type { ShapeOf } from "./shape-of.ts";
import { storedAsk } from "./stored-layer.ts";

const cellKey = z.lazy(() => z.union([z.literal("applicationLimit"), z.templateLiteral(["group:", z.int()])]));

const cellLedger = z.lazy(() =>
  z.object({
    base: z.string(),
    written: z.string(),
    window: textCodecs.windowId,
    campaignName: z.string().optional(),
    policy: storedAsk.policy,
    standIn: z.boolean(),
    afterwards: z.string().optional(),
    heldAt: textCodecs.instant,
    doubt: z.object({ value: z.string(), seenAt: textCodecs.instant }).optional(),
    setByPerson: z.string().optional(),
  } satisfies ShapeOf<CellLedger>),
);

const ledger = z.lazy(() =>
  z.object({
    cells: z.partialRecord(cellKey, cellLedger),
    yielded: z.partialRecord(cellKey, z.array(textCodecs.windowId).readonly()),
  } satisfies ShapeOf<Ledger>),
);

const intent = z.lazy(() =>
  z.object({
    at: textCodecs.instant,
    acceptedAt: textCodecs.instant.optional(),
    cells: z.partialRecord(cellKey, z.object({ before: z.string(), after: z.string() })),
    ledgerAfter: ledger,
    told: z.object({
      before: z.string(),
      after: z.string(),
      reason: z.string(),
      campaignIds: z.array(textCodecs.campaignId).readonly(),
      historyVersion: z.int().positive(),
    }),
    triggersBefore: textCodecs.jsonObject.optional(),
  } satisfies ShapeOf<Intent>),
);

const block = z.lazy(() =>
  z.object({
    code: z.string(),
    reason: z.string(),
    since: textCodecs.instant,
    lookAgainAt: textCodecs.instant.optional(),
  } satisfies ShapeOf<Block>),
);

const problem = z.lazy(() =>
  z.object({
    campaignId: textCodecs.campaignId,
    code: z.string(),
    message: z.string(),
    group: z.int().nonnegative().optional(),
    startsAt: textCodecs.instant.optional(),
    endsAt: textCodecs.instant.optional(),
  } satisfies ShapeOf<TargetProblem>),
);

const check = z.lazy(() =>
  z.object({
    checkedAt: textCodecs.instant.optional(),
    problems: z.array(problem).readonly(),
    seen: z.string().optional(),
  } satisfies ShapeOf<TargetCheck>),
);

const recentWrite = z.lazy(() =>
  z.object({
    at: textCodecs.instant,
    cells: z.partialRecord(cellKey, z.string()),
  } satisfies ShapeOf<RecentWrite>),
);

const targetValue = z.lazy(() => z.union([z.string(), z.array(z.int().nonnegative()).readonly()]));

const shadow = z.lazy(() =>
  z.object({
    ledger,
    pretence: z.object({ found: targetValue, shown: targetValue } satisfies ShapeOf<Pretence>).optional(),
  } satisfies ShapeOf<Shadow>),
);

const count = z.int().nonnegative();

/** What Doorman knows of a target, as it is stored. */
export const storedTarget = z.lazy(() =>
  z.object({
    ledger,
    intent: intent.optional(),
    dueAt: textCodecs.instant.optional(),
    owedSince: textCodecs.instant.optional(),
    decidedAt: textCodecs.instant.optional(),
    attemptsBegun: count,
    failuresInARow: count,
    block: block.optional(),
    warnings: z.array(z.object({ campaignId: textCodecs.campaignId, message: z.string() })).readonly(),
    check: check.optional(),
    lastWrite: recentWrite.optional(),
    label: z.string().optional(),
    shadow: shadow.optional(),
  } satisfies ShapeOf<TargetState>),
);
