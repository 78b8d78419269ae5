import { playYear } from "./play-year.ts";

// One process of the rehearsal: it is told which stores are its own, and answers with their year.

process.once("message", ({ seed, numbers }: { readonly seed: number; readonly numbers: readonly number[] }) => {
  void playYear(seed, numbers).then((year) => process.send?.(year, () => process.exit(0)));
});
