import type { CampaignId } from "../identifiers.ts";
import type { Instant } from "../instant.ts";
import { groupOfCell } from "../layers/claims.ts";
import type { Layer } from "../layers/layer.ts";
import { decideTarget, type TargetQuestion } from "../ledger/decide-target.ts";
import type { LivePromotion, LiveTarget } from "../live.ts";
import { couponTroubles } from "./coupon-troubles.ts";
import { readEcwidDate } from "./ecwid-date.ts";
import { promotionTroubles } from "./promotion-troubles.ts";
import type { Trouble, TroubleQuestion } from "./trouble.ts";
import { readWeeklyHours } from "./weekly-hours.ts";
import { beginsAt, firstWindowAhead, type WindowAhead, windowsAhead, windowText } from "./windows-ahead.ts";

/** A trouble of one campaign with one target, as it is kept until somebody looks again. */
export interface TargetProblem {
  readonly campaignId: CampaignId;
  readonly code: string;
  readonly message: string;
  readonly group?: number | undefined;
  /** The window that it is about; without a start: one that is forced on. */
  readonly startsAt?: Instant | undefined;
  readonly endsAt?: Instant | undefined;
}

function problemOf({ campaignId }: Layer, { code, message, group, window: { startsAt, endsAt } }: Trouble): TargetProblem {
  return { campaignId, code, message, group, startsAt: startsAt === "forced" ? undefined : startsAt, endsAt };
}

/** What the window's own opening would come to, decided as the reconcile will decide it then. */
function openingTroubles(question: TargetQuestion, live: LivePromotion, layer: Layer, window: WindowAhead): readonly Trouble[] {
  const name = `promotion ${live.name ?? live.id}`;
  const during = windowText(window, layer.windows.timeZone);
  const { cells, change } = decideTarget({ ...question, at: beginsAt(window, question.at) });
  const troubles = cells
    .filter(({ rule, winner }) => rule === "missing" && winner?.activity.layer.campaignId === layer.campaignId)
    .map(({ cell }): Trouble => {
      const group = groupOfCell(cell);
      const message = `${name}: customer group ${group} does not exist in the store, so ${during} cannot let it in; correct the campaign or create the group`;
      return { code: "GROUP_MISSING", window, message, group };
    });
  if (change.kind !== "refused" || change.code === "GROUP_MISSING") return troubles;
  return [...troubles, { code: change.code, window, message: `${name}: ${change.reason} (in ${during})` }];
}

/** Whether Ecwid itself ends it, or keeps it to certain hours: then every window matters, not only the first. Most are held by neither. */
function mayFailLater(live: LiveTarget): boolean {
  const endsAt = readEcwidDate(live.kind === "coupon" ? live.expirationDate : live.triggers["endDate"]);
  return typeof endsAt === "number" || (live.kind === "promotion" && readWeeklyHours(live.triggers) !== undefined);
}

function troublesOf(question: TargetQuestion, layer: Layer, storeTimeZone: string): readonly Trouble[] {
  const { live, at } = question;
  const first = firstWindowAhead(layer, at);
  if (first === undefined) return [];
  const [, ...later] = mayFailLater(live) ? windowsAhead(layer, at) : [];
  const asked: TroubleQuestion = { windows: [first, ...later], at, timeZone: layer.windows.timeZone };
  if (live.kind === "coupon") return couponTroubles(live, asked);
  return [...promotionTroubles(live, asked, storeTimeZone), ...openingTroubles(question, live, layer, first)];
}

/**
 * Compares what Ecwid holds of a target with every window ahead of every campaign on it, the one under way included: paused, used up or
 * expired, disabled, dates and weekly hours of its own. Groups that are missing and what the reconcile would refuse to write are those of
 * the first window: later ones are looked at again before they come.
 *
 * @param question as the reconcile would put it at `at`.
 * @param storeTimeZone the store's own.
 * @returns for each campaign and kind of problem at most one (for missing groups one a group), about the first window concerned.
 */
export function targetProblems(question: TargetQuestion, storeTimeZone: string): readonly TargetProblem[] {
  return question.layers.flatMap((layer) => troublesOf(question, layer, storeTimeZone).map((trouble) => problemOf(layer, trouble)));
}

/**
 * The problem that keeps a target from being looked at: it is gone, or the store does not let it be read.
 *
 * @param say what is told of the window concerned.
 * @returns one for each campaign that is on or still to come.
 */
export function problemForAll(
  layers: readonly Layer[],
  at: Instant,
  code: string,
  say: (window: string) => string,
): readonly TargetProblem[] {
  return layers.flatMap((layer) => {
    const window = firstWindowAhead(layer, at);
    if (window === undefined) return [];
    return [problemOf(layer, { code, window, message: say(windowText(window, layer.windows.timeZone)) })];
  });
}

/** @returns the problems whose window is not over at `at`. */
export function problemsStanding(problems: readonly TargetProblem[], at: Instant): readonly TargetProblem[] {
  return problems.filter(({ endsAt }) => endsAt === undefined || endsAt > at);
}
