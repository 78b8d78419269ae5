/** A table of a report. */
export interface BenchTable {
  readonly caption: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A picture beside it, kept as `docs/performance/<name>.svg`. */
export interface Picture {
  readonly name: string;
  readonly alt: string;
  readonly svg: string;
}

/** What a measure has to say of its figures. */
export interface Presentation {
  readonly tables: readonly BenchTable[];
  readonly pictures: readonly Picture[];
  /** What the figures mean, what was tried and did not help: paragraphs in Markdown. */
  readonly remarks: readonly string[];
}

export interface RunOptions {
  /** How often it is repeated; of virtual time, with how many seeds. */
  readonly repeats: number;
  /** A fraction of the size, to see whether it runs. */
  readonly isQuick: boolean;
  readonly tell: (text: string) => void;
}

interface Definition<Data> {
  /** As it is asked for: `npm run bench -- <name>`. */
  readonly name: string;
  readonly title: string;
  /** What is measured and how, a paragraph in Markdown. */
  readonly about: string;
  readonly run: (options: RunOptions) => Promise<Data>;
  readonly present: (data: Data) => Presentation;
}

/** One thing that is measured. Its figures are plain JSON, so that they can be kept and told anew. */
export type Measure = Definition<unknown>;

/** @returns a measure for the registry; its figures come back to `present` as `run` gave them. */
export function defineMeasure<Data>({ present, ...rest }: Definition<Data>): Measure {
  return { ...rest, present: (data) => present(data as Data) };
}
