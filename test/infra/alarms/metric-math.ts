/** The value of a series at one point; undefined where it has none. */
type Point = number | undefined;

type Read = (name: string) => Point;

const TOKEN = /\s*(\d+(?:\.\d+)?|[A-Za-z]\w*|[()[\],+\-*/])/y;

function tokensOf(expression: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < expression.length) {
    const from = TOKEN.lastIndex;
    const token = TOKEN.exec(expression)?.[1];
    if (token === undefined) throw new SyntaxError(`"${expression}" cannot be read from character ${from} on`);
    tokens.push(token);
  }
  return tokens;
}

function applied(name: string, [first, second]: readonly (readonly Point[])[]): Point {
  const present = (first ?? []).filter((point) => point !== undefined);
  if (name === "FILL") return present[0] ?? second?.[0];
  if (name === "MAX" && second === undefined) return present.length === 0 ? undefined : Math.max(...present);
  if (name === "SUM" && second === undefined) return present.length === 0 ? undefined : present.reduce((sum, point) => sum + point, 0);
  throw new SyntaxError(`the function ${name} is not known here; add it as AWS documents it ("Metric math syntax and functions")`);
}

function calculated(operator: string, left: Point, right: Point): Point {
  // Where one of two series has no point, neither has their sum.
  if (left === undefined || right === undefined) return undefined;
  if (operator === "+") return left + right;
  if (operator === "-") return left - right;
  return operator === "*" ? left * right : left / right;
}

/**
 * One point of a metric math expression, as far as alarms here use it: numbers, `+ - * /`, brackets, arrays, `FILL` with a number, `MAX` and `SUM` of an array.
 *
 * @throws SyntaxError for anything else, rather than a guess.
 */
export function evaluateMath(expression: string, read: Read): Point {
  const tokens = tokensOf(expression);
  const take = (expected?: string) => {
    const token = tokens.shift();
    if (token === undefined || (expected !== undefined && token !== expected))
      throw new SyntaxError(`${expected} expected in "${expression}"`);
    return token;
  };
  const list = (close: string): (readonly Point[])[] => {
    const points = [argument()];
    while (tokens[0] === ",") {
      take(",");
      points.push(argument());
    }
    take(close);
    return points;
  };
  const argument = (): readonly Point[] => {
    if (tokens[0] !== "[") return [sum()];
    take("[");
    return list("]").flat();
  };
  const factor = (): Point => {
    const token = take();
    if (/^\d/.test(token)) return Number(token);
    if (token === "(") {
      const point = sum();
      take(")");
      return point;
    }
    if (!/^[A-Za-z]/.test(token)) throw new SyntaxError(`unexpected ${token} in "${expression}"`);
    if (tokens[0] !== "(") return read(token);
    take("(");
    return applied(token, list(")"));
  };
  const chain = (operators: string, next: () => Point) => (): Point => {
    let left = next();
    while (tokens[0] !== undefined && operators.includes(tokens[0])) left = calculated(take(), left, next());
    return left;
  };
  const product = chain("*/", factor);
  const sum = chain("+-", product);
  const result = sum();
  if (tokens.length > 0) throw new SyntaxError(`"${expression}" goes on with ${tokens.join(" ")}`);
  return result;
}
