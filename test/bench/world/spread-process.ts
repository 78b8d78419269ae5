import { playSpread, type SpreadOptions } from "./play-spread.ts";

// Three hours of one contestant in a process of its own.

process.once("message", (options: SpreadOptions) => {
  void playSpread(options).then((answer) => process.send?.(answer));
});
