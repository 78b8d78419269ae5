import { playWave, type WaveOptions } from "./play-wave.ts";

// One wave in a process of its own.

process.once("message", (options: WaveOptions) => {
  void playWave(options).then((wave) => process.send?.(wave));
});
