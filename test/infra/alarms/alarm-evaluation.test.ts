import { describe, expect, it } from "vitest";
import { judge } from "./alarm-evaluation.ts";
import { evaluateMath } from "./metric-math.ts";

/** Oldest first, as AWS writes them: 0 is within the threshold, X is not, - is missing. */
function points(text: string): (number | undefined)[] {
  return text
    .split(" ")
    .map((point) => (point === "-" ? undefined : Number(point === "X")))
    .toReversed();
}

/** From the tables of "Configuring how CloudWatch alarms treat missing data", for `breaching` and for `notBreaching`. */
describe("the documented rules for missing data", () => {
  const states = (text: string, datapointsToAlarm: number) =>
    (["breaching", "notBreaching"] as const).map((missing) =>
      judge(points(text), { comparison: "GreaterThanOrEqualToThreshold", threshold: 1, evaluationPeriods: 3, datapointsToAlarm, missing }),
    );

  it.each([
    ["0 - X - X", ["OK", "OK"]],
    ["- - - - 0", ["OK", "OK"]],
    ["- - - - -", ["ALARM", "OK"]],
    ["0 X X - X", ["ALARM", "ALARM"]],
    ["- - X - -", ["ALARM", "OK"]],
  ])("three of three, %s", (text, expected) => {
    expect(states(text, 3)).toEqual(expected);
  });

  it.each([
    ["0 - X - X", ["ALARM", "ALARM"]],
    ["0 0 X 0 X", ["ALARM", "ALARM"]],
    ["0 - X - -", ["ALARM", "OK"]],
    ["- - - - 0", ["ALARM", "OK"]],
    ["- - - X -", ["ALARM", "OK"]],
  ])("two of three, %s", (text, expected) => {
    expect(states(text, 2)).toEqual(expected);
  });
});

describe("metric math", () => {
  const read = (name: string) => ({ five: 5, two: 2 })[name];

  it.each([
    ["FILL(five,0)+3*FILL(nothing,0)", 5],
    ["MAX([100*FILL(five,0)/20,FILL(nothing,0),two])", 25],
    ["2+3*(five-two)/3", 5],
    ["five-two-two", 1],
    ["SUM([five,two])", 7],
    ["five+nothing", undefined],
    ["MAX([nothing])", undefined],
  ] as const)("%s", (expression, value) => {
    expect(evaluateMath(expression, read)).toBe(value);
  });

  it.each(["RATE(five)", "five five", "FILL(five", "five >", ""])("refuses what it does not know: %s", (expression) => {
    expect(() => evaluateMath(expression, read)).toThrow(SyntaxError);
  });
});
