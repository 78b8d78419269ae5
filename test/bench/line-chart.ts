/** A line of a chart: where it goes, and what it is called. */
export interface Series {
  readonly name: string;
  readonly points: readonly (readonly [number, number])[];
}

interface Axis {
  readonly label: string;
  readonly ticks: readonly (readonly [number, string])[];
  readonly isLogarithmic?: boolean;
}

export interface LineChart {
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly Series[];
}

const SIZE = { width: 860, height: 420 };
const PLOT = { left: 70, right: 640, top: 44, bottom: 360 };
/** Told apart by dashes as well, for those who do not see the colours. */
const STROKES = ["#0b5fff", "#c2410c", "#15803d", "#7e22ce", "#a16207", "#be123c", "#0f766e", "#475569"];
const DASHES = ["", "7 3", "2 3", "10 3 2 3", "5 2", "1 2", "12 4", "4 4"];

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function scaleOf({ ticks, isLogarithmic }: Axis, from: number, to: number): (value: number) => number {
  const bend = (value: number) => (isLogarithmic === true ? Math.log10(Math.max(value, 1e-9)) : value);
  const [least, most] = [bend(ticks[0]?.[0] ?? 0), bend(ticks.at(-1)?.[0] ?? 1)];
  return (value) => {
    const share = Math.min(1, Math.max(0, (bend(value) - least) / (most - least)));
    return Math.round((from + share * (to - from)) * 10) / 10;
  };
}

function grid({ x, y }: LineChart, across: (value: number) => number, up: (value: number) => number): readonly string[] {
  const vertical = x.ticks.map(([value, text]) => {
    const at = across(value);
    return `<line x1="${at}" y1="${PLOT.top}" x2="${at}" y2="${PLOT.bottom}" stroke="#e2e8f0"/><text x="${at}" y="${PLOT.bottom + 18}" text-anchor="middle">${escaped(text)}</text>`;
  });
  const horizontal = y.ticks.map(([value, text]) => {
    const at = up(value);
    return `<line x1="${PLOT.left}" y1="${at}" x2="${PLOT.right}" y2="${at}" stroke="#e2e8f0"/><text x="${PLOT.left - 8}" y="${at + 4}" text-anchor="end">${escaped(text)}</text>`;
  });
  return [...vertical, ...horizontal];
}

/** @returns the chart as SVG, with its lines named beside it. */
export function lineChart(chart: LineChart): string {
  const { title, x, y, series } = chart;
  const [across, up] = [scaleOf(x, PLOT.left, PLOT.right), scaleOf(y, PLOT.bottom, PLOT.top)];
  const stroke = (n: number) => {
    const dash = DASHES[n % DASHES.length];
    return `stroke="${STROKES[n % STROKES.length]}" stroke-width="2" fill="none"${dash === "" ? "" : ` stroke-dasharray="${dash}"`}`;
  };
  const lines = series.map(
    ({ points }, n) => `<polyline ${stroke(n)} points="${points.map(([px, py]) => `${across(px)},${up(py)}`).join(" ")}"/>`,
  );
  const names = series.map(({ name }, n) => {
    const at = PLOT.top + 12 + 24 * n;
    return `<line x1="${PLOT.right + 16}" y1="${at}" x2="${PLOT.right + 46}" y2="${at}" ${stroke(n)}/><text x="${PLOT.right + 52}" y="${at + 4}">${escaped(name)}</text>`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE.width} ${SIZE.height}" role="img" font-family="system-ui, sans-serif" font-size="12" fill="#1e293b">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${SIZE.width}" height="${SIZE.height}" fill="#ffffff"/>`,
    `<text x="${PLOT.left}" y="24" font-size="15" font-weight="600">${escaped(title)}</text>`,
    ...grid(chart, across, up),
    ...lines,
    ...names,
    `<text x="${(PLOT.left + PLOT.right) / 2}" y="${SIZE.height - 16}" text-anchor="middle">${escaped(x.label)}</text>`,
    `<text transform="translate(16 ${(PLOT.top + PLOT.bottom) / 2}) rotate(-90)" text-anchor="middle">${escaped(y.label)}</text>`,
    "</svg>",
    "",
  ].join("\n");
}
