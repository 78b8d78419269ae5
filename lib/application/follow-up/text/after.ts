import type { Instant } from "../../../domain/instant.ts";
import { UNSEEN } from "../../../domain/ledger/ledger.ts";
import type { StoreFindings, TargetFinding } from "../findings.ts";
import { isWrong } from "../findings.ts";
import { listed, oneLine, shown, wrapped } from "./words.ts";

const MOST = 6;

function namesOf(storeId: string, targets: readonly TargetFinding[], isOne: boolean): string {
  const names = targets.map(({ name }) => oneLine(name));
  return `${listed(names, MOST)}${isOne ? "" : ` of store ${storeId}`} ${targets.length === 1 ? "is" : "are"}`;
}

function endOf({ prospect: { next, eventAt } }: TargetFinding): Instant | undefined {
  return next?.at ?? eventAt;
}

/** What Doorman puts back is known, and is another value: nobody had opened it before Doorman did. */
function isClosedByDoorman({ prospect: { should, next } }: TargetFinding): boolean {
  if (next === undefined || next.spell.campaigns.length > 0) return false;
  const after = new Map(next.spell.cells.map(({ cell, value }) => [cell, value]));
  return should.cells.every(({ cell, value }) => after.get(cell) !== UNSEEN && after.get(cell) !== value);
}

function openLines(storeId: string, timeZone: string, all: readonly TargetFinding[], isOne: boolean): readonly string[] {
  const [first] = all;
  if (first === undefined) return [];
  const end = endOf(first);
  const time = end === undefined ? undefined : shown(end, timeZone);
  const [it, them] = all.length === 1 ? ["it", "it"] : ["one of them", "them"];
  const then = isClosedByDoorman(first)
    ? `Doorman found ${them} as before the campaign, and closes ${them} then by itself.`
    : `If you opened ${it} by hand meanwhile, close it by hand ${time === undefined ? "when the campaign ends" : `after ${time}`}; Doorman will not.`;
  return wrapped(`Now: ${namesOf(storeId, all, isOne)} open for the campaign${time === undefined ? "" : ` until ${time}`}. ${then}`);
}

function storeLines({ storeId, timeZone, targets }: StoreFindings, isOne: boolean): readonly string[] {
  const wrong = targets.filter(isWrong);
  const open = targets.filter((each) => !isWrong(each) && each.prospect.should.campaigns.length > 0);
  const over = targets.filter((each) => !isWrong(each) && each.prospect.should.campaigns.length === 0);
  const alike = Map.groupBy(open, (each) => `${endOf(each)} ${isClosedByDoorman(each)}`);
  const overText = `Now: ${namesOf(storeId, over, isOne)} not open for any campaign. What you opened by hand there, close by hand.`;
  return [
    ...[...alike.values()].flatMap((all) => openLines(storeId, timeZone, all, isOne)),
    ...(over.length > 0 ? wrapped(overText) : []),
    ...(wrong.length > 0 ? wrapped(`Not yet as planned: ${namesOf(storeId, wrong, isOne)} due to be switched.`) : []),
  ];
}

/** @returns what holds now that an alarm is over, of what people were told of first, and what they opened by hand and have to close. */
export function afterLines(after: readonly StoreFindings[]): readonly string[] {
  return after.flatMap((store) => storeLines(store, after.length === 1));
}
