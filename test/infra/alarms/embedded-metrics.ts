import * as z from "zod";
import { instant } from "../../../lib/domain/instant.ts";
import type { Samples } from "./samples.ts";

/** CloudWatch's embedded metric format: what it reads out of a line of a function's log (AWS: "Specification: embedded metric format"). */
const embedded = z.looseObject({
  _aws: z.object({
    Timestamp: z.number(),
    CloudWatchMetrics: z.array(
      z.object({
        Namespace: z.string(),
        Dimensions: z.array(z.array(z.string())),
        Metrics: z.array(z.object({ Name: z.string(), Unit: z.string() })),
      }),
    ),
  }),
});

const value = z.union([z.number(), z.array(z.number()).max(100)]);

/** Takes the metrics out of a line as CloudWatch does. @returns whether the line holds any. */
export function takeMetrics(line: unknown, samples: Samples): boolean {
  const parsed = embedded.safeParse(line);
  if (!parsed.success) return false;
  const { _aws, ...fields } = parsed.data;
  for (const { Namespace: namespace, Dimensions, Metrics } of _aws.CloudWatchMetrics) {
    for (const names of Dimensions) {
      const dimensions = Object.fromEntries(names.map((name) => [name, z.string().parse(fields[name])]));
      for (const { Name: name } of Metrics) {
        const values = [value.parse(fields[name])].flat();
        for (const each of values) samples.add({ namespace, name, dimensions }, instant(_aws.Timestamp), each);
      }
    }
  }
  return true;
}
