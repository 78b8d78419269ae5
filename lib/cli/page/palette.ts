/** The colours of one colour scheme, as `#rrggbb`. */
export interface Palette {
  readonly paper: string;
  /** Behind pictures and lists. */
  readonly card: string;
  readonly text: string;
  readonly faint: string;
  /** Lines that only structure. */
  readonly rule: string;
  readonly link: string;
  /** Bars by what they mean, and what is written on them. */
  readonly everyone: string;
  readonly newcomers: string;
  readonly returning: string;
  readonly groups: string;
  readonly onBar: string;
  /** Hatching, outlines and the line of what was found. */
  readonly loses: string;
  readonly freeze: string;
  readonly freezeEdge: string;
  readonly clocks: string;
  readonly now: string;
}

export const LIGHT: Palette = {
  paper: "#f5f6f8",
  card: "#ffffff",
  text: "#1a1d21",
  faint: "#545b66",
  rule: "#d5d9e0",
  link: "#0b4fa8",
  everyone: "#12703f",
  newcomers: "#1d5fc4",
  returning: "#7a3fc0",
  groups: "#9a4a00",
  onBar: "#ffffff",
  loses: "#6a717d",
  freeze: "#dcedf7",
  freezeEdge: "#3a7a9c",
  clocks: "#a6283c",
  now: "#1a1d21",
};

export const DARK: Palette = {
  paper: "#101317",
  card: "#181c22",
  text: "#e9ecf0",
  faint: "#a9b1bd",
  rule: "#343b46",
  link: "#8ab8ff",
  everyone: "#4cc38a",
  newcomers: "#79aefc",
  returning: "#c4a0fb",
  groups: "#f2a65a",
  onBar: "#0d1014",
  loses: "#8d96a4",
  freeze: "#17303f",
  freezeEdge: "#6db3d6",
  clocks: "#ff8fa0",
  now: "#e9ecf0",
};

type Pair = readonly [front: keyof Palette, behind: keyof Palette];

/** What is read: contrast of at least 4.5 (WCAG 2.2, 1.4.3). */
export const TEXT_PAIRS: readonly Pair[] = [
  ["text", "paper"],
  ["text", "card"],
  ["faint", "paper"],
  ["faint", "card"],
  ["link", "paper"],
  ["link", "card"],
  ["onBar", "everyone"],
  ["onBar", "newcomers"],
  ["onBar", "returning"],
  ["onBar", "groups"],
  ["text", "freeze"],
  ["clocks", "card"],
  ["clocks", "freeze"],
];

/** What is seen: contrast of at least 3 (WCAG 2.2, 1.4.11). */
export const SHAPE_PAIRS: readonly Pair[] = (["everyone", "newcomers", "returning", "groups", "loses", "clocks", "now"] as const).flatMap(
  (shape): readonly Pair[] => [
    [shape, "card"],
    [shape, "freeze"],
  ],
);

/** @returns the colours as declarations of CSS variables. */
export function variablesOf(palette: Palette): string {
  return Object.entries(palette)
    .map(([name, colour]) => `--${name}:${colour};`)
    .join("");
}
