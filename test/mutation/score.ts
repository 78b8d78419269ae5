import { readFileSync } from "node:fs";

/** What has become of the mutants of one part. Those that only run when a module is loaded are not among them. */
export interface Score {
  readonly killed: number;
  readonly timedOut: number;
  readonly survived: number;
  /** No test runs them. */
  readonly uncovered: number;
}

const NONE: Score = { killed: 0, timedOut: 0, survived: 0, uncovered: 0 };

const COUNTED: Readonly<Record<string, keyof Score>> = {
  Killed: "killed",
  Timeout: "timedOut",
  Survived: "survived",
  NoCoverage: "uncovered",
};

/** The part of Stryker's report (schema of mutation-testing-elements) that is read here. */
interface Report {
  readonly files: Readonly<Record<string, { readonly mutants: readonly { readonly status: string }[] }>>;
}

/** @returns the sum of two scores. */
function plusScore(one: Score, other: Score): Score {
  return {
    killed: one.killed + other.killed,
    timedOut: one.timedOut + other.timedOut,
    survived: one.survived + other.survived,
    uncovered: one.uncovered + other.uncovered,
  };
}

/** @param reportFile as Stryker keeps it for the next run. @returns undefined where there is none: the part has not been run yet. */
export function readScore(reportFile: string): Score | undefined {
  let text: string;
  try {
    text = readFileSync(reportFile, "utf8");
  } catch {
    return undefined;
  }
  const report: Report = JSON.parse(text);
  return Object.values(report.files)
    .flatMap(({ mutants }) => mutants)
    .map(({ status }) => COUNTED[status])
    .filter((field) => field !== undefined)
    .map((field) => ({ ...NONE, [field]: 1 }))
    .reduce(plusScore, NONE);
}

function percent(found: number, { killed, timedOut, survived, uncovered }: Score): number {
  const all = killed + timedOut + survived + uncovered;
  return all === 0 ? 100 : (100 * found) / all;
}

/** @returns how many percent of the mutants were found out, as mutation scores are reckoned: those too that ran in circles, or never ended. */
function percentOf(score: Score): number {
  return percent(score.killed + score.timedOut, score);
}

/** @returns how many percent of the mutants made a test fail. What is called a time-out may be no more than the same answer, found more slowly. */
export function percentKilled(score: Score): number {
  return percent(score.killed, score);
}

/** @returns `93.1 %  92.2 % without time-outs: 2,990 killed, 31 timed out, 212 survived, 12 without a test`. */
export function scoreText(score: Score): string {
  const percents = `${percentOf(score).toFixed(1)} %`.padStart(7);
  const counts = `${score.killed} killed, ${score.timedOut} timed out, ${score.survived} survived, ${score.uncovered} without a test`;
  return `${percents}  ${`${percentKilled(score).toFixed(1)} %`.padStart(7)} without time-outs: ${counts}`;
}

/** @returns the sum of the scores there are. */
export function sumOf(scores: readonly (Score | undefined)[]): Score {
  return scores.filter((score) => score !== undefined).reduce(plusScore, NONE);
}
