import { vi } from "vitest";
import * as z from "zod";
import type { Clock } from "../../../lib/application/ports/clock.ts";

/** A line of a function's log, as the logger prints it. */
export type LogLine = Readonly<Record<string, unknown>>;

const printed = z.looseObject({});

function parsed(line: string): LogLine | undefined {
  try {
    return printed.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined;
  }
}

/**
 * Takes whatever this process prints as JSON, instead of showing it, and lets the printed times be those of `clock`.
 *
 * @param take called for each line.
 * @returns what lets the process print again.
 */
export function takePrintedLines(clock: Pick<Clock, "now">, take: (line: LogLine) => void): () => void {
  const spies = [process.stdout, process.stderr].map((stream) => {
    const show = stream.write.bind(stream);
    return vi.spyOn(stream, "write").mockImplementation((chunk) => {
      for (const text of String(chunk)
        .split("\n")
        .filter((each) => each !== "")) {
        const line = parsed(text);
        if (line === undefined) show(`${text}\n`);
        else take(line);
      }
      return true;
    });
  });
  const date = vi.spyOn(Date, "now").mockImplementation(() => clock.now());
  return () => {
    for (const spy of [...spies, date]) spy.mockRestore();
  };
}
