import { type Bundle, OWN } from "./measure.ts";
import { MOST_BYTES, REASONS, WORTH_A_REASON_BYTES } from "./reasons.ts";

const kilobytes = (bytes: number) => `${(bytes / 1000).toFixed(1).padStart(7)} KB`;

/** @returns a bundle in lines: its weight, each package over 20 KB with its reason, and the rest in one line. */
export function reportOf({ name, bytes, packages }: Bundle, reasons = REASONS): readonly string[] {
  const heavy = packages.filter(([, weight]) => weight > WORTH_A_REASON_BYTES);
  const light = packages.filter(([, weight]) => weight <= WORTH_A_REASON_BYTES);
  const rest = light.reduce((sum, [, weight]) => sum + weight, 0);
  return [
    `${name}  ${kilobytes(bytes).trim()} of ${kilobytes(MOST_BYTES).trim()}`,
    ...heavy.map(([of, weight]) => `  ${kilobytes(weight)}  ${of}${of === OWN ? "" : `: ${reasons[of] ?? "NO REASON"}`}`),
    `  ${kilobytes(rest)}  ${light.length} packages of at most 20 KB`,
  ];
}

/** @returns one sentence for each thing that is wrong with a bundle. */
export function complaintsAbout({ name, bytes, packages, ownFiles }: Bundle, reasons = REASONS): readonly string[] {
  const unargued = packages.filter(([of, weight]) => weight > WORTH_A_REASON_BYTES && of !== OWN && reasons[of] === undefined);
  const strays = ownFiles.filter((file) => !/^(functions|lib\/(domain|application|adapters))\//.test(file));
  return [
    ...(bytes > MOST_BYTES ? [`${name} weighs ${bytes} bytes, more than ${MOST_BYTES}: npm run bundles says what is in it`] : []),
    ...unargued.map(
      ([of, weight]) => `${of} weighs ${weight} bytes in ${name}: leave it out, or say in infra/bundles/reasons.ts what it is for`,
    ),
    ...strays.map((file) => `${file} is in ${name}, where it does not belong`),
  ];
}
