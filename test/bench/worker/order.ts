import type { WorkerReport } from "./spending.ts";

/** What a worker is to switch, over and over: so many targets of one kind in each of so many stores, which are opened and closed in turn. */
export interface Shape {
  readonly stores: number;
  readonly targets: number;
  readonly kind: "coupon" | "promotion";
}

export interface Order extends Shape {
  /** Of the simulated Ecwid. */
  readonly ecwidUrl: string;
  /** The first is not counted. */
  readonly rounds: number;
}

/** Does what a contestant's process is there for: one order, one report. */
export function whenOrdered<Given extends Order>(work: (order: Given) => Promise<WorkerReport>): void {
  process.once("message", (order: Given) => {
    void work(order).then((report) => process.send?.(report));
  });
}
